import { type Connection, mongo, Schema } from 'mongoose';
import type { CaseEvent, SealedEvent } from '../domain/event';
import { eventOf } from '../domain/events';
import type { CaseHistory } from '../services/ports/cases';
import { isKnownAlready } from './case-places';

/** An event that is no longer in its case's document. */
interface EventDocument {
  /** See `idOf`: the same event has the same id, so it is stored once however often it is copied. */
  _id: string;
  caseId: string;
  /** Search keys besides its number: see `handlesOf`. */
  handles: string[];
  /** As in the document, including its hash. */
  event: SealedEvent;
}

const eventSchema = new Schema<EventDocument>(
  { _id: String, caseId: { type: String, required: true }, handles: [String], event: Schema.Types.Mixed },
  { collection: 'case_events', versionKey: false, minimize: false, id: false },
);
eventSchema.index({ caseId: 1, _id: 1 });
eventSchema.index({ caseId: 1, handles: 1, _id: 1 });

/** How many events are read at once. */
const PAGE = 200;
/** A document holds at most this many events, or bytes of them, before a write; after it, the newest `KEPT`. */
const MOST = { events: 96, bytes: 128 * 1024 } as const;
const KEPT = { events: 32, bytes: 32 * 1024 } as const;

/** Ids sort like their events. */
const idOf = (caseId: string, seq: number) => `${caseId}:${String(seq).padStart(12, '0')}`;

/** The id range of a case's events after one of them. */
export const afterEvent = (caseId: string, seq: number) => ({ $gt: idOf(caseId, seq), $lt: `${caseId};` });

export { idOf as archivedId };

/** What an event is about, and what caused it, to recognize repetitions. */
function handlesOf(event: CaseEvent): string[] {
  const cause = event.key === null ? [] : [`key:${event.key}`];
  const about = Object.entries(eventOf(event).about?.(event.data) ?? {}).map(([what, which]) => `${what}:${which}`);
  return [...cause, ...about];
}

/** Where events go that a document has no room for. */
export interface EventArchive {
  /** Stores events that a document is about to drop. Repeating it changes nothing. */
  keep(caseId: string, events: readonly SealedEvent[]): Promise<void>;
}

/** The older history of the cases of one database: events that their documents have no room for. */
export function caseHistory(connection: Connection): CaseHistory & EventArchive & { ensureIndexes(): Promise<void> } {
  const model = connection.model<EventDocument>('CaseEvent', eventSchema);

  return {
    async ensureIndexes() {
      await model.createIndexes();
    },

    async keep(caseId, events) {
      if (!events.length) return;
      const documents = events.map((event): EventDocument => {
        return { _id: idOf(caseId, event.seq), caseId, handles: handlesOf(event), event };
      });
      try {
        await model.collection.insertMany(documents as never[], { ordered: false });
      } catch (error) {
        if (!isKnownAlready(error)) throw error;
      }
    },

    async *all({ id, events }) {
      const first = events[0]?.seq ?? 1;
      let past = 0;
      while (past + 1 < first) {
        const page = await model
          .find({ caseId: id, _id: { $gt: idOf(id, past), $lt: idOf(id, first) } })
          .sort({ _id: 1 })
          .limit(PAGE)
          .lean<EventDocument[]>()
          .exec();
        const last = page.at(-1)?.event.seq;
        if (!last) break;
        yield page.map(({ event }) => event);
        past = last;
      }
      yield events as readonly SealedEvent[];
    },

    async numbered({ id, events }, seq) {
      const atHand = events.find((event) => event.seq === seq);
      if (atHand || isAtHand(events, seq)) return atHand ?? null;
      const found = await model
        .findOne({ _id: idOf(id, seq) })
        .lean<EventDocument>()
        .exec();
      return found?.event ?? null;
    },

    async between({ id, events }, from, to) {
      const first = events[0]?.seq ?? 1;
      const older =
        from < first
          ? await model
              .find({ caseId: id, _id: { $gte: idOf(id, from), $lt: idOf(id, Math.min(first, to + 1)) } })
              .sort({ _id: 1 })
              .lean<EventDocument[]>()
              .exec()
          : [];
      return [...older.map(({ event }) => event), ...events.filter(({ seq }) => seq >= from && seq <= to)];
    },

    async hasKey({ id, events }, key) {
      if (events.some((event) => event.key === key)) return true;
      if (isAtHand(events, 1)) return false;
      return (await model.exists({ caseId: id, handles: `key:${key}` })) !== null;
    },

    async newestAbout({ id, events }, what, which) {
      const handle = `${what}:${which}`;
      const atHand = events.findLast((event) => handlesOf(event).includes(handle));
      if (atHand || isAtHand(events, 1)) return atHand ?? null;
      const found = await model.findOne({ caseId: id, handles: handle }).sort({ _id: -1 }).lean<EventDocument>().exec();
      return found?.event ?? null;
    },
  };
}

/** Whether the document's own events begin at or before this number. */
const isAtHand = (events: readonly CaseEvent[], seq: number) => (events[0]?.seq ?? 1) <= seq;

/** How many of the newest events a document keeps with these added, to stay within bounds. */
export function keptOf(events: readonly SealedEvent[], added: readonly SealedEvent[]): number {
  // A delivery mark is frequent and adds no events, so nothing is measured.
  if (!added.length && events.length <= MOST.events) return events.length;
  const sizes = [...events, ...added].map((event) => mongo.BSON.calculateObjectSize(event));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (sizes.length <= MOST.events && total <= MOST.bytes) return events.length;
  let bytes = 0;
  let kept = 0;
  for (const size of sizes.reverse()) {
    bytes += size;
    if (kept >= KEPT.events || bytes > KEPT.bytes) break;
    kept++;
  }
  // The chain continues from the newest event, so one always stays.
  return Math.min(events.length, Math.max(added.length ? 0 : 1, kept - added.length));
}
