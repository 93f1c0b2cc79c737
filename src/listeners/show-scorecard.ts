import type { ModalView } from '@slack/types';
import { MOST_ROWS } from '../blocks/lookup/cases';
import {
  type ScorecardInput,
  scorecardBlocks,
  scorecardLoading,
  scorecardWindow,
  spWords,
} from '../blocks/lookup/scorecard';
import { mayUse, notForYou } from '../domain/commands';
import { isStoredNumber } from '../domain/forms/numbers';
import { logReads } from '../services/log-reads';
import { scorecardOf } from '../services/scorecard';
import { personOf } from '../services/standing';
import { withOrWithoutPictures } from '../slack/pictures';
import type { ListenerDeps } from './deps';
import { isOpenAlready } from './errors';
import { type ActionArgs, type Opener, openerOf } from './handlers';
import { unlessChanged } from './open-form';
import { tellPrivately } from './tell';
import { withLinks } from './with-links';

/** An SP's scorecard for one person, with links to the open cases' cards; what they read goes on the access log. */
export async function readScorecard(deps: ListenerDeps, account: string, user: string): Promise<ScorecardInput> {
  const card = await scorecardOf(deps, account, user);
  const shown = card.open.slice(0, MOST_ROWS);
  await logReads(deps, user, shown, '/sp');
  const open = await withLinks(deps, shown);
  return { ...card, open, more: card.open.length - open.length };
}

interface ScorecardOpening extends Opener {
  /** Where a refusal can be shown. */
  readonly channel: string | null;
  /** As stored. */
  readonly account: string;
}

/** Opens the scorecard as a window: the text first, then the chart, which takes a moment to draw. */
export async function openScorecard(
  deps: ListenerDeps,
  { client, triggerId, user, channel, account }: ScorecardOpening,
): Promise<void> {
  const place = { client, user, channel };
  if (!isStoredNumber(account)) return tellPrivately(place, 'This button names no SP. Type /sp and its account.');
  if (!mayUse('/sp', await personOf(deps, user, []))) return tellPrivately(place, notForYou('/sp'));
  // By an id of ours, it is found although Slack's answer is lost, as when the click comes twice.
  const known = (view: ModalView): ModalView => ({ ...view, external_id: triggerId });
  const update = (view: ModalView) => client.views.update({ external_id: triggerId, view: known(view) });
  await client.views.open({ trigger_id: triggerId, view: known(scorecardLoading(account)) }).catch((error: unknown) => {
    if (!isOpenAlready(error)) throw error;
  });
  const card = await readScorecard(deps, account, user);
  const words = update(scorecardWindow(scorecardBlocks(card)));
  if ((await unlessChanged(words)) === 'changed' || !card.weeks.some(({ tones }) => Object.values(tones).some(Boolean)))
    return;
  const { weeks, timeZone } = card;
  const picture = await deps.pictures.of({ type: 'sp_weeks', sp: spWords(card), weeks, timeZone });
  if (!picture) return;
  const whole = scorecardWindow(scorecardBlocks(card, picture));
  await unlessChanged(withOrWithoutPictures(whole, update).then((refused) => deps.pictures.forget(refused)));
}

/** The button under a scorecard in a channel opens it as a window, with its chart. */
export async function scorecardButton(deps: ListenerDeps, { action, body, client }: ActionArgs) {
  const channel = body.channel?.id ?? null;
  await openScorecard(deps, { ...openerOf({ client, body }), channel, account: action.value ?? '' });
}
