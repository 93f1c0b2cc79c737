import type { Connection } from 'mongoose';

/**
 * One step from how an earlier release kept its data to how this one does (architecture section 5). It runs while people
 * work: on one instance at a time, in small batches, beside instances of the release before.
 */
export interface Migration {
  /** Its place, from 1, without gaps. Once every step up to it is done, the data have this version. */
  readonly number: number;
  readonly name: string;
  /**
   * The oldest version whose release can still work with the data once this step has begun: older ones refuse to start.
   * At most `number - 1`, so that one step back is always possible.
   */
  readonly needs: number;
  /** Whether it begins only when no instance of an older release runs: what those write lacks what it fills in. */
  readonly waits: boolean;
  /** Whether what it rests on is there; it waits until then. */
  readonly isReady?: (connection: Connection) => Promise<boolean>;
  /**
   * One batch. Gives where it ended, for the next one, or null when nothing is left. A batch that was cut short is run
   * again, and the whole step after an older release has run: it changes nothing the second time, and mends what is
   * there but out of date.
   */
  run(batch: Batch): Promise<string | null>;
}

export interface Batch {
  readonly connection: Connection;
  /** Where the batch before ended; null: there was none. */
  readonly from: string | null;
  /** So many documents at most. */
  readonly limit: number;
}

/** The next documents of a collection in the order of their ids, which are texts, and where they end. */
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
