import type { Model } from 'mongoose';
import { queueOf } from '../domain/lane-queue';
import { isReady } from '../domain/mailbox';
import type { CaseStore, LateDelivery } from '../services/ports/cases';
import type { CaseDocument } from './case-document';
import { filtersOf } from './case-filters';
import { caseLists, NEXT_FIRST } from './case-lists';

const EARLIEST = new Date(0);
const DATE = { $type: 'date' } as const;

/** The queries of the tick and the auditor over all open cases, in pages. */
export function caseWalks(model: Model<CaseDocument>) {
  const { records } = caseLists(model);
  const page = (only: object, afterId: string | null, limit: number) =>
    records({ isOpen: true, ...only, _id: { $gt: afterId ?? '' } }, { sort: { _id: 1 }, limit });
  const ofOpen = async (field: string): Promise<string[]> => {
    const { onDesk } = await filtersOf(model);
    const found: unknown[] = await model.distinct(field, onDesk('all', 'open')).exec();
    return found.filter((value) => typeof value === 'string');
  };

  return {
    async due(now, limit, beyond) {
      const past = beyond && {
        $or: [{ nextNudgeAt: { $gt: beyond.at } }, { nextNudgeAt: beyond.at, _id: { $gt: beyond.id } }],
      };
      const found = await model
        .find(
          // A closed case has a rung only for a follow-up.
          {
            ...(await filtersOf(model)).ticking(),
            nextNudgeAt: { ...DATE, $gte: beyond?.at ?? EARLIEST, $lte: now },
            ...past,
          },
          { ref: 1, nextNudgeAt: 1 },
        )
        .sort({ nextNudgeAt: 1, _id: 1 })
        .limit(limit)
        .lean()
        .exec();
      return found.map(({ _id, ref, nextNudgeAt }) => ({ id: _id, ref, at: nextNudgeAt ?? now }));
    },
    openPage: (afterId, limit) => page({}, afterId, limit),
    async stalled(afterId, limit) {
      return page({ ...(await filtersOf(model)).ticking(), isOpen: true, nextNudgeAt: null }, afterId, limit);
    },
    changedAfter(moment, limit, beyond) {
      const past = beyond && {
        $or: [{ changedAt: { $lt: beyond.changedAt } }, { changedAt: beyond.changedAt, _id: { $lt: beyond.id } }],
      };
      return records(
        { hasDead: { $in: [true, false] }, changedAt: { $gt: moment }, ...past },
        { sort: { changedAt: -1, _id: -1 }, limit },
      );
    },
    openOwners: () => ofOpen('owner'),
    openChannels: () => ofOpen('posts.sent.channel'),
    async ownerless(limit) {
      return records((await filtersOf(model)).onDesk('ownerless', 'yes'), { sort: NEXT_FIRST, limit });
    },
  } satisfies Partial<CaseStore>;
}

/** Messages not delivered yet: late ones, and how many there are. */
export function owedByCases(model: Model<CaseDocument>): Pick<CaseStore, 'undelivered' | 'backlog'> {
  return {
    async undelivered(moment, limit) {
      const found = await model
        .find(
          { ...(await filtersOf(model)).owing(), outboxAt: { $lt: moment, ...DATE } },
          { ref: 1, posts: 1, outbox: 1 },
        )
        .sort({ outboxAt: 1 })
        .limit(limit)
        .lean()
        .exec();
      return found
        .flatMap(({ ref, posts, outbox }) =>
          outbox
            .filter((delivery) => isReady(posts, delivery) && delivery.at < moment)
            .map((delivery): LateDelivery => ({ ref, lane: delivery.lane, queue: queueOf(delivery), at: delivery.at })),
        )
        .sort((a, b) => +a.at - +b.at);
    },
    async backlog() {
      const waiting = { ...(await filtersOf(model)).owing(), outboxAt: DATE };
      const [counted, oldest, casesWithDead] = await Promise.all([
        model
          .aggregate<{ deliveries: number }>([
            { $match: waiting },
            { $unwind: '$outbox' },
            { $match: { 'outbox.dead': null } },
            { $count: 'deliveries' },
          ])
          .exec(),
        model.findOne(waiting, { outboxAt: 1 }).sort({ outboxAt: 1 }).lean().exec(),
        model.countDocuments({ hasDead: true }).exec(),
      ]);
      return { deliveries: counted[0]?.deliveries ?? 0, oldest: oldest?.outboxAt ?? null, casesWithDead };
    },
  };
}
