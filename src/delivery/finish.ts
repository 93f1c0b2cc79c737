import { queueOf, queuesOf } from '../domain/lane-queue';
import { inTime, mailboxOf } from '../domain/mailbox';
import { type Settlement, settle } from '../domain/settle';
import type { StoredCase } from '../services/ports/cases';
import type { DispatchDeps } from './dispatch';
import type { Parcel } from './targets/target';

/** Stores what became of a delivery; a lost race is settled again on a fresh read. */
export async function finish(deps: DispatchDeps, { stored, delivery }: Parcel, settlement: Settlement): Promise<void> {
  const { cases, uncertain, troubles } = deps;
  let based: StoredCase | null = stored;
  while (based) {
    const settled = settle(based, mailboxOf(based), delivery, settlement, deps.lastResorts);
    if (!settled) break;
    const mailbox = inTime(settled, deps.now());
    if (await cases.save(based, { facts: based, events: [], mailbox })) {
      deps.kick(queuesOf(mailbox).filter((queue) => queue !== queueOf(delivery)));
      if (mailbox.outbox.some(({ id, dead }) => id === delivery.id && dead !== null)) deps.onGivenUp();
      break;
    }
    based = await cases.byId(stored.id);
  }
  uncertain.delete(delivery.id);
  troubles.forget(delivery.id);
}
