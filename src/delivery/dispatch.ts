import type { Logger } from 'pino';
import type { Actor } from '../domain/case';
import { inTime, isReady, laneOfQueue, mailboxOf, queueOf, queuesOf } from '../domain/mailbox';
import { type Settlement, settle } from '../domain/settle';
import type { CaseStore, StoredCase, Waiting } from '../services/ports/cases';
import type { Pace } from './pace';
import type { Drawn, Failure, Parcel, Posted, TargetFor } from './targets/target';
import type { Troubles } from './troubles';

/** What came of trying to send one message. */
export type Attempt =
  | { readonly is: 'done' }
  /** A card has to be posted again, before what is still on the page. */
  | { readonly is: 'reordered' }
  /** Nothing of the lane goes out for so long. `fault`: Slack refuses everything until somebody lets the app in again. */
  | { readonly is: 'blocked'; readonly ms: number; readonly fault?: string }
  /** It failed for no reason that says whose fault it is: the next message is tried, before this one is again. */
  | { readonly is: 'probe' }
  /** It failed by its own fault, and is tried again later; others go on. */
  | { readonly is: 'aside' };
const DONE: Attempt = { is: 'done' };

/** An update without an answer may still be on its way for so long. */
const STRAY_MS = 60_000;

type Item = Pick<Waiting, 'caseId' | 'deliveryId'>;

export interface DispatchDeps {
  readonly cases: CaseStore;
  readonly targetFor: TargetFor;
  readonly log: Logger;
  /** Business time. */
  readonly now: () => Date;
  readonly lastResorts: readonly Actor[];
  readonly pace: Pace;
  /** Deliveries whose last attempt may have arrived, with their lanes. */
  readonly uncertain: Map<string, string>;
  readonly troubles: Troubles;
  readonly backoff: (lane: string) => number;
  /** How long a lane waits for somebody to let the app post again, ms. */
  readonly repairMs: number;
  readonly kick: (lanes: readonly string[]) => void;
  /** A message was given up and is kept as failed. Must not throw and not block. */
  readonly onGivenUp: () => void;
  /** Why nothing may be sent in this lane now, or null. */
  readonly mayGoOn: (lane: string) => Attempt | null;
}

/** The lane may be somebody else's by now. */
class HinderedError extends Error {
  constructor(readonly attempt: Attempt) {
    super('the lane is no longer held');
  }
}

/**
 * Sends one message of a lane: one delivery, or nudges that go together. Renders it from the cases as they are now,
 * sends it, and marks each delivery in its own case. What may have arrived already is looked for first.
 */
