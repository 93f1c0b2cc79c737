import { queuesOf } from '../domain/lane-queue';
import { live, mailboxOf, withRedrawAsOf } from '../domain/mailbox';
import type { ServiceDeps } from './deps';

/** Beyond this many cases, older ones show it when something else happens to them. */
const MOST = 100;
/** A case that changes at that very moment is redrawn by that change. */
const TRIES = 3;

/** Redraws the cards of an SP's newest cases because something outside the case changed. */
export async function redrawCards(
  deps: Pick<ServiceDeps, 'cases' | 'now' | 'onStored'>,
  account: string,
): Promise<void> {
  for (const { id } of await deps.cases.bySp(account, MOST))
    for (let tries = 0; tries < TRIES; tries++) {
      const stored = await deps.cases.byId(id);
      if (!stored) break;
      const before = mailboxOf(stored);
      const mailbox = live(before).reduce((drawn, post) => withRedrawAsOf(stored.ref, drawn, post, deps.now()), before);
      if (mailbox === before) break;
      if (!(await deps.cases.save(stored, { facts: stored, events: [], mailbox }))) continue;
      deps.onStored(queuesOf(mailbox));
      break;
    }
}
