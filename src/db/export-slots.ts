import { type Connection, Schema } from 'mongoose';
import { CLOCKS_DIFFER_MS } from '../domain/clocks';
import type { ExportSlots } from '../services/ports/search';
import { isDuplicateKey } from './duplicate-key';

interface SlotDocument {
  /** Whose export it is. */
  _id: string;
  until: Date;
}

const slotSchema = new Schema<SlotDocument>({ _id: String, until: Date }, { collection: 'exports', versionKey: false });

/** One export per person at a time, over all instances. Slots use the machine's own clock: they guard processes. */
export function exportSlots(connection: Connection): ExportSlots {
  const model = connection.model<SlotDocument>('ExportSlot', slotSchema);
  const until = (ms: number) => new Date(Date.now() + ms);

  return {
    async take(person, ms) {
      try {
        // Over, or taken by a clock that was ahead: no slot lasts that long.
        const over = [{ until: { $lt: new Date() } }, { until: { $gt: until(ms + CLOCKS_DIFFER_MS) } }];
        const filter = { _id: person, $or: over };
        await model.updateOne(filter, { $set: { until: until(ms) } }, { upsert: true }).exec();
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async keep(person, ms) {
      await model.updateOne({ _id: person }, { $set: { until: until(ms) } }).exec();
    },
    async free(person) {
      await model.deleteOne({ _id: person }).exec();
    },
  };
}
