import type { Model } from 'mongoose';
import { type Queue, queueOf, storedQueue } from '../domain/lane-queue';
import { type Delivery, isNew, isReady } from '../domain/mailbox';
import { isMachine } from '../domain/targets';
import type { CaseStore, Waiting } from '../services/ports/cases';
import { inTurns } from './batch';
import { type CaseDocument, toStored } from './case-document';
import { filtersOf } from './case-filters';
import { ANY_QUEUE } from './case-keys';

const DATE = { $type: 'date' } as const;

/** What waits in a queue and may be sent, in order (architecture section 3). */
export function waitingIn(model: Model<CaseDocument>): CaseStore['waiting'] {
  return async function waiting(queue, limit, now) {
    const found = await model
      .find({ outboxLanes: queue, outboxAt: { ...DATE, $lte: now } }, { posts: 1, outbox: 1, outboxAt: 1 })
      .sort({ outboxAt: 1 })
      .limit(limit)
      .lean()
      .exec();
    const inQueue = (found as unknown as CaseDocument[])
      .flatMap((document) => owedTo(queue, document, now))
      .sort((a, b) => +a.at - +b.at);
    // A page of cases with only later messages for this queue: what may be sent now comes after it.
    if (!inQueue.length && found.length === limit) return waiting(queue, 2 * limit, now);
    // A full page may hide an older message of a case after it, so what is newer than the page's last case waits.
    const horizon = found.length === limit ? +(found.at(-1)?.outboxAt ?? 0) : Number.POSITIVE_INFINITY;
    const safe = inQueue.filter(({ at }) => +at <= horizon);
    return safe.length ? safe : inQueue.slice(0, 1);
  };
}

/**
 * What waits in a queue if only one case has messages in it, as is usual, read together with that case. Queues that are
 * checked together, such as those of one move, share one query.
 */
export function waitingOfOne(model: Model<CaseDocument>): CaseStore['waitingOfOne'] {
  const look = inTurns<Look, Found>(async (looks) => {
    const queues = looks.map(({ queue }) => queue);
    const now = new Date(Math.max(...looks.map((one) => +one.now)));
    const found = await model
      .find({
        outboxLanes: queues.length > 1 ? { $in: queues } : queues[0],
        outboxAt: { ...DATE, $lte: now },
      } as object)
      .sort({ outboxAt: 1 })
      .limit(queues.length + 1)
      .lean<CaseDocument[]>()
      .exec();
    const isAll = found.length <= queues.length;
    return queues.map((queue) => {
      const its = found.filter(({ outboxLanes }) => outboxLanes.includes(queue));
      const [only, another] = its;
      // There may be more than was read.
      if (!isAll && !another) return 'unknown';
      return only && !another ? only : null;
    });
  });
  return async (queue, now) => {
    const found = await look({ queue, now });
    // Checked alone, it is certain.
    const only = found === 'unknown' ? await look({ queue, now }) : found;
    if (!only || only === 'unknown') return null;
    const waiting = owedTo(queue, only, now).sort((a, b) => +a.at - +b.at);
    return { waiting, of: toStored(only) };
  };
}
interface Look {
  readonly queue: Queue;
  readonly now: Date;
}
/** The one case with messages in a queue; null if there are several or none. */
type Found = CaseDocument | 'unknown' | null;

/** A case's messages in a queue. For one card, they are in the order of their causes, whatever their times say. */
function owedTo(queue: Queue, { _id, posts, outbox }: CaseDocument, now: Date): Waiting[] {
  const latest = new Map<string, Date>();
  const inTurn = ({ at }: Delivery, card: string | null): Date => {
    const turn = card && (latest.get(card) ?? at) > at ? (latest.get(card) ?? at) : at;
    if (card) latest.set(card, turn);
    return turn;
  };
  return outbox
    .filter((delivery) => queueOf(delivery) === queue && isReady(posts, delivery) && delivery.at <= now)
    .map((delivery): Waiting => {
      const { id, to, content } = delivery;
      const card = 'post' in to ? `${_id} ${to.post}` : isMachine(delivery.lane) ? `${_id} ${delivery.lane}` : null;
      return {
        caseId: _id,
        deliveryId: id,
        isNudge: content.type === 'nudge',
        isPost: isNew(content),
        card,
        at: inTurn(delivery, card),
      };
    });
}

/** Queues in which something may be sent now, from all due cases: one queue's backlog hides no other. */
export function lanesWithWork(model: Model<CaseDocument>): CaseStore['lanesWithWork'] {
  return async (limit, now, beyond = null) => {
    // Only due cases: an engine that cannot take the names from the index would read every case.
    const all: unknown[] = await model
      .distinct('outboxLanes', { ...(await filtersOf(model)).owing(), outboxAt: { ...DATE, $lte: now } })
      .exec();
    const names = all
      .filter((name): name is string => typeof name === 'string' && name !== ANY_QUEUE)
      .sort()
      .map(storedQueue);
    const from = beyond === null ? 0 : names.filter((name) => name <= beyond).length;
    return [...names.slice(from), ...names.slice(0, from)].slice(0, limit);
  };
}
