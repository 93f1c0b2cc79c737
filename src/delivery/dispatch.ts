import { laneOfQueue, type Queue, queueOf } from '../domain/lane-queue';
import { isNew, isReady } from '../domain/mailbox';
import { isOfFormerCard } from '../domain/relocated';
import type { StoredCase, Waiting } from '../services/ports/cases';
import type { Attempt, DispatchDeps } from './attempt';
import { failed } from './failed';
import { finish } from './finish';
import type { Drawn, Failure, Parcel, Posted } from './targets/target';

const DONE: Attempt = { is: 'done' };

/** How long an update without an answer may still take effect. */
const STRAY_MS = 60_000;

type Item = Pick<Waiting, 'caseId' | 'deliveryId' | 'isPost'>;

/** The queue may have another holder by now. */
class HinderedError extends Error {
  constructor(readonly attempt: Attempt) {
    super('the lane is no longer held');
  }
}

/**
 * Sends one message of a queue: one delivery, or nudges that are combined. Renders it from the current cases, sends it,
 * and marks each delivery in its case. Looks first for what may have arrived already.
 */
export async function dispatch(deps: DispatchDeps, queue: Queue, batch: readonly Item[]): Promise<Attempt> {
  // It is read and rendered when it may go out: by then, it may be answered.
  if (batch.some(({ isPost }) => isPost)) await turn(deps, queue, batch);
  deps.marks.hold(queue, batch);
  try {
    return await sendNow(deps, queue, batch);
  } finally {
    deps.marks.release(batch);
  }
}

async function sendNow(deps: DispatchDeps, queue: Queue, batch: readonly Item[]): Promise<Attempt> {
  const target = deps.targetFor(laneOfQueue(queue));
  for (;;) {
    const hindered = deps.mayGoOn(queue);
    if (hindered) return hindered;
    const waiting = await opened(deps, queue, batch);
    const barred = await target.bars(waiting);
    if (barred) return fail(deps, queue, waiting, { is: 'unreachable', fault: barred });
    let drawn: Drawn | null;
    try {
      drawn = await target.draw(waiting);
    } catch (error) {
      const failure = target.failureOf(error);
      if (failure.is !== 'unheard' && failure.is !== 'refused') throw error; // the store did not answer
      deps.log.error({ err: error, deliveries: idsOf(waiting), lane: queue }, 'delivery: a message could not be drawn');
      return fail(deps, queue, waiting, failure);
    }
    for (const parcel of waiting) if (!drawn?.parcels.includes(parcel)) await finish(deps, parcel, { is: 'dropped' });
    if (!drawn) return DONE;
    if (drawn.is === 'post' && (await turn(deps, queue, batch)) === 'waited') continue; // a card that is gone
    return attempt(deps, queue, drawn);
  }
}

/** Waits for the queue's next slot, after which cases at hand are outdated. */
async function turn({ pace, atHand }: DispatchDeps, queue: Queue, batch: readonly Item[]): Promise<'free' | 'waited'> {
  const waited = await pace.waitFor(queue);
  if (waited === 'waited') for (const { caseId } of batch) atHand.forget(caseId);
  return waited;
}

/** What still waits in the queue, with its cases. */
async function opened(
  { cases, atHand }: DispatchDeps,
  queue: Queue,
  batch: readonly Item[],
): Promise<readonly Parcel[]> {
  const found = await Promise.all(
    batch.map(
      async ({ caseId, deliveryId }) =>
        // A case at hand without the message may be older than the look that found it waiting.
        waitingIn(atHand.of(caseId), queue, deliveryId) ?? waitingIn(await cases.byId(caseId), queue, deliveryId),
    ),
  );
  return found.filter((parcel) => parcel !== null);
}

/** The delivery, if it is still in the case and the queue. */
function waitingIn(stored: StoredCase | null, queue: Queue, deliveryId: string): Parcel | null {
  const delivery = stored?.outbox.find(({ id }) => id === deliveryId);
  return stored && delivery && isReady(stored.posts, delivery) && queueOf(delivery) === queue
    ? { stored, delivery }
    : null;
}

