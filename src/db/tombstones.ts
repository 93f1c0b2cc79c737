import { type Connection, type Model, Schema } from 'mongoose';
import { type SealedEvent, withoutWords } from '../domain/event';
import { closedAt } from '../domain/legal-hold';
import type { CardPlace } from '../domain/mailbox';
import type { StoredCase } from '../services/ports/cases';
import type { Leftover, Tombstone, Unfinished } from '../services/ports/retention';

/** A tombstone as stored; `dueAt`: when to try its cards in Slack, null if there are none. */
export type TombstoneDocument = Omit<Unfinished, 'id' | 'events'> & {
  _id: string;
  events: SealedEvent[];
  /** The case's version when it was buried. */
  version: number;
  /** The case is confirmed as deleted: only the tombstone is left. */
  gone: boolean;
  dueAt: Date | null;
  /** Whether the database has nothing else of the case. */
  cleared: boolean;
  refused: boolean;
};

const { Mixed } = Schema.Types;
const tombstoneSchema = new Schema<TombstoneDocument>(
  {
    _id: String,
    ref: { type: String, required: true },
    kind: String,
    filedAt: Date,
    closedAt: Date,
    outcome: String,
    seq: Number,
    deletedAt: Date,
    version: Number,
    gone: Boolean,
    events: [Mixed],
    leftovers: [Mixed],
    dueAt: Date,
    cleared: Boolean,
    refused: Boolean,
  },
  { collection: 'case_tombstones', versionKey: false, minimize: false, id: false },
);
// Its own name: the drop-in cannot drop a database with two indexes of the same name.
tombstoneSchema.index({ ref: 1 }, { unique: true, name: 'tombstone_ref' });
tombstoneSchema.index({ cleared: 1, dueAt: 1 });
tombstoneSchema.index({ refused: 1 });

/** The tombstones of one database. */
export const tombstonesOf = (connection: Connection): Model<TombstoneDocument> =>
  connection.models.Tombstone ?? connection.model<TombstoneDocument>('Tombstone', tombstoneSchema);

/** All fields of a case for its tombstone, so that its text is not even fetched. */
export const BURIED = {
  ref: 1,
  kind: 1,
  state: 1,
  filedAt: 1,
  changedAt: 1,
  seq: 1,
  version: 1,
  posts: 1,
  said: 1,
  'resolution.at': 1,
  'resolution.outcome': 1,
  'events.seq': 1,
  'events.at': 1,
  'events.type': 1,
  'events.content': 1,
  'events.previous': 1,
  'events.hash': 1,
} as const;
type Buried = Pick<
  StoredCase,
  'id' | 'ref' | 'kind' | 'state' | 'filedAt' | 'changedAt' | 'seq' | 'version' | 'resolution' | 'events'
>;

/** What is left of a case that is now deleted. `places`: where its cards are or were. */
export function tombstoneOf(stored: Buried, places: readonly CardPlace[], now: Date): TombstoneDocument {
  const { id, ref, kind, filedAt, seq, version, resolution } = stored;
  return {
    _id: id,
    ref,
    kind,
    filedAt,
    closedAt: closedAt(stored) ?? now,
    outcome: resolution?.outcome ?? 'void',
    seq,
    deletedAt: now,
    version,
    gone: false,
    events: (stored.events as readonly SealedEvent[]).map(withoutWords),
    leftovers: places.map(({ channel, ts }): Leftover => ({ channel, ts, tries: 0, fault: null })),
    dueAt: places.length ? now : null,
    cleared: false,
    refused: false,
  };
}

export const toUnfinished = (document: TombstoneDocument): Unfinished => ({
  ...toTombstone(document),
  leftovers: document.leftovers,
});

export function toTombstone(document: TombstoneDocument): Tombstone {
  const { _id, version: _v, gone: _g, leftovers: _l, dueAt: _d, cleared: _c, refused: _r, ...rest } = document;
  return { id: _id, ...rest };
}
