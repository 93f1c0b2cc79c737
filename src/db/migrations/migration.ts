import type { Connection } from 'mongoose';

/**
 * One step from an earlier release's data to this one's (architecture section 5). It runs while people work: on one
 * instance at a time, in small batches, beside instances of the previous release.
 */
export interface Migration {
  /** Its position, from 1, without gaps. Once every step up to it is done, the data have this version. */
  readonly number: number;
  readonly name: string;
  /**
   * The oldest version whose release can still work with the data once this step has begun: older ones refuse to start.
   * At most `number - 1`, so that one step back is always possible.
   */
  readonly needs: number;
  /** Whether it begins only when no older instance runs, because what those write lacks what it fills in. */
  readonly waits: boolean;
  /** Whether its prerequisites exist; it waits until then. */
  readonly isReady?: (connection: Connection) => Promise<boolean>;
  /**
   * One batch. Returns where it ended, for the next one, or null if nothing is left. An interrupted batch is run again,
   * and so is the whole step after an older release has run: repeating it changes nothing, and fixes what is out of
   * date.
   */
  run(batch: Batch): Promise<string | null>;
}

export interface Batch {
  readonly connection: Connection;
  /** Where the previous batch ended; null: there was none. */
  readonly from: string | null;
  /** The most documents. */
  readonly limit: number;
}

/** The next documents of a collection by id (a text), and where they end. */
export async function nextOf<Document extends { _id: string }>(
  { connection, from, limit }: Batch,
  collection: string,
  projection: object,
): Promise<{ readonly documents: readonly Document[]; readonly end: string | null }> {
  const documents = (await connection
    .collection(collection)
    .find(from === null ? {} : { _id: { $gt: from as never } }, { projection, sort: { _id: 1 }, limit })
    .toArray()) as unknown as Document[];
  return { documents, end: documents.length < limit ? null : (documents.at(-1)?._id ?? null) };
}
