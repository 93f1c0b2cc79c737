import { type Connection, Schema } from 'mongoose';
import type { Reminder, ReminderStore } from '../services/ports';

/** A reminder; `dueAt` is when somebody may claim it next, and null once it is settled. */
type ReminderDocument = Omit<Reminder, 'id'> & { _id: string; dueAt: Date | null };

const reminderSchema = new Schema<ReminderDocument>(
  {
    _id: String,
    to: { type: String, required: true },
    sp: { type: String, default: '' },
    sj: { type: String, required: true },
    at: { type: Date, required: true },
    /** How often it was claimed: also the version that guards a claim. */
    claims: { type: Number, required: true },
    dueAt: Date,
  },
  { collection: 'reminders', versionKey: false, id: false },
);
reminderSchema.index({ dueAt: 1 });
reminderSchema.index({ to: 1, sj: 1 });

/** What people asked to be reminded of, in one database (domain section 6). */
export function reminderStore(connection: Connection): ReminderStore & { ensureIndexes(): Promise<void> } {
  const model = connection.model<ReminderDocument>('Reminder', reminderSchema);
  return {
    async ensureIndexes() {
      await model.createIndexes();
    },
    async keep({ id, ...reminder }) {
      await model.updateOne(
        { _id: id },
        { $setOnInsert: { ...reminder, dueAt: reminder.at, claims: 0 } },
        { upsert: true },
      );
    },
    async pending(to, sj) {
      const found = await model
        .findOne({ to, sj, dueAt: { $type: 'date' } })
        .lean()
        .exec();
      return found?.at ?? null;
    },
    async drop(to, sj) {
      await model.updateMany({ to, sj, dueAt: { $type: 'date' } }, { $set: { dueAt: null } });
    },
    async due(now, limit) {
      const found = await model
        .find({ dueAt: { $lte: now, $type: 'date' } })
        .sort({ dueAt: 1 })
        .limit(limit)
        .lean()
        .exec();
      return found.map(({ _id, dueAt: _dueAt, ...reminder }) => ({ id: _id, ...reminder }));
    },
    async claim({ id, claims }, until) {
      const result = await model.updateOne(
        { _id: id, claims, dueAt: { $type: 'date' } },
        { $set: { dueAt: until }, $inc: { claims: 1 } },
      );
      return result.modifiedCount === 1;
    },
    async done(id) {
      await model.updateOne({ _id: id }, { $set: { dueAt: null } });
    },
  };
}
