import { queuesOf } from '../domain/lane-queue';
import { live, mailboxOf, withRedraw } from '../domain/mailbox';
import type { ServiceDeps } from './deps';

/** Of more cases than this the older ones show it once something happens to them. */
const MOST = 100;
/** A case that changes at that very moment is drawn again by what changes it. */
const TRIES = 3;

/** Draws the cards of an SP's newest cases again, where they show something that is no part of the case. */
export async function redrawCards(
  deps: Pick<ServiceDeps, 'cases' | 'now' | 'onStored'>,
  account: string,
): Promise<void> {
  for (const { id } of await deps.cases.bySp(account, MOST))
    for (let tries = 0; tries < TRIES; tries++) {
      const stored = await deps.cases.byId(id);
      if (!stored) break;
      const before = mailboxOf(stored);
      const mailbox = live(before).reduce((drawn, post) => withRedraw(stored.ref, drawn, post, deps.now()), before);
      if (mailbox === before) break;
      if (!(await deps.cases.save(stored, { facts: stored, events: [], mailbox }))) continue;
      deps.onStored(queuesOf(mailbox));
      break;
    }
}
