import type { Model, QueryFilter } from 'mongoose';
import { heldIn } from '../domain/access';
import { UNDER_REVIEW } from '../domain/queue';
import type { CaseStore, StoredCase } from '../services/ports/cases';
import { inBatches } from './batch';
import { type CaseDocument, RECORD, toStored } from './case-document';
import { askingBy, type By } from './case-filters';
import type { CasePlaces } from './case-places';

type Filter = QueryFilter<CaseDocument> | Readonly<Record<string, unknown>>;
/** How many cases are shown next to a form. */
const MOST_BESIDE = 10;
export const NEWEST_FIRST = { filedAt: -1, _id: -1 } as const;
export const NEXT_FIRST = { breaksAt: 1, _id: 1 } as const;

interface Listing {
  readonly sort?: Readonly<Record<string, 1 | -1>>;
  readonly skip?: number;
  readonly limit?: number;
}

/** Reads lists of cases: whole, or (`records`) without events and messages. Gives up after `maxTimeMS`. */
export function caseLists(model: Model<CaseDocument>, maxTimeMS = 0) {
  const list = async (filter: Filter, fields: object, listing: Listing) =>
    (
      await model
        .find(filter as QueryFilter<CaseDocument>, fields, { ...listing, maxTimeMS })
        .lean<CaseDocument[]>()
        .exec()
    ).map(toStored);
  return {
    whole: (filter: Filter, listing: Listing) => list(filter, {}, listing),
    records: (filter: Filter, listing: Listing = {}, fields: object = RECORD) => list(filter, fields, listing),
  };
}

/** Each form that opens asks for the open cases of its job: those that open at the same time share round trips. */
function openBySj(whole: ReturnType<typeof caseLists>['whole'], by: By): CaseStore['openBySj'] {
  const ask = (sjs: readonly string[], limit: number) =>
    by(({ keyed }) => whole({ ...keyed('open_sj', ...sjs), isOpen: true }, { sort: NEWEST_FIRST, limit }));
  return inBatches<string, readonly StoredCase[]>(async (asked) => {
    const sjs = [...new Set(asked)];
    const most = MOST_BESIDE * sjs.length;
    const found = await ask(sjs, most);
    // A job with very many may hide those of others.
    const isAll = sjs.length === 1 || found.length < most;
    if (!isAll) return Promise.all(asked.map((sj) => ask([sj], MOST_BESIDE)));
    return asked.map((sj) => found.filter((stored) => stored.sj === sj).slice(0, MOST_BESIDE));
  });
}

/** Cases by name, by the place of their card, and by what they are about. */
export function caseFinds(model: Model<CaseDocument>, places: CasePlaces) {
  const { whole, records } = caseLists(model);
  const by = askingBy(model);
  const one = async (filter: Filter) => {
    const found = await model
      .findOne(filter as QueryFilter<CaseDocument>)
      .lean<CaseDocument>()
      .exec();
    return found && toStored(found);
  };
  const byId = (id: string) => one({ _id: id });

  return {
    byId,
    byRef: (ref) => one({ ref }),
    async byPost(channel, ts) {
      const stored = await by(({ keyed }) => one(keyed('card', `${channel}:${ts}`)));
      if (stored) return stored;
      const id = await places.caseAt({ channel, ts });
      return id === null ? null : byId(id);
    },
    byNote: (channel, ts) => by(({ keyed }) => one({ ...keyed('note', ts), 'posts.sent.channel': channel })),
    shownInFull: (channel, limit) => by(({ keyed }) => whole(keyed('full', channel), { limit })),
    keptFrom: (channel, limit) => by(({ onDesk }) => whole(onDesk('kept', channel), { limit })),
    openBySj: openBySj(whole, by),
    openBySp: (account, codes, since) =>
      by(({ keyed }) =>
        whole(
          { ...keyed('open_sp', account), filedAt: { $gte: since }, codes: { $in: [...codes] }, isOpen: true },
          { sort: NEWEST_FIRST, limit: MOST_BESIDE },
        ),
      ),
    promisedCallbacks: (kind, from, limit) =>
      by(async ({ onDesk }) => {
        const callback = { $elemMatch: { name: 'callback', dueAt: { $gte: from } } };
        const found = await model
          .find({ ...onDesk('kind', kind), clocks: callback }, { clocks: 1 }, { limit })
          .lean<Pick<CaseDocument, 'clocks'>[]>()
          .exec();
        return found
          .flatMap(({ clocks }) => clocks.filter(({ name, dueAt }) => name === 'callback' && dueAt >= from))
          .map(({ dueAt }) => dueAt);
      }),
    bySj: (sj, limit) => by(({ keyed }) => records(keyed('sj', sj), { sort: NEWEST_FIRST, limit })),
    bySp: (account, limit) => by(({ keyed }) => records(keyed('sp', account), { sort: NEWEST_FIRST, limit })),
    scoresOf: (account, since) =>
      by(async ({ keyed }) => {
        const open = { ...keyed('open_sp', account), isOpen: true };
        const found = await records({ $or: [{ ...keyed('sp', account), filedAt: { $gte: since } }, open] });
        return found.sort((a, b) => +b.filedAt - +a.filedAt || (a.id < b.id ? 1 : -1));
      }),
    grantedTo: (person, now) =>
      by(async ({ keyed }) => {
        const found = await model
          .find({ ...keyed('grant', person), 'grants.until': { $gt: now } }, { ref: 1, grants: 1 })
          .lean<Pick<CaseDocument, 'ref' | 'grants'>[]>()
          .exec();
        return heldIn(found, person, now);
      }),
    openOf: (owner, limit) =>
      by(({ onDesk }) =>
        whole({ ...onDesk('owner', owner), state: { $nin: [...UNDER_REVIEW] } }, { sort: NEXT_FIRST, limit }),
      ),
  } satisfies Partial<CaseStore>;
}
