import { type Connection, mongo, Schema } from 'mongoose';
import { CLOCKS_DIFFER_MS } from '../domain/clocks';
import type { Draft, DraftStore, EndedDraft, WrittenDraft } from '../services/ports/people';
import { inBatches } from './batch';
import { isDuplicateKey } from './duplicate-key';

interface DraftDocument extends Omit<Draft, 'place'> {
  readonly _id: string;
  /** The last window whose report was filed. */
  readonly filed?: string;
}

const { Mixed } = Schema.Types;
const draftSchema = new Schema<DraftDocument>(
  {
    _id: String,
    user: { type: String, required: true },
    kind: { type: String, required: true },
    startedAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    answers: Mixed,
    metadata: String,
    window: String,
    submitted: Mixed,
    filed: String,
    again: Mixed,
  },
  { collection: 'drafts', versionKey: false, minimize: false, id: false },
);
// For the job that purges old drafts.
draftSchema.index({ updatedAt: 1 });

/** How many drafts of one form someone can have at a time. The first is where earlier releases keep the only one. */
const PLACES = [1, 2, 3];
const FIRST = 1;
/** An untouched draft is given up by then, and its place is free. */
const GIVEN_UP_MS = 24 * 60 * 60_000;

type Owner = Pick<Draft, 'user' | 'kind'>;
const idAt = ({ user, kind }: Owner, place = FIRST) => `${user}:${kind}${place === FIRST ? '' : `:${place}`}`;
const idsOf = (owner: Owner) => PLACES.map((place) => idAt(owner, place));

/** Not newer than `at`. One that is newer by minutes came from a clock that was ahead: no write is that late. */
const notNewer = (at: Date) => ({
  $or: [{ updatedAt: { $lte: at } }, { updatedAt: { $gt: new Date(+at + CLOCKS_DIFFER_MS) } }],
});
/** Written in this window, or in none known (by an earlier release); or no newer than what the window has seen. */
const own = ({ window, seen }: Pick<EndedDraft, 'window' | 'seen'>) => [
  ...(window === undefined ? [] : [{ window }, { window: { $exists: false } }]),
  ...(seen ? [{ updatedAt: { $lte: seen } }] : []),
];
const free = (at: Date) => [{ answers: {} }, { updatedAt: { $lte: new Date(+at - GIVEN_UP_MS) } }];
const isFree = ({ answers, updatedAt }: DraftDocument, at: Date) =>
  Object.keys(answers).length === 0 || +updatedAt <= +at - GIVEN_UP_MS;

const write = (draft: WrittenDraft, place: number | undefined, mayReplace: readonly object[]) => {
  const { seen: _seen, place: _place, ...fields } = draft;
  return {
    updateOne: {
      filter: {
        _id: idAt(draft, place),
        filed: { $ne: draft.window },
        $and: [notNewer(draft.updatedAt), { $or: mayReplace }],
      } as never,
      update: { $set: fields },
      upsert: true,
    },
  };
};

/** Empties what the window wrote; if its report was filed, the first place remembers that. */
function ending({ user, kind, at, place, window, seen, filed, again }: EndedDraft): mongo.AnyBulkWriteOperation[] {
  const owner = { user, kind };
  const emptied = { startedAt: at, updatedAt: at, answers: {}, metadata: '', submitted: null };
  const here = { _id: idAt(owner, place), $or: own({ window, seen }) };
  const inWindow = window === undefined ? [] : [{ window }];
  const empty = {
    updateMany: {
      filter: { _id: { $in: idsOf(owner) }, $and: [notNewer(at), { $or: [here, ...inWindow] }] } as never,
      update: { $set: { ...emptied, ...(filed ? { filed: window } : {}) } },
    },
  };
  if (!filed) return [empty];
  const remember = {
    updateOne: {
      filter: { _id: idAt(owner) } as never,
      update: { $set: { filed: window, ...(again ? { again } : {}) }, $setOnInsert: { ...owner, ...emptied } },
      upsert: true,
    },
  };
  return [empty, remember];
}

