import { type Connection, Schema } from 'mongoose';
import type { Calendar } from '../domain/calendar';
import type { CalendarStore } from '../services/ports/calendars';

type CalendarDocument = Omit<Calendar, 'person' | 'failing'> & {
  _id: string;
  failing: Calendar['failing'];
};

const { Mixed } = Schema.Types;
const calendarSchema = new Schema<CalendarDocument>(
  {
    _id: String,
    deputy: { type: String, required: true },
    url: { type: String, required: true },
    words: { type: [String], required: true },
    by: { type: String, required: true },
    addedAt: { type: Date, required: true },
    nextAt: { type: Date, required: true },
    readAt: Date,
    failing: Mixed,
    absences: { type: Number, required: true },
    uncovered: { type: [Mixed], required: true } as never,
    removedAt: Date,
  },
  { collection: 'calendars', versionKey: false, minimize: false, id: false },
);
calendarSchema.index({ nextAt: 1 });
calendarSchema.index({ 'failing.since': 1 });

const calendarOf = ({ _id, ...rest }: CalendarDocument): Calendar => ({
  ...rest,
  person: _id,
  readAt: rest.readAt ?? null,
  failing: rest.failing ?? null,
  removedAt: rest.removedAt ?? null,
});
const UNREAD = { readAt: null, failing: null, absences: 0, uncovered: [] } as const;
const DATE = { $type: 'date' } as const;

/** The calendars of one database. */
export function calendarStore(connection: Connection): CalendarStore & { ensureIndexes(): Promise<void> } {
  const model = connection.model<CalendarDocument>('Calendar', calendarSchema);
  /** A choice is identified by its time, and by whether it is removed. */
  const unchanged = ({ person, addedAt, removedAt }: Calendar) => ({ _id: person, addedAt, removedAt });
  return {
    async ensureIndexes() {
      await model.createIndexes();
    },
    async find(person) {
      const found = await model.findById(person).lean<CalendarDocument>().exec();
      return found && calendarOf(found);
    },
    async all(limit) {
      return (await model.find().sort({ _id: 1 }).limit(limit).lean<CalendarDocument[]>().exec()).map(calendarOf);
    },
    async failing(limit) {
      const those = model.find({ 'failing.since': DATE }).sort({ 'failing.since': 1 });
      return (await those.limit(limit).lean<CalendarDocument[]>().exec()).map(calendarOf);
    },
    async save({ person, url, ...choice }, at) {
      const kept = { ...choice, url, words: [...choice.words], addedAt: at, nextAt: at, removedAt: null };
      const { matchedCount } = await model.updateOne({ _id: person, url }, { $set: kept });
      if (!matchedCount)
        await model.updateOne({ _id: person }, { $set: { ...kept, ...UNREAD } as never }, { upsert: true });
    },
    async due(now, beyond, limit) {
      const those = model.find({ $or: [{ nextAt: { $lte: now } }, { nextAt: { $gt: beyond } }] }).sort({ nextAt: 1 });
      return (await those.limit(limit).lean<CalendarDocument[]>().exec()).map(calendarOf);
    },
    async claim(calendar, until) {
      const mine = { ...unchanged(calendar), nextAt: calendar.nextAt };
      return (await model.updateOne(mine, { $set: { nextAt: until } })).modifiedCount === 1;
    },
    async done(calendar, read) {
      await model.updateOne(unchanged(calendar), { $set: { ...read, uncovered: [...read.uncovered] } });
    },
    async remove(person, at, forgottenAt) {
      const there = { _id: person, removedAt: null };
      const { modifiedCount } = await model.updateOne(there, { $set: { removedAt: at, nextAt: forgottenAt } });
      return modifiedCount === 1;
    },
    async restore(person, at) {
      const gone = { _id: person, removedAt: DATE };
      return (await model.updateOne(gone, { $set: { removedAt: null, nextAt: at } })).modifiedCount === 1;
    },
    async forget(calendar) {
      await model.deleteOne(unchanged(calendar));
    },
  };
}
