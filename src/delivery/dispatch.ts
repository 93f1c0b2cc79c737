import type { Logger } from 'pino';
import type { Actor } from '../domain/case';
import { inTime } from '../domain/effects';
import { type Settlement, settle } from '../domain/settle';
import type { CaseStore, StoredCase, Waiting } from '../services/ports';
import { classify, type Failure } from './classify';
import type { Pace } from './pace';
import type { Drawn, Parcel, Renderer } from './render';
import type { Posted, Sender } from './sender';

/** What came of trying to send one message. */
export type Attempt =
  | { readonly is: 'done' }
  /** A card has to be posted again, before what is still on the page. */
  | { readonly is: 'reordered' }
  | { readonly is: 'blocked'; readonly ms: number };
const DONE: Attempt = { is: 'done' };

/** What was sent shortly before the attempt may carry a slightly older ts. */
const LOOK_BACK_MS = 5 * 60_000;

type Item = Pick<Waiting, 'caseId' | 'deliveryId'>;

export interface DispatchDeps {
  readonly cases: CaseStore;
  readonly sender: Sender;
  readonly render: Renderer;
  readonly log: Logger;
  /** Business time. */
  readonly now: () => Date;
  readonly lastResort: Actor | null;
  readonly pace: Pace;
  /** Deliveries whose last attempt may have arrived. */
  readonly uncertain: Set<string>;
  readonly backoff: (lane: string) => number;
  readonly kick: (lanes: readonly string[]) => void;
  /** A message was given up and is kept as failed. Must not throw and not block. */
  readonly onGivenUp: () => void;
  /** Why nothing may be sent in this lane now, or null. */
  readonly mayGoOn: (lane: string) => Attempt | null;
}

/**
 * Sends one message of a lane: one delivery, or nudges that go together. Renders it from the cases as they are now,
 * sends it, and marks each delivery in its own case. What may have arrived already is looked for first.
 */
