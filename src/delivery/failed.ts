import { laneOfQueue, type Queue } from '../domain/lane-queue';
import type { Settlement } from '../domain/settle';
import type { Attempt, DispatchDeps } from './attempt';
import { finish } from './finish';
import type { Failure, Parcel } from './targets/target';

/** Messages that were sent together, or tried to be. */
interface Failed {
  readonly queue: Queue;
  readonly parcels: readonly Parcel[];
  readonly failure: Failure;
  /** The `ts` of the card that they are, or belong under; null without one, or if never rendered. */
  readonly card: string | null;
}

/** Handles a failure. `alone` tries one of several messages separately. */
export async function failed(
  deps: DispatchDeps,
  { queue, parcels, failure, card }: Failed,
  alone: (parcel: Parcel) => Promise<Attempt>,
): Promise<Attempt> {
  const { log, uncertain } = deps;
  const { fault } = failure;
  const about = { deliveries: parcels.map(({ delivery }) => delivery.id), lane: queue, fault };
  const settled = async (settlement: Settlement, attempt: Attempt = { is: 'done' }): Promise<Attempt> => {
    for (const parcel of parcels) await finish(deps, parcel, settlement);
    return attempt;
  };
  switch (failure.is) {
    case 'wait':
      log.warn({ ...about, waitMs: failure.ms }, 'delivery: Slack asks to wait');
      return { is: 'blocked', ms: failure.ms };
    case 'blocked':
      log.error({ ...about, waitMs: deps.repairMs }, 'delivery: Slack does not let the app post; everything waits');
      return { is: 'blocked', ms: deps.repairMs, fault };
    case 'unknown':
      for (const { delivery } of parcels) uncertain.set(delivery.id, queue);
      log.warn(about, 'delivery: outcome unknown; looked up before it is sent again');
      return troubled(deps, { queue, parcels, fault, own: false }, alone);
    case 'unheard':
      log[failure.expected ? 'debug' : 'warn'](about, 'delivery: it failed; it is tried again');
      return troubled(deps, { queue, parcels, fault, own: failure.own }, alone);
    case 'unreachable':
      log.error(about, 'delivery: place out of reach; the message goes to the fallback');
      return settled({ is: 'unreachable', fault });
    case 'unshared':
      log.error(about, 'delivery: a file could not be shared; its thread says so');
      return settled({ is: 'unshared', fault });
    case 'gone':
      // Someone deleted the card; a message without one cannot be gone.
      if (card !== null) return settled({ is: 'card_gone', ts: card }, { is: 'reordered' });
      break;
    case 'refused':
  }
  log.error(about, 'delivery: refused');
  return parcels.length > 1 ? oneByOne(parcels, alone) : settled({ is: 'refused', fault });
}

/** Messages sent together are tried separately before one of them is blamed. */
async function troubled(
  deps: DispatchDeps,
  { queue, parcels, fault, own }: Pick<Failed, 'queue' | 'parcels'> & { readonly fault: string; readonly own: boolean },
  alone: (parcel: Parcel) => Promise<Attempt>,
): Promise<Attempt> {
  const { log, troubles } = deps;
  const [parcel] = parcels;
  if (!parcel) return { is: 'done' };
  if (parcels.length > 1 && own) return oneByOne(parcels, alone);
  const { id, at } = parcel.delivery;
  const target = deps.targetFor(laneOfQueue(queue));
  const service = target.serviceOf(laneOfQueue(queue));
  const verdict = troubles.failed({ queue, id, at, service }, own, target.patience, deps.now());
  if (verdict === 'wait') return { is: 'blocked', ms: deps.backoff(queue) };
  if (parcels.length > 1) return oneByOne(parcels, alone);
  if (verdict !== 'give_up') return { is: verdict === 'pass' ? 'aside' : 'probe' };
  log.error({ delivery: id, lane: queue, fault }, 'delivery: set aside; it kept failing while others went out');
  await finish(deps, parcel, { is: 'refused', fault, setAside: true });
  return { is: 'done' };
}

/** Slack may refuse only one of them: the others arrive without it. */
async function oneByOne(parcels: readonly Parcel[], alone: (parcel: Parcel) => Promise<Attempt>): Promise<Attempt> {
  let last: Attempt = { is: 'done' };
  for (const parcel of parcels) {
    const attempted = await alone(parcel);
    if (attempted.is === 'blocked') return attempted;
    if (attempted.is !== 'done') last = attempted;
  }
  return last;
}
