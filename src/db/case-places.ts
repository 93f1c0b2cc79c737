import { type Connection, mongo, Schema } from 'mongoose';
import type { CardPlace } from '../domain/mailbox';

/** Where a card once stood, so that its thread still belongs to its case. */
interface PlaceDocument {
  /** `<channel>:<ts>` */
  _id: string;
  caseId: string;
}

const placeSchema = new Schema<PlaceDocument>(
  { _id: String, caseId: { type: String, required: true } },
  { collection: 'case_places', versionKey: false, id: false },
);

export type CasePlaces = ReturnType<typeof casePlaces>;

const idOf = ({ channel, ts }: CardPlace) => `${channel}:${ts}`;

/** Former places of the cards of one database that their cases' documents do not name anymore. */
export function casePlaces(connection: Connection) {
  const model = connection.model<PlaceDocument>('CasePlace', placeSchema);
  return {
    /** Keeps places that a document is about to give up. Keeping them again changes nothing. */
    async keep(caseId: string, places: readonly CardPlace[]): Promise<void> {
      if (!places.length) return;
      const documents = places.map((place): PlaceDocument => ({ _id: idOf(place), caseId }));
      try {
        await model.collection.insertMany(documents as never[], { ordered: false });
      } catch (error) {
        if (!isKnownAlready(error)) throw error;
      }
    },

    /** The case whose card once was this message, or null. */
    async caseAt(place: CardPlace): Promise<string | null> {
      const found = await model.findById(idOf(place)).lean<PlaceDocument>().exec();
      return found?.caseId ?? null;
    },
  };
}

/** Whether all that went wrong is that every document which did not go in is there already. */
export function isKnownAlready(error: unknown): boolean {
  if (!(error instanceof mongo.MongoBulkWriteError)) return false;
  const faults = [error.writeErrors].flat();
  return faults.length > 0 && faults.every(({ code }) => code === 11000);
}
