import { type Connection, mongo, Schema } from 'mongoose';
import type { CardPlace } from '../domain/mailbox';
import { isDuplicateKey } from './duplicate-key';

/**
 * Where a card used to be, so that its thread still belongs to its case; or (`said`) where another message about the
 * case is, so that it can be deleted.
 */
interface PlaceDocument {
  /** `<channel>:<ts>` */
  _id: string;
  caseId: string;
  said?: true;
}

const placeSchema = new Schema<PlaceDocument>(
  { _id: String, caseId: { type: String, required: true }, said: Boolean },
  { collection: 'case_places', versionKey: false, id: false },
);

export type CasePlaces = ReturnType<typeof casePlaces>;

const idOf = ({ channel, ts }: CardPlace) => `${channel}:${ts}`;

/** Former places of cards in one database that are no longer in their cases' documents. */
export function casePlaces(connection: Connection) {
  const model = connection.model<PlaceDocument>('CasePlace', placeSchema);
  return {
    /** Stores places that a document is about to drop; `said`: not of cards. Repeating it changes nothing. */
    async keep(caseId: string, places: readonly CardPlace[], said = false): Promise<void> {
      if (!places.length) return;
      const documents = places.map(
        (place): PlaceDocument => ({
          _id: idOf(place),
          caseId,
          ...(said && { said: true as const }),
        }),
      );
      try {
        await model.collection.insertMany(documents as never[], { ordered: false });
      } catch (error) {
        if (!isKnownAlready(error)) throw error;
      }
    },

    /** The case whose card this message once was, or null. */
    async caseAt(place: CardPlace): Promise<string | null> {
      const found = await model.findById(idOf(place)).lean<PlaceDocument>().exec();
      return found && !found.said ? found.caseId : null;
    },
  };
}

/** Whether all documents that were not inserted already exist, and nothing else failed. */
export function isKnownAlready(error: unknown): boolean {
  if (!(error instanceof mongo.MongoBulkWriteError)) return false;
  const faults = [error.writeErrors].flat();
  return faults.length > 0 && faults.every(isDuplicateKey);
}