export function createDispatch(deps: DispatchDeps): (lane: string, batch: readonly Item[]) => Promise<Attempt> {
  const { cases, log, pace, uncertain, troubles } = deps;
  const targetOf = (queue: string) => deps.targetFor(laneOfQueue(queue));

  async function deliver(lane: string, batch: readonly Item[]): Promise<Attempt> {
    for (;;) {
      const hindered = deps.mayGoOn(lane);
      if (hindered) return hindered;
      const waiting = await opened(lane, batch);
      const barred = await targetOf(lane).bars(waiting);
      if (barred) return failed(lane, waiting, { is: 'unreachable', fault: barred });
      let drawn: Drawn | null;
      try {
        drawn = await targetOf(lane).draw(waiting);
      } catch (error) {
        const failure = targetOf(lane).failureOf(error);
        if (failure.is !== 'unheard' && failure.is !== 'refused') throw error; // the store did not answer
        log.error({ err: error, deliveries: idsOf(waiting), lane }, 'delivery: a message could not be drawn');
        return failed(lane, waiting, failure);
      }
      for (const parcel of waiting) if (!drawn?.parcels.includes(parcel)) await finish(parcel, { is: 'dropped' });
      if (!drawn) return DONE;
      if (drawn.is === 'post' && (await pace.waitFor(lane)) === 'waited') continue; // it may be answered by now
      return attempt(lane, drawn);
    }
  }

  /** What still waits in the lane, with its cases. */
  async function opened(lane: string, batch: readonly Item[]): Promise<readonly Parcel[]> {
    const found = await Promise.all(
      batch.map(async ({ caseId, deliveryId }): Promise<Parcel | null> => {
        const stored = await cases.byId(caseId);
        const delivery = stored?.outbox.find((waiting) => waiting.id === deliveryId);
        return stored && delivery && isReady(stored.posts, delivery) && queueOf(delivery) === lane
          ? { stored, delivery }
          : null;
      }),
    );
    return found.filter((parcel) => parcel !== null);
  }

  /** `isPlain`: Slack did not take it as it was, and it goes out in its plainest form. */
  async function attempt(lane: string, drawn: Drawn, isPlain = false): Promise<Attempt> {
    const { parcels } = drawn;
    const doubts = new Set(idsOf(parcels).filter((id) => uncertain.has(id)));
    let there: ReadonlyMap<string, Posted>;
    try {
      there = await send(lane, drawn);
    } catch (error) {
      if (error instanceof HinderedError) return error.attempt;
      const failure = targetOf(lane).failureOf(error);
      const plain = isPlain ? null : drawn.plainer(failure);
      if (plain) {
        log.error(
          { deliveries: idsOf(parcels), lane, fault: failure.fault },
          'delivery: refused; it goes out as plain text',
        );
        return attempt(lane, plain, true);
      }
      return failed(lane, parcels, failure, drawn);
    }
    const overBy = new Date(+deps.now() + STRAY_MS);
    // Should the store not take a mark, the message has arrived all the same.
    for (const id of there.keys()) uncertain.set(id, lane);
    const left: Item[] = [];
    for (const parcel of parcels) {
      const { stored, delivery } = parcel;
      const posted = there.get(delivery.id);
      const doubted = drawn.is === 'update' && doubts.has(delivery.id) ? overBy : null;
      const shownSeq = drawn.is === 'trace' ? 0 : stored.seq;
      if (posted) {
        troubles.sent(targetOf(lane).serviceOf(laneOfQueue(lane)), delivery.id);
        await finish(parcel, { is: 'sent', ...posted, shownSeq, ...(doubted && { doubted }) });
      } else if (drawn.is === 'trace') await finish(parcel, { is: 'dropped' });
      else {
        uncertain.delete(delivery.id);
        left.push({ caseId: stored.id, deliveryId: delivery.id });
      }
    }
    return left.length ? deliver(lane, left) : DONE;
  }

  function send(lane: string, drawn: Drawn): Promise<ReadonlyMap<string, Posted>> {
    return drawn.send({
      isInDoubt: (id) => uncertain.has(id),
      take() {
        const hindered = deps.mayGoOn(lane); // much may have happened since the last look
        if (hindered) throw new HinderedError(hindered);
        pace.sent(lane, targetOf(lane).intervalMs);
      },
    });
  }

  async function failed(lane: string, parcels: readonly Parcel[], failure: Failure, drawn?: Drawn): Promise<Attempt> {
    const { fault } = failure;
    const about = { deliveries: idsOf(parcels), lane, fault };
    const settled = async (settlement: Settlement): Promise<Attempt> => {
      for (const parcel of parcels) await finish(parcel, settlement);
      return DONE;
    };
    switch (failure.is) {
      case 'wait':
        log.warn({ ...about, waitMs: failure.ms }, 'delivery: Slack asks to wait');
        return { is: 'blocked', ms: failure.ms };
      case 'blocked':
        log.error({ ...about, waitMs: deps.repairMs }, 'delivery: Slack does not let the app post; everything waits');
        return { is: 'blocked', ms: deps.repairMs, fault };
      case 'unknown':
        for (const { delivery } of parcels) uncertain.set(delivery.id, lane);
        log.warn(about, 'delivery: outcome unknown; looked up before it is sent again');
        return troubled(lane, parcels, fault, false);
      case 'unheard':
        log[failure.expected ? 'debug' : 'warn'](about, 'delivery: it failed; it is tried again');
        return troubled(lane, parcels, fault, failure.own);
      case 'unreachable':
        log.error(about, 'delivery: place out of reach; the message goes to the fallback');
        return settled({ is: 'unreachable', fault });
      case 'unshared':
        log.error(about, 'delivery: a file could not be shared; its thread says so');
        return settled({ is: 'unshared', fault });
      case 'gone': {
        // A card that somebody deleted; a message of its own cannot be gone.
        const ts = drawn?.card ?? null;
        if (ts !== null) {
          await settled({ is: 'card_gone', ts });
          return { is: 'reordered' };
        }
        break;
      }
      case 'refused':
    }
    log.error(about, 'delivery: refused');
    return parcels.length > 1 ? oneByOne(lane, parcels) : settled({ is: 'refused', fault });
  }

  /** Of messages that go together, each is tried alone before one of them is blamed. */
  async function troubled(lane: string, parcels: readonly Parcel[], fault: string, own: boolean): Promise<Attempt> {
    const [parcel] = parcels;
    if (!parcel) return DONE;
    if (parcels.length > 1 && own) return oneByOne(lane, parcels);
    const { id, at } = parcel.delivery;
    const target = targetOf(lane);
    const service = target.serviceOf(laneOfQueue(lane));
    const verdict = troubles.failed({ lane, id, at, service }, own, target.patience, deps.now());
    if (verdict === 'wait') return { is: 'blocked', ms: deps.backoff(lane) };
    if (parcels.length > 1) return oneByOne(lane, parcels);
    if (verdict !== 'give_up') return { is: verdict === 'pass' ? 'aside' : 'probe' };
    log.error({ delivery: id, lane, fault }, 'delivery: set aside; it kept failing while others went out');
    await finish(parcel, { is: 'refused', fault, setAside: true });
    return DONE;
  }

  /** One of them may be what Slack refuses: the others arrive without it. */
  async function oneByOne(lane: string, parcels: readonly Parcel[]): Promise<Attempt> {
    let last: Attempt = DONE;
    for (const { stored, delivery } of parcels) {
      const attempted = await deliver(lane, [{ caseId: stored.id, deliveryId: delivery.id }]);
      if (attempted.is === 'blocked') return attempted;
      if (attempted.is !== 'done') last = attempted;
    }
    return last;
  }

  /** Stores what became of a delivery; a lost race is settled again on a fresh read. */
  async function finish({ stored, delivery }: Parcel, settlement: Settlement): Promise<void> {
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

  return deliver;
}

const idsOf = (parcels: readonly Parcel[]) => parcels.map(({ delivery }) => delivery.id);
