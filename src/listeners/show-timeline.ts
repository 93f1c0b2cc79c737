import { answersOf } from '../blocks/cards/answers';
import { caseText } from '../blocks/cards/case-card';
import { timelineWindow } from '../blocks/timeline';
import { isRestricted } from '../domain/access';
import { logReads } from '../services/log-reads';
import { type TimelinePage, timelinePage } from '../services/timeline';
import { readTimelinePage } from '../slack/ids/timeline';
import type { ListenerDeps } from './deps';
import { type ActionArgs, type Opener, openerOf } from './handlers';
import { unlessChanged } from './open-form';
import { tellPrivately } from './tell';

interface Opening extends Opener {
  /** Where a refusal can be shown. */
  readonly channel: string | null;
}

/** Opens the timeline of a case as a window, for people who may see it. */
export async function openTimeline(deps: ListenerDeps, ref: string, opening: Opening): Promise<void> {
  const { client, triggerId, user } = opening;
  const page = await pageFor(deps, ref, user, null);
  if (!page) return tellPrivately(opening, NOT_YOURS);
  await client.views.open({
    trigger_id: triggerId,
    view: timelineWindow({ ...page, text: await textFor(deps, page) }),
  });
}

/** The text of a need-to-know case, for people who may read it. */
async function textFor({ directory }: ListenerDeps, { stored, sight }: TimelinePage) {
  return sight === 'text' && isRestricted(stored.kind)
    ? caseText(stored, answersOf(stored, await directory.catalogue()))
    : [];
}

/** A page for its reader; reading a need-to-know case goes on the access log. */
async function pageFor(
  deps: ListenerDeps,
  ref: string,
  user: string,
  until: number | null,
): Promise<TimelinePage | null> {
  const page = await timelinePage(deps, ref, user, until);
  if (page) await logReads(deps, user, [{ record: page.stored, sight: page.sight }], 'timeline');
  return page;
}

/** The button under a case that was looked up. */
export async function timelineOpened(deps: ListenerDeps, { action, body, client }: ActionArgs) {
  const opening = { ...openerOf({ client, body }), channel: body.channel?.id ?? null };
  await openTimeline(deps, action.value ?? '', opening);
}

/** Opens another page of the window. */
export async function timelineTurned(deps: ListenerDeps, { action, body, client }: ActionArgs) {
  const asked = readTimelinePage(action.value ?? '');
  if (!asked || !body.view) return;
  const page = await pageFor(deps, asked.ref, body.user.id, asked.until);
  if (!page) return tellPrivately({ client, user: body.user.id, channel: null }, NOT_YOURS);
  await unlessChanged(client.views.update({ view_id: body.view.id, view: timelineWindow(page) }));
}

const NOT_YOURS =
  'The timeline is for those who answer for the case and for the person who filed it. The thread of the card tells what happened.';
