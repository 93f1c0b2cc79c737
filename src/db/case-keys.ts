import { isRestricted, RESTRICTED_KINDS } from '../domain/access';
import { waitsOf } from '../domain/asks';
import { type CaseFacts, isOpen, nextNudgeAt } from '../domain/case';
import { cardChannel, EXPOSURES, isExposure } from '../domain/exposure';
import { type Queue, storedQueue } from '../domain/lane-queue';
import type { Owed } from '../domain/mailbox';

/** The facts that keys are made of. */
type Keyed = Owed &
  Pick<CaseFacts, 'state' | 'sj' | 'sp' | 'reporter' | 'area' | 'owner' | 'kind' | 'tone' | 'unrouted' | 'clocks'> &
  Pick<CaseFacts, 'approval' | 'sanction' | 'legalHold'> &
  Partial<Pick<CaseFacts, 'followers' | 'notes' | 'resolution' | 'grants'>>;
type Values = readonly (string | null | undefined)[];
type Filter = Readonly<Record<string, unknown>>;

/** A kind of key: its values for a case, and the query for cases that have no keys yet (`case-filters.ts`). */
interface Key {
  readonly of: (one: Keyed) => Values;
  readonly was: (values: readonly string[]) => Filter;
}

const one = (values: readonly string[]) => (values.length === 1 ? values[0] : { $in: [...values] });
const by =
  (field: string, more: Filter = {}) =>
  (values: readonly string[]): Filter => ({ [field]: one(values), ...more });
const whileOpen = (facts: Keyed, ...values: Values): Values => (isOpen(facts) ? values : []);
/** One value is queried at a time. */
const first = (values: readonly string[]) => values[0] ?? '';

/** The keys of any case, newest first, in one index. */
const KEYS = {
  sj: { of: ({ sj }) => [sj], was: by('sj') },
  sp: { of: ({ sp }) => [sp.account], was: by('sp.account') },
  reporter: { of: ({ reporter }) => [reporter], was: by('reporter') },
  area: { of: ({ area }) => [area], was: by('area') },
  no_area: { of: ({ area }) => [area ? null : 'yes'], was: () => ({ area: null }) },
  owner: { of: ({ owner }) => [owner], was: by('owner') },
  kind: { of: ({ kind }) => [kind], was: by('kind') },
  state: { of: ({ state }) => [state], was: by('state') },
  outcome: { of: ({ resolution }) => [resolution?.outcome], was: by('resolution.outcome') },
  follower: { of: ({ followers = [] }) => followers, was: by('followers') },
  // Of an SP or an SJ, only open cases.
  open_sj: { of: (facts) => whileOpen(facts, facts.sj), was: by('sj') },
  open_sp: { of: (facts) => whileOpen(facts, facts.sp.account), was: by('sp.account') },
  praise: { of: ({ tone, area }) => [tone === 'positive' ? area : null], was: by('area') },
  // Access grants: few cases have any.
  grant: { of: ({ grants = [] }) => grants.map(({ person }) => person), was: by('grants.person') },
  // Whose agreement it waits for: no earlier release kept that.
  waits: {
    of: (facts) => waitsOf(facts).flatMap(({ from = [] }) => from),
    was: (values) => ({ keys: one(values.map((value) => keyOf('waits', value))) }),
  },
  // Where its card is, and the channels that show a need-to-know one in full.
  card: {
    of: ({ posts }) => posts.map(({ sent }) => sent && `${sent.channel}:${sent.ts}`),
    was(values) {
      const [channel, ts] = first(values).split(':');
      return { posts: { $elemMatch: { 'sent.ts': ts, 'sent.channel': channel } } };
    },
  },
  full: {
    of: ({ kind, posts }) =>
      posts.map((post) => (isRestricted(kind) && post.show === 'full' ? cardChannel(post) : null)),
    was: (values) => ({
      posts: {
        $elemMatch: {
          show: 'full',
          $or: [{ 'sent.channel': first(values) }, { sent: null, channel: first(values) }],
        },
      },
      kind: { $in: [...RESTRICTED_KINDS] },
    }),
  },
  // Notes that mirror a reply: others have the number of their event.
  note: {
    of: ({ notes = [] }) => notes.map(({ id }) => (id.includes('.') ? id : null)),
    was: by('notes.id'),
  },
} satisfies Readonly<Record<string, Key>>;

