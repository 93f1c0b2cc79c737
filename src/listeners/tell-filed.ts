import type { webApi } from '@slack/bolt';
import { filedMessage } from '../blocks/forms/filed';
import type { FiledNotice } from '../domain/filed';
import { type CardPlace, openPost } from '../domain/mailbox';
import { confirmByLetter, withdrawLetter } from '../services/confirm-filed';
import type { FormMetadata } from '../slack/ids/form';
import type { ListenerDeps } from './deps';
import { type PrivatePlace, toldPrivately } from './tell';

/**
 * A confirmation waits for its card, so that the reference can link to it. This instance knows where it posted a card;
 * whether another one did is looked up at these intervals, ms.
 */
const LOOKS_MS = [600, 900];

export interface Confirming {
  readonly client: webApi.WebClient;
  readonly to: string;
  readonly metadata: Pick<FormMetadata, 'channel' | 'source' | 'answerAt'>;
  /** The window that was submitted. */
  readonly viewId: string;
}

/**
 * Confirms a report to its reporter where the command was typed, or by DM if it was started from a message or Home. The
 * case itself guarantees this until it is done, and a letter what was filed before. Never rejects, since the report is
 * filed either way. Returns whether the reporter was told, or will be by letter.
 */
export async function tellFiled(deps: ListenerDeps, confirming: Confirming, notice: FiledNotice): Promise<boolean> {
  const { to, viewId } = confirming;
  const isNew = notice.already === 'no';
  const card = cardOf(deps, notice);
  card.catch(() => undefined); // awaited below
  if (!isNew) await byLetter(deps, confirming, notice);
  try {
    const { text, blocks } = filedMessage(notice, await card);
    const dm = await toldPrivately(placeToTell(deps, confirming), text, blocks);
    if (dm) await remembered(deps, notice.ref, dm);
    if (!isNew) await withdrawLetter(deps, viewId);
    return true;
  } catch (error) {
    deps.log.warn({ err: error, ref: notice.ref, to }, 'a report could not be confirmed at once; a letter does it');
    return byLetter(deps, confirming, notice);
  }
}

/** A purge of the case then deletes the message, too. */
const remembered = ({ cases, log }: ListenerDeps, ref: string, dm: CardPlace): Promise<void> =>
  cases
    .remember(ref, dm)
    .catch((error: unknown) =>
      log.warn({ err: error, ref }, 'a purge will not find the message that confirms a report'),
    );

/** Whether a letter confirms it, unless it is withdrawn before it is due. */
async function byLetter(deps: ListenerDeps, { to, viewId }: Confirming, notice: FiledNotice): Promise<boolean> {
  try {
    await confirmByLetter(deps, notice, to, viewId);
    return true;
  } catch (error) {
    deps.log.warn({ err: error, ref: notice.ref }, 'no letter stands behind the confirmation of a report');
    return false;
  }
}

/** Where the person who submitted a form is told the result: where the command was typed, or by DM. */
export function placeToTell(
  { clients }: ListenerDeps,
  { client, to, metadata: { channel, source, answerAt } }: Omit<Confirming, 'viewId'>,
): PrivatePlace {
  const answer = answerAt ? clients.answerAt.bind(null, answerAt) : null;
  return { client, user: to, channel: source || channel?.startsWith('D') ? null : channel, answer };
}

/** The link of the card that everyone may open, once it is posted; null if that takes longer than people wait. */
async function cardOf({ cases, cardPosted, linkTo }: ListenerDeps, { id }: FiledNotice): Promise<string | null> {
  for (const ms of LOOKS_MS) {
    const posted = await cardPosted(id, ms);
    const stored = posted ? null : await cases.byId(id);
    const place = posted ?? (stored && openPost(stored).sent);
    if (place) return linkTo(place);
  }
  return null;
}
