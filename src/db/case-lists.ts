import type { Model, QueryFilter } from 'mongoose';
import { RESTRICTED_KINDS } from '../domain/access';
import { EXPOSURES } from '../domain/exposure';
import type { CaseStore } from '../services/ports/cases';
import { type CaseDocument, RECORD, toStored } from './case-document';
import type { CasePlaces } from './case-places';

type Filter = QueryFilter<CaseDocument>;
/** So many cases at most are shown beside a form. */
const MOST_BESIDE = 10;
const NEWEST_FIRST = { filedAt: -1 } as const;

interface Listing {
  readonly sort?: Readonly<Record<string, 1 | -1>>;
  readonly skip?: number;
  readonly limit?: number;
}

/**
 * Reads lists of cases: whole, or (`records`) without their history and their outgoing messages. One that takes longer
 * than `maxTimeMS` is given up by the database.
 */
export function caseLists(model: Model<CaseDocument>, maxTimeMS = 0) {
  const list = async (filter: Filter, fields: object, listing: Listing) =>
    (
      await model
        .find(filter, fields, { ...listing, maxTimeMS })
        .lean<CaseDocument[]>()
        .exec()
    ).map(toStored);
  return {
    whole: (filter: Filter, listing: Listing) => list(filter, {}, listing),
    records: (filter: Filter, listing: Listing = {}, fields: object = RECORD) => list(filter, fields, listing),
  };
}

/** Cases by what they are called, where their card stands, and whom or what they are about. */
export function caseFinds(model: Model<CaseDocument>, places: CasePlaces) {
  const { whole, records } = caseLists(model);
  const one = async (filter: Filter) => {
    const found = await model.findOne(filter).lean<CaseDocument>().exec();
    return found && toStored(found);
  };
  const byId = (id: string) => one({ _id: id });

  return {
    byId,
    byRef: (ref) => one({ ref }),
    async byPost(channel, ts) {
      const stored = await one({ posts: { $elemMatch: { 'sent.ts': ts, 'sent.channel': channel } } });
      if (stored) return stored;
      const id = await places.caseAt({ channel, ts });
      return id === null ? null : byId(id);
    },
    byNote: (channel, ts) => one({ 'notes.id': ts, 'posts.sent.channel': channel }),
    shownInFull: (channel, limit) =>
      whole(
        {
          posts: { $elemMatch: { 'sent.channel': channel, show: 'full' } },
          kind: { $in: [...RESTRICTED_KINDS] },
        },
        { limit },
      ),
    keptFrom: (channel, limit) =>
      whole(
        {
          isOpen: true,
          kind: { $in: [...RESTRICTED_KINDS] },
          posts: {
            $elemMatch: { show: 'redacted', 'redirected.from': channel, 'redirected.fault': { $in: [...EXPOSURES] } },
          },
        },
        { limit },
      ),
    openBySj: (sj) => whole({ sj, isOpen: true }, { sort: NEWEST_FIRST, limit: MOST_BESIDE }),
    openBySp: (account, codes, since) =>
      whole(
        { 'sp.account': account, filedAt: { $gte: since }, codes: { $in: [...codes] }, isOpen: true },
        { sort: NEWEST_FIRST, limit: MOST_BESIDE },
      ),
    async promisedCallbacks(kind, from, limit) {
      const callback = { $elemMatch: { name: 'callback', dueAt: { $gte: from } } };
      const found = await model
        .find({ isOpen: true, kind, clocks: callback }, { clocks: 1 }, { limit })
        .lean<Pick<CaseDocument, 'clocks'>[]>()
        .exec();
      return found
        .flatMap(({ clocks }) => clocks.filter(({ name, dueAt }) => name === 'callback' && dueAt >= from))
        .map(({ dueAt }) => dueAt);
    },
    bySj: (sj, limit) => records({ sj }, { sort: NEWEST_FIRST, limit }),
    bySp: (account, limit) => records({ 'sp.account': account }, { sort: NEWEST_FIRST, limit }),
    scoresOf: (account, since) =>
      records(
        {
          $or: [
            { 'sp.account': account, filedAt: { $gte: since } },
            { 'sp.account': account, isOpen: true },
          ],
        },
        { sort: NEWEST_FIRST },
      ),
    async grantedTo(person, now) {
      const found = await model
        .find({ 'grants.person': person, 'grants.until': { $gt: now } }, { ref: 1, grants: 1 })
        .lean<Pick<CaseDocument, 'ref' | 'grants'>[]>()
        .exec();
      return found.flatMap(({ ref, grants = [] }) =>
        grants
          .filter((grant) => grant.person === person && grant.until > now)
          .map(({ by, until, seq }) => ({ ref, by, until, seq })),
      );
    },
    openOf: (owner, limit) => whole({ owner, isOpen: true }, { sort: { nextNudgeAt: 1 }, limit }),
  } satisfies Partial<CaseStore>;
}