/** The keys of an open case, earliest due first, in one index without closed cases. */
const DESKS = {
  all: { of: () => ['open'], was: () => ({}) },
  owner: { of: ({ owner }) => [owner], was: by('owner') },
  area: { of: ({ area }) => [area], was: by('area') },
  kind: { of: ({ kind }) => [kind], was: by('kind') },
  reporter: { of: ({ reporter }) => [reporter], was: by('reporter') },
  /** What its reporter has to answer, and what its owner has promised. */
  asks: { of: ({ state, reporter }) => [state === 'returned' ? reporter : null], was: by('reporter') },
  promise: {
    of: ({ state, owner }) => [state === 'acknowledged' || state === 'in_progress' ? owner : null],
    was: by('owner'),
  },
  /** What no area has taken, what is routed but has no owner, and what has no rung left. */
  unrouted: {
    of: ({ unrouted }) => [unrouted ? 'yes' : null],
    was: () => ({ unrouted: { $type: 'string' } }),
  },
  ownerless: {
    of: ({ owner, unrouted }) => [owner || unrouted ? null : 'yes'],
    was: () => ({ owner: null, unrouted: null }),
  },
  /** The channel that a need-to-know card is kept out of, because others read it or did. */
  kept: {
    of: ({ kind, posts }) =>
      posts.map(({ show, redirected }) =>
        isRestricted(kind) && show === 'redacted' && isExposure(redirected?.fault) ? redirected?.from : null,
      ),
    was: (values) => ({
      kind: { $in: [...RESTRICTED_KINDS] },
      posts: {
        $elemMatch: {
          show: 'redacted',
          'redirected.from': first(values),
          'redirected.fault': { $in: [...EXPOSURES] },
        },
      },
    }),
  },
} satisfies Readonly<Record<string, Key>>;

export type KeyName = keyof typeof KEYS;
export type DeskName = keyof typeof DESKS;
/** A kind of key, and its values. */
export type NamedKey = readonly [KeyName, ...string[]];

const keyOf = (name: string, value: string) => `${name}:${value}`;
const made = (keys: Readonly<Record<string, Key>>, facts: Keyed): string[] => [
  ...new Set(
    Object.entries(keys).flatMap(([name, { of }]) => of(facts).flatMap((value) => (value ? keyOf(name, value) : []))),
  ),
];

/** The fields for finding a case that follow from its facts. */
export function keyFields(facts: Keyed) {
  const open = isOpen(facts);
  const { resolution, area, reporter } = facts;
  return {
    keys: made(KEYS, facts),
    desks: open ? made(DESKS, facts) : [],
    ended:
      resolution && !open ? [area ? keyOf('area', area) : keyOf('no_area', 'yes'), keyOf('reporter', reporter)] : [],
    ticks: open || nextNudgeAt(facts) !== null,
  };
}

/** Filters over these keys. `lacking`: some cases have none yet, so all are queried by the underlying fields. */
export const filtersBy = (lacking: boolean) => ({
  keyed: (name: KeyName, ...values: readonly string[]): Filter =>
    lacking ? KEYS[name].was(values) : { keys: one(values.map((value) => keyOf(name, value))) },
  /** Cases with any of these keys; every case while some are lacking. */
  keyedAny: (any: readonly NamedKey[]): Filter =>
    lacking ? {} : { keys: one(any.flatMap(([name, ...values]) => values.map((value) => keyOf(name, value)))) },
  onDesk: (name: DeskName, ...values: readonly string[]): Filter => ({
    isOpen: true,
    ...(lacking ? DESKS[name].was(values) : { desks: one(values.map((value) => keyOf(name, value))) }),
  }),
  ended: (name: 'area' | 'no_area' | 'reporter', ...values: readonly string[]): Filter =>
    lacking ? KEYS[name].was(values) : { isOpen: false, ended: one(values.map((value) => keyOf(name, value))) },
  ticking: (): Filter => (lacking ? { isOpen: { $in: [true, false] } } : { ticks: true }),
  owing: (): Filter => (lacking ? {} : { outboxLanes: ANY_QUEUE }),
});
export type Filters = ReturnType<typeof filtersBy>;

/** Stands for all of a case's queues, so that one index finds whatever waits anywhere. No address is equal to it. */
export const ANY_QUEUE: Queue = storedQueue('*');
