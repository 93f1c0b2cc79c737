import { type Connection, type Model, Schema } from 'mongoose';
import { type Letter, type Title, titleOf } from '../domain/letters';
import type { LetterStore } from '../services/ports/letters';

/** A letter; `dueAt`: when it may be claimed next, null once settled, without content unless it failed. */
type LetterDocument = Omit<Letter, 'id' | 'content'> & {
  _id: string;
  content: Letter['content'] | null;
  dueAt: Date | null;
  /** What it covers, as it was when it was written: before `at`, if it was sent again. */
  serves?: readonly string[];
  writtenAt?: Date;
  what: Title | null;
  fault: string | null;
  failedAt: Date | null;
};

const { Mixed } = Schema.Types;
const letterSchema = new Schema<LetterDocument>(
  {
    _id: String,
    to: { type: String, required: true },
    about: String,
    content: Mixed,
    at: { type: Date, required: true },
    /** How often it was claimed; also the version that guards a claim. */
    claims: { type: Number, required: true },
    thread: Mixed,
    passedOn: Mixed,
    dueAt: Date,
    serves: { type: [String], default: undefined },
    writtenAt: Date,
    what: String,
    fault: String,
    failedAt: Date,
  },
  { collection: 'letters', versionKey: false, minimize: false, id: false },
);
letterSchema.index({ dueAt: 1 });
letterSchema.index({ about: 1, dueAt: 1 });
letterSchema.index({ failedAt: -1 });
letterSchema.index({ serves: 1 });

const DATE = { $type: 'date' } as const;
const EARLIEST = new Date(0);
const SETTLED = { dueAt: null, content: null, failedAt: null } as const;

/** As it can be sent; null once its content is gone. */
const letterOf = ({ _id, to, about, content, at, claims, thread, passedOn }: LetterDocument): Letter | null =>
  content && {
    id: _id,
    to,
    about: about ?? null,
    content,
    at,
    claims,
    ...(thread && { thread }),
    ...(passedOn && { passedOn }),
  };

/** The letters of one database. */
export function letterStore(connection: Connection): LetterStore & { ensureIndexes(): Promise<void> } {
  const model = connection.model<LetterDocument>('Letter', letterSchema);
  return {
    ...writing(model),
    ...sending(model),
    ...givenUp(model),
    async ensureIndexes() {
      await model.createIndexes();
    },
  };
}

type Letters = Model<LetterDocument>;

/** Writing letters, and whether they exist. */
function writing(model: Letters) {
  return {
    async put({ id, ...letter }, serves) {
      const fresh = { dueAt: letter.at, claims: 0, what: null, fault: null, failedAt: null };
      const result = await model.updateOne(
        { _id: id },
        { $setOnInsert: { ...letter, ...fresh, ...(serves?.length && { serves }) } },
        { upsert: true },
      );
      return result.upsertedCount === 1;
    },
    async reword(id, { about, content, at }) {
      const said = { about, content, at, dueAt: at };
      const result = await model.updateOne({ _id: id, claims: 0, dueAt: DATE }, { $set: said });
      return result.modifiedCount === 1;
    },
    async find(id) {
      const found = await model.findOne({ _id: id }, { about: 1 }).lean().exec();
      return found && { about: found.about ?? null };
    },
    async known(ids) {
      const found = await model
        .find({ _id: { $in: [...ids] } }, { _id: 1 })
        .lean()
        .exec();
      return new Set(found.map(({ _id }) => _id));
    },
    async served(whats) {
      const found = await model
        .find({ serves: { $in: [...whats] } }, { serves: 1, at: 1, writtenAt: 1 })
        .lean()
        .exec();
      const newest = new Map<string, Date>();
      for (const { serves = [], at, writtenAt = at } of found)
        for (const what of serves) if (writtenAt > (newest.get(what) ?? EARLIEST)) newest.set(what, writtenAt);
      return newest;
    },
    async pending(about) {
      const found = await model.findOne({ about, dueAt: DATE }, { at: 1 }).sort({ at: -1 }).lean().exec();
      return found?.at ?? null;
    },
    async withdraw(about) {
      await model.updateMany({ about, dueAt: DATE }, { $set: SETTLED });
    },
  } satisfies Partial<LetterStore>;
}

/** From waiting to settled. */
function sending(model: Letters) {
  return {
    async due(now, limit) {
      const found = await model
        .find({ dueAt: { $lte: now, ...DATE } })
        .sort({ dueAt: 1 })
        .limit(limit)
        .lean()
        .exec();
      return found.map(letterOf).filter((letter) => letter !== null);
    },
    async bringForward(now, beyond) {
      // A reminder waits for its own time until it is claimed; everything else goes out at once.
      const waits = [{ claims: { $gt: 0 } }, { 'content.type': { $ne: 'reminder' } }];
      const late = { dueAt: { $gt: beyond, ...DATE }, $or: waits } as never;
      const result = await model.updateMany(late, { $set: { dueAt: now } });
      return result.modifiedCount;
    },
    async claim({ id, claims }, until) {
      const result = await model.updateOne(
        { _id: id, claims, dueAt: DATE },
        { $set: { dueAt: until }, $inc: { claims: 1 } },
      );
      return result.modifiedCount === 1;
    },
    async done(id) {
      await model.updateOne({ _id: id }, { $set: SETTLED });
    },
    async fail({ id, content }, fault, failedAt) {
      // Another instance may have sent it meanwhile, or its matter was withdrawn.
      const waiting = { _id: id, dueAt: DATE };
      await model.updateOne(waiting, { $set: { dueAt: null, what: titleOf(content), fault, failedAt } });
    },
  } satisfies Partial<LetterStore>;
}

/** Failed letters, and what becomes of them. */
function givenUp(model: Letters) {
  /** Sends it again, unless its last try arrived after all; false if it did not fail, or its content is gone. */
  async function sendAgain(id: string, change: Pick<Letter, 'at'> & Partial<LetterDocument>): Promise<boolean> {
    const found = await model.findOne({ _id: id }, { at: 1, writtenAt: 1 }).lean().exec();
    const writtenAt = found?.writtenAt ?? found?.at;
    const again = { ...change, writtenAt, dueAt: change.at, claims: 1, what: null, fault: null, failedAt: null };
    const result = await model.updateOne({ _id: id, failedAt: DATE, content: { $type: 'object' } }, { $set: again });
    return result.modifiedCount === 1;
  }

  return {
    async failed(limit) {
      const found = await model.find({ failedAt: DATE }).sort({ failedAt: -1 }).limit(limit).lean().exec();
      return found.map(({ _id, to, what, fault, failedAt, at, content }) => ({
        id: _id,
        to,
        what: what ?? 'A message',
        fault: fault ?? '',
        failedAt: failedAt ?? at,
        isKept: Boolean(content),
      }));
    },
    failedCount: (atMost) => model.countDocuments({ failedAt: DATE }).limit(atMost).exec(),
    retry: (id, at) => sendAgain(id, { at }),
    redirect: (id, elsewhere) => sendAgain(id, elsewhere),
    async givenUp(id) {
      const found = await model.findOne({ _id: id, failedAt: DATE }).lean().exec();
      return found && letterOf(found);
    },
    async dismiss(id) {
      await model.updateOne({ _id: id, failedAt: DATE }, { $set: SETTLED });
    },
  } satisfies Partial<LetterStore>;
}
