import { type Queue, queueOf } from '../domain/lane-queue';
import { type CardPlace, type Delivery, inTime, isReady, mailboxOf, type Owed } from '../domain/mailbox';
import { saidWithinBounds } from '../domain/mailbox-bounds';
import { type Settlement, settle } from '../domain/settle';
import { isChannel, isPerson, type Lane } from '../domain/targets';
import type { StoredCase } from '../services/ports/cases';
import type { DispatchDeps } from './attempt';
import type { Mark } from './marks';
import type { Parcel } from './targets/target';

/** Stores a delivery's result; if another message of the case goes out next in its queue, the two share a mark. */
export async function finish(deps: DispatchDeps, parcel: Parcel, settlement: Settlement): Promise<void> {
  const { marks, uncertain, troubles } = deps;
  const { stored, delivery } = parcel;
  // What belongs under a card needs its place, and what is given up goes elsewhere.
  const isUrgent = settlement.is !== 'sent' || delivery.content.type === 'card';
  const marked = marks.add({ parcel, settlement }, isUrgent).then(() => {
    uncertain.delete(delivery.id);
    troubles.forget(delivery.id);
  });
  const queue = queueOf(delivery);
  if (!isUrgent && marks.isFollowed(stored.id, queue)) marks.leave(queue, marked);
  else await marked;
}

/** What marking a case needs. */
type MarkDeps = Pick<DispatchDeps, 'cases' | 'atHand' | 'lastResorts' | 'now' | 'kick' | 'onGivenUp'> & {
  /** A case was stored with the results of its messages. */
  readonly onMarked: (stored: StoredCase) => void;
};

/** Stores the results of some messages of one case in one write; a lost race is decided again from a fresh read. */
export async function storeMarks(deps: MarkDeps, marks: readonly Mark[]): Promise<void> {
  const { cases, atHand, lastResorts, now } = deps;
  let based = newest(deps, marks);
  while (based) {
    const before = mailboxOf(based);
    let after = before;
    for (const { parcel, settlement } of marks)
      after = settle(based, after, parcel.delivery, settlement, lastResorts) ?? after;
    if (after === before) return;
    const mailbox = inTime(after, now());
    const said = [...(based.said ?? []), ...marks.flatMap(saidElsewhere)];
    if (await cases.save(based, { facts: based, events: [], mailbox, said })) {
      const stored = { ...based, ...mailbox, said: saidWithinBounds(said).kept, version: based.version + 1 };
      atHand.keep(stored);
      tell(deps, before, stored, marks);
      return;
    }
    atHand.forget(based.id);
    based = await cases.byId(based.id);
  }
}

const isInSlack = (lane: Lane): boolean => isChannel(lane) || isPerson(lane);

/** Where a message is that went out, unless it is a card or in a card's thread. */
const saidElsewhere = ({ parcel: { delivery }, settlement }: Mark): readonly CardPlace[] =>
  settlement.is === 'sent' && !('post' in delivery.to) && isInSlack(delivery.lane)
    ? [{ channel: settlement.channel, ts: settlement.ts }]
    : [];

/** The case as last read or written here. */
function newest({ atHand }: MarkDeps, marks: readonly Mark[]): StoredCase | null {
  const known = marks.map(({ parcel }) => parcel.stored);
  const kept = known[0] && atHand.of(known[0].id);
  return [...known, ...(kept ? [kept] : [])].reduce<StoredCase | null>(
    (best, one) => (best && best.version >= one.version ? best : one),
    null,
  );
}

/** Notifies of a mark. What already waited in a queue was announced before; marked queues are checked again. */
function tell({ kick, onGivenUp, onMarked }: MarkDeps, before: Owed, stored: StoredCase, marks: readonly Mark[]): void {
  const own = new Set(marks.map(({ parcel }) => queueOf(parcel.delivery)));
  kick([...new Set(newlyOwed(before, stored))].filter((queue) => !own.has(queue)));
  const marked = new Set(marks.map(({ parcel }) => parcel.delivery.id));
  if (stored.outbox.some(({ id, dead }) => marked.has(id) && dead !== null)) onGivenUp();
  onMarked(stored);
}

/** Queues in which something may be sent that was not there before, or not yet due. */
function newlyOwed(before: Owed, { posts, outbox }: Owed): Queue[] {
  const waited = (one: Delivery) =>
    before.outbox.some(
      (known) => known.id === one.id && known.lane === one.lane && isReady(before.posts, known) && +known.at <= +one.at,
    );
  return outbox.filter((one) => isReady(posts, one) && !waited(one)).map(queueOf);
}
