import { type Connection, Schema } from 'mongoose';
import type { Alarm } from '../domain/alarms';
import type { AlarmStore } from '../services/ports/watch';
import { isDuplicateKey } from './duplicate-key';

type AlarmDocument = Omit<Alarm, 'id'> & {
  _id: string;
  /** False until the admins were told; older alarms do not have it, and were told. */
  told?: boolean;
};

const alarmSchema = new Schema<AlarmDocument>(
  {
    _id: String,
    kind: { type: String, required: true },
    ref: String,
    about: { type: String, required: true },
    since: { type: Date, required: true },
    told: Boolean,
  },
  { collection: 'alarms', versionKey: false, id: false },
);
alarmSchema.index({ since: 1, _id: 1 });
alarmSchema.index({ told: 1, since: 1 });

const alarmOf = ({ _id, kind, ref, about, since }: AlarmDocument): Alarm => ({
  id: _id,
  kind,
  ref: ref ?? null,
  about,
  since,
});

/** The open alarms of one database; an alarm whose cause is gone is deleted. */
export function alarmStore(connection: Connection): AlarmStore & { ensureIndexes(): Promise<void> } {
  const model = connection.model<AlarmDocument>('Alarm', alarmSchema);
  return {
    async ensureIndexes() {
      await model.createIndexes();
    },
    async raise({ id, ...alarm }) {
      try {
        await model.collection.insertOne({ _id: id, ...alarm, told: false } as never);
        return true;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return false;
      }
    },
    async clear(id) {
      const { deletedCount } = await model.deleteOne({ _id: id });
      return deletedCount === 1;
    },
    async open(limit, skip = 0) {
      const found = await model.find().sort({ since: 1, _id: 1 }).skip(skip).limit(limit).lean().exec();
      return found.map(alarmOf);
    },
    async untold(limit) {
      return (await model.find({ told: false }).sort({ since: 1 }).limit(limit).lean().exec()).map(alarmOf);
    },
    async told({ id, since }) {
      await model.updateOne({ _id: id, since }, { $set: { told: true } });
    },
    count: () => model.countDocuments().exec(),
  };
}
