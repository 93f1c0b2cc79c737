import { type Connection, Schema } from 'mongoose';
import type { RenumberedChannel } from '../domain/renumbered-channel';
import { isDuplicateKey } from './duplicate-key';

type ChannelIdDocument = Omit<RenumberedChannel, 'id'> & { readonly _id: string };

const channelIdSchema = new Schema<ChannelIdDocument>(
  { _id: String, later: { type: [String], required: true }, at: { type: String, required: true } },
  { collection: 'channel_ids', versionKey: false, id: false },
);

/** The few channels of one database whose id changed. */
export function channelIdStore(connection: Connection) {
  const model = connection.model<ChannelIdDocument>('ChannelId', channelIdSchema);
  return {
    /** All of them. */
    async all(): Promise<RenumberedChannel[]> {
      const found = await model.find().lean<ChannelIdDocument[]>().exec();
      return found.map(({ _id: id, later, at }) => ({ id, later, at }));
    },
    /** Changes nothing if a later change is stored. */
    async put({ id, later, at }: RenumberedChannel): Promise<void> {
      try {
        await model.updateOne({ _id: id, at: { $lt: at } }, { $set: { later, at } }, { upsert: true });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error; // a later change is stored
      }
    },
  };
}