/** `isPlain`: Slack refused it, and it is sent in its plainest form. */
async function attempt(deps: DispatchDeps, queue: Queue, drawn: Drawn, isPlain = false): Promise<Attempt> {
  const { parcels } = drawn;
  const own = idsOf(parcels).filter((id) => deps.uncertain.has(id));
  const doubted = new Set([...own, ...strays(deps, parcels)]);
  let there: ReadonlyMap<string, Posted>;
  try {
    there = await send(deps, queue, drawn);
  } catch (error) {
    if (error instanceof HinderedError) return error.attempt;
    const failure = deps.targetFor(laneOfQueue(queue)).failureOf(error);
    const plain = isPlain ? null : drawn.plainer(failure);
    if (!plain) return fail(deps, queue, parcels, failure, drawn.card);
    const { fault } = failure;
    deps.log.error({ deliveries: idsOf(parcels), lane: queue, fault }, 'delivery: refused; it goes out as plain text');
    return attempt(deps, queue, plain, true);
  }
  return arrived(deps, queue, drawn, there, doubted);
}

/** Redraws of a card that moved away meanwhile, without an answer: they may still arrive. */
const strays = ({ uncertain }: DispatchDeps, parcels: readonly Parcel[]): readonly string[] =>
  [...uncertain.keys()].filter((id) => parcels.some(({ delivery }) => isOfFormerCard(id, delivery.id)));

function send(deps: DispatchDeps, queue: Queue, drawn: Drawn): Promise<ReadonlyMap<string, Posted>> {
  const check = () => {
    const hindered = deps.mayGoOn(queue); // much may have happened since the last look
    if (hindered) throw new HinderedError(hindered);
  };
  return drawn.send({
    isInDoubt: (id) => deps.uncertain.has(id),
    check,
    take() {
      check();
      deps.pace.sent(queue, deps.targetFor(laneOfQueue(queue)).intervalMs);
    },
  });
}

/** Marks what has arrived, and sends the rest. `doubted`: including what may have arrived before. */
async function arrived(
  deps: DispatchDeps,
  queue: Queue,
  drawn: Drawn,
  there: ReadonlyMap<string, Posted>,
  doubted: ReadonlySet<string>,
): Promise<Attempt> {
  const { uncertain, troubles } = deps;
  const service = deps.targetFor(laneOfQueue(queue)).serviceOf(laneOfQueue(queue));
  const overBy = new Date(+deps.now() + STRAY_MS);
  // Even if the store rejects a mark, the message has arrived.
  for (const id of there.keys()) uncertain.set(id, queue);
  const left: Item[] = [];
  for (const parcel of drawn.parcels) {
    const { stored, delivery } = parcel;
    const posted = there.get(delivery.id);
    if (posted) {
      troubles.sent(service, delivery.id);
      const { channel, ts, isFound } = posted;
      const shownSeq = isFound ? 0 : stored.seq;
      const isStray = drawn.is === 'update' && doubted.size > 0;
      for (const id of doubted) if (id !== delivery.id) uncertain.delete(id); // it counts once
      await finish(deps, parcel, { is: 'sent', channel, ts, shownSeq, ...(isStray && { doubted: overBy }) });
    } else if (drawn.is === 'trace') await finish(deps, parcel, { is: 'dropped' });
    else {
      uncertain.delete(delivery.id);
      left.push(itemOf(parcel));
    }
  }
  return left.length ? dispatch(deps, queue, left) : DONE;
}

const fail = (
  deps: DispatchDeps,
  queue: Queue,
  parcels: readonly Parcel[],
  failure: Failure,
  card: string | null = null,
): Promise<Attempt> =>
  failed(deps, { queue, parcels, failure, card }, (parcel) => dispatch(deps, queue, [itemOf(parcel)]));

const itemOf = ({ stored, delivery }: Parcel): Item => ({
  caseId: stored.id,
  deliveryId: delivery.id,
  isPost: isNew(delivery.content),
});
const idsOf = (parcels: readonly Parcel[]) => parcels.map(({ delivery }) => delivery.id);
