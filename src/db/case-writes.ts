import { isDeepStrictEqual } from 'node:util';
import { type Model, mongo } from 'mongoose';
import type { SealedEvent } from '../domain/event';
import type { CardPlace, Owed } from '../domain/mailbox';
import { saidWithinBounds } from '../domain/mailbox-bounds';
import type { CaseStore, Change, StoredCase } from '../services/ports/cases';
import { inBatches } from './batch';
import {
  type CaseDocument,
  derivedFields,
  documentOf,
  factsOf,
  fieldsOf,
  isOfOldDocument,
  mailFields,
  wordFields,
} from './case-document';
import { type EventArchive, keptOf } from './case-history';
import type { CasePlaces } from './case-places';
import { isDuplicateKey } from './duplicate-key';
import { seal } from './seal';

/** The two writes of cases: a new one, and a change of one that was read (architecture section 3). */
export function caseWrites(model: Model<CaseDocument>, history: EventArchive, places: CasePlaces) {
  const insertOne = insertTogether(model);
  return {
    async insert(stored, untold) {
      try {
        await insertOne(documentOf(stored, untold));
        return 'inserted';
      } catch (error) {
        if (isDuplicateKey(error) && (await model.exists({ _id: stored.id }))) return 'exists';
        throw error;
      }
    },

    async save(based, next) {
      const stored = based.events as readonly SealedEvent[];
      const last = stored.at(-1)?.hash;
      if (!last) throw new Error(`${based.ref} was not read from the store: what it is based on has no seal.`);
      const added = seal(based.id, last, next.events);
      const kept = keptOf(stored, added);
      const isCut = kept < stored.length;
      // What the document drops is stored first: a crash before the write leaves it in both places, never in none.
      await history.keep(based.id, stored.slice(0, stored.length - kept));
      const said = next.said && saidWithinBounds(next.said);
      await places.keep(based.id, leftBehind(based, next.mailbox));
      if (said?.beyond.length) await places.keep(based.id, said.beyond, true);
      const events = { $each: added, ...(isCut && { $slice: -(kept + added.length) }) };
      const fields = {
        ...changedFields(based, next, isCut),
        ...(said && changed({ said: based.said ?? [] }, { said: said.kept })),
      };
      const result = await model.collection.updateOne({ _id: based.id, version: based.version } as never, {
        ...(Object.keys(fields).length && { $set: fields }),
        $inc: { version: 1 },
        ...((added.length || isCut) && { $push: { events } as never }),
      });
      return result.modifiedCount === 1;
    },
  } satisfies Partial<CaseStore>;
}

/** How many cases are inserted together, so that no one waits until everything filed at the same moment is stored. */
const TOGETHER = { most: 8, abreast: 2 } as const;

/** Cases filed at the same time are inserted together, each with its own success or fault. */
function insertTogether(model: Model<CaseDocument>) {
  return inBatches<object, 'inserted'>(async (documents) => {
    try {
      await model.collection.insertMany(documents as never[], { ordered: false });
      return documents.map(() => 'inserted');
    } catch (error) {
      if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
      const faults = new Map([error.writeErrors].flat().map((fault) => [fault.index, fault]));
      if (faults.size === 0) throw error;
      return documents.map((_, i) => {
        const fault = faults.get(i);
        return fault ? Object.assign(new Error(fault.errmsg ?? 'not inserted'), { code: fault.code }) : 'inserted';
      });
    }
  }, TOGETHER);
}

/**
 * The fields that differ, and the search words if a text does; so a delivery mark writes only the outbox and the card's
 * place. A case that drops events writes everything, since older facts may have been read from these very events; so
 * does one whose document lacks fields.
 */
function changedFields(based: StoredCase, { facts, mailbox }: Change, isCut: boolean): object {
  const next = { ...facts, ...mailbox };
  if (isCut || isOfOldDocument(based)) return fieldsOf(next);
  const isMark = facts === (based as typeof facts);
  const owes = { ...mailFields(based), ...derivedFields(based) };
  return {
    ...(isMark ? {} : { ...changed(factsOf(based), factsOf(facts)), ...wordFields(based, facts) }),
    ...changed(owes, { ...mailFields(mailbox), ...derivedFields(next) }),
  };
}

/** The fields of `after` that differ from `before`, or are not in it. */
function changed<Fields extends object>(before: Fields, after: Fields): Partial<Fields> {
  const known = before as Readonly<Record<string, unknown>>;
  const differs = ([name, value]: [string, unknown]) => value !== known[name] && !isDeepStrictEqual(value, known[name]);
  return Object.fromEntries(Object.entries(after).filter(differs)) as Partial<Fields>;
}

/** Former places of a case's cards. */
function leftBehind({ posts: before }: Owed, { posts: after }: Owed): CardPlace[] {
  const isTold = ({ channel, ts }: CardPlace) => after.some(({ sent }) => sent?.channel === channel && sent.ts === ts);
  return before.flatMap(({ sent }) => (sent && !isTold(sent) ? [sent] : []));
}