export function createDispatch(deps: DispatchDeps): (lane: string, batch: readonly Item[]) => Promise<Attempt> {
  const { cases, sender, render, log, pace, uncertain } = deps;

  async function deliver(lane: string, batch: readonly Item[]): Promise<Attempt> {
    for (;;) {
      const hindered = deps.mayGoOn(lane);
      if (hindered) return hindered;
      const waiting = await opened(lane, batch);
      const drawn = await render(waiting);
      for (const parcel of waiting) if (!drawn?.parcels.includes(parcel)) await finish(parcel, { is: 'dropped' });
      if (!drawn) return DONE;
      if (drawn.rendered.is !== 'update' && (await pace.waitFor(lane)) === 'waited') continue; // it may be answered by now
      return attempt(lane, drawn);
    }
  }

  /** What still waits in the lane, with its cases. */
  async function opened(lane: string, batch: readonly Item[]): Promise<readonly Parcel[]> {
    const found = await Promise.all(
      batch.map(async ({ caseId, deliveryId }): Promise<Parcel | null> => {
        const stored = await cases.byId(caseId);
        const delivery = stored?.outbox.find((waiting) => waiting.id === deliveryId);
        return stored && delivery && !delivery.dead && delivery.lane === lane ? { stored, delivery } : null;
      }),
    );
    return found.filter((parcel) => parcel !== null);
  }

  async function attempt(lane: string, drawn: Drawn): Promise<Attempt> {
    const { parcels } = drawn;
    let there: ReadonlyMap<string, Posted>;
    try {
      there = await send(lane, drawn);
    } catch (error) {
      return failed(lane, parcels, classify(error));
    }
    // Should the store not take a mark, the message has arrived all the same.
    for (const id of there.keys()) uncertain.add(id);
    const left: Item[] = [];
    for (const parcel of parcels) {
      const { stored, delivery } = parcel;
      const posted = there.get(delivery.id);
      if (posted) await finish(parcel, { is: 'sent', ...posted, shownSeq: stored.seq });
      else {
        uncertain.delete(delivery.id);
        left.push({ caseId: stored.id, deliveryId: delivery.id });
      }
    }
    return left.length ? deliver(lane, left) : DONE;
  }

  /** Where these deliveries are now. Of what was looked for, only those that had arrived: the rest can go out anew. */
  async function send(lane: string, { parcels, rendered }: Drawn): Promise<ReadonlyMap<string, Posted>> {
    const ids = parcels.map(({ delivery }) => delivery.id);
    const all = (posted: Posted) => new Map(ids.map((id) => [id, posted]));
    if (rendered.is === 'update') return all(await sender.update(rendered.posted, rendered.message));
    const channel = await sender.channelOf(rendered.channel);
    const place = { channel, threadTs: rendered.threadTs };
    if (ids.some((id) => uncertain.has(id))) {
      const since = new Date(Math.min(...parcels.map(({ delivery }) => +delivery.at)) - LOOK_BACK_MS);
      const title = rendered.is === 'file' ? rendered.title : undefined;
      const found = await sender.findAll(place, ids, since, title);
      if (found.size) return found;
    }
    pace.sent(lane);
    if (rendered.is === 'post') return all(await sender.post(place, rendered.message, ...ids));
    try {
      return all(await sender.share({ channel, threadTs: rendered.threadTs }, rendered.file, rendered.title));
    } catch (error) {
      const { is, fault } = classify(error);
      if (is !== 'refused' && is !== 'gone') throw error;
      log.error({ deliveries: ids, channel, fault }, 'delivery: a file could not be shared; its place says so');
      return all(await sender.post(place, rendered.otherwise, ...ids));
    }
  }

  async function failed(lane: string, parcels: readonly Parcel[], failure: Failure): Promise<Attempt> {
    const { fault } = failure;
    const about = { deliveries: parcels.map(({ delivery }) => delivery.id), lane, fault };
    const settled = async (settlement: Settlement): Promise<Attempt> => {
      for (const parcel of parcels) await finish(parcel, settlement);
      return DONE;
    };
    switch (failure.is) {
      case 'wait':
        log.warn({ ...about, waitMs: failure.ms }, 'delivery: Slack asks to wait');
        return { is: 'blocked', ms: failure.ms };
      case 'unknown': {
        for (const { delivery } of parcels) uncertain.add(delivery.id);
        const ms = deps.backoff(lane);
        log.warn({ ...about, retryInMs: ms }, 'delivery: outcome unknown; looked up before it is sent again');
        return { is: 'blocked', ms };
      }
      case 'unreachable':
        log.error(about, 'delivery: place out of reach; the message goes to the fallback');
        return settled({ is: 'unreachable', fault });
      case 'gone':
        // A card that somebody deleted; a message of its own cannot be gone.
        if (parcels.some(({ delivery }) => 'post' in delivery.to)) {
          await settled({ is: 'card_gone' });
          return { is: 'reordered' };
        }
        break;
      case 'refused':
    }
    log.error(about, 'delivery: refused');
    return parcels.length > 1 ? oneByOne(lane, parcels) : settled({ is: 'refused', fault });
  }

  /** One of them may be what Slack refuses: the others arrive without it. */
  async function oneByOne(lane: string, parcels: readonly Parcel[]): Promise<Attempt> {
    for (const { stored, delivery } of parcels) {
      const attempted = await deliver(lane, [{ caseId: stored.id, deliveryId: delivery.id }]);
      if (attempted.is === 'blocked') return attempted;
    }
    return DONE;
  }

  /** Stores what became of a delivery; a lost race is settled again on a fresh read. */
  async function finish({ stored, delivery }: Parcel, settlement: Settlement): Promise<void> {
    let based: StoredCase | null = stored;
    while (based?.outbox.some((waiting) => waiting.id === delivery.id)) {
      const mailbox = inTime(settle(based, based, delivery, settlement, deps.lastResort), deps.now());
      if (await cases.save(based, { facts: based, events: [], mailbox })) {
        deps.kick(mailbox.outbox.filter((d) => !d.dead && d.lane !== delivery.lane).map((d) => d.lane));
        if (mailbox.outbox.some(({ id, dead }) => id === delivery.id && dead !== null)) deps.onGivenUp();
        break;
      }
      based = await cases.byId(stored.id);
    }
    uncertain.delete(delivery.id);
  }

  return deliver;
}