/** Where to keep a draft whose place has another window's; null if it is late, and says nothing new. */
function placeBeside(draft: WrittenDraft, found: readonly DraftDocument[]) {
  const at = (place: number) => found.find(({ _id }) => _id === idAt(draft, place));
  const held = at(draft.place ?? FIRST);
  if (!held || isFree(held, draft.updatedAt) || found.some(({ filed }) => filed === draft.window)) return null;
  if (held.window === draft.window || held.window === undefined) return null;
  const others = PLACES.filter((place) => place !== (draft.place ?? FIRST));
  const age = (place: number) => +(at(place)?.updatedAt ?? 0);
  const [oldest = FIRST] = [...others].sort((a, b) => age(a) - age(b));
  const place =
    others.find((one) => at(one)?.window === draft.window) ??
    others.find((one) => at(one) === undefined) ??
    others.find((one) => isFree(at(one) as DraftDocument, draft.updatedAt)) ??
    oldest;
  return { place, seen: at(place)?.updatedAt };
}

function draftOf({ _id, filed: _filed, ...draft }: DraftDocument): Draft {
  const place = PLACES.find((one) => idAt(draft, one) === _id) ?? FIRST;
  return place === FIRST ? draft : { ...draft, place };
}

/** The drafts of one database. An emptied one stays until it is purged. */
export function draftStore(connection: Connection): DraftStore & { ensureIndexes(): Promise<void> } {
  const model = connection.model<DraftDocument>('Draft', draftSchema);

  const documents = inBatches<Owner, readonly DraftDocument[]>(async (owners) => {
    const ids = [...new Set(owners.flatMap(idsOf))];
    const found = await model.collection.find<DraftDocument>({ _id: { $in: ids } } as never).toArray();
    const byId = new Map(found.map((document) => [document._id, document]));
    return owners.map((owner) => idsOf(owner).flatMap((id) => byId.get(id) ?? []));
  });

  /** Writes each; returns which met a newer state, or another window's. */
  async function written(writes: readonly ReturnType<typeof write>[]): Promise<readonly (boolean | Error)[]> {
    try {
      await model.collection.bulkWrite([...writes], { ordered: false });
      return writes.map(() => true);
    } catch (error) {
      // The filter missed what is there, and the upsert hit its id.
      const bulk = error instanceof mongo.MongoBulkWriteError ? [error.writeErrors].flat() : [];
      if (bulk.length === 0) throw error;
      const faults = new Map(bulk.map((fault) => [fault.index, fault]));
      return writes.map((_, i) => {
        const fault = faults.get(i);
        return fault && !isDuplicateKey(fault) ? new Error(fault.errmsg ?? 'a draft was not kept') : !fault;
      });
    }
  }

  const end = inBatches<EndedDraft, void>(async (drafts) => {
    await model.collection.bulkWrite(drafts.flatMap(ending));
    return drafts.map(() => undefined);
  });
  const inItsPlace = inBatches<WrittenDraft, boolean>((drafts) =>
    written(drafts.map((draft) => write(draft, draft.place, [...own(draft), ...free(draft.updatedAt)]))),
  );

  async function beside(draft: WrittenDraft, tries = PLACES.length): Promise<void> {
    const to = placeBeside(draft, await documents(draft));
    if (!to) return;
    const [done] = await written([write(draft, to.place, [...own({ ...draft, ...to }), ...free(draft.updatedAt)])]);
    if (done instanceof Error) throw done;
    if (!done && tries > 0) await beside(draft, tries - 1);
  }

  /** A window that moved to another place leaves an older state behind, which is emptied here. */
  async function all(user: Draft['user'], kind: Draft['kind']) {
    const found = await documents({ user, kind });
    const begun = found
      .filter(({ answers }) => Object.keys(answers).length > 0)
      .sort((one, other) => +other.updatedAt - +one.updatedAt);
    const isLeft = ({ window }: DraftDocument, i: number) =>
      window !== undefined && begun.findIndex((other) => other.window === window) < i;
    for (const { _id, updatedAt } of begun.filter(isLeft))
      await model.collection.updateOne({ _id, updatedAt } as never, { $set: { answers: {} } } as never);
    return { found, drafts: begun.filter((one, i) => !isLeft(one, i)).map(draftOf) };
  }

  return {
    async ensureIndexes() {
      await model.createIndexes();
    },

    async find(user, kind) {
      const { found, drafts } = await all(user, kind);
      const [first] = found;
      const newest = drafts[0] ?? (first && draftOf(first));
      const again = found.find(({ _id }) => _id === idAt({ user, kind }))?.again;
      return newest ? { ...newest, ...(again ? { again } : {}) } : null;
    },

    all: async (user, kind) => (await all(user, kind)).drafts,

    async save(draft) {
      if (!(await inItsPlace(draft))) await beside(draft);
    },

    end: (draft) => end(draft),
  };
}
