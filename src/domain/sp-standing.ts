import type { Actor } from './actor';
import { type ServiceProvider, STANDINGS, type Standing } from './directory';
import type { Piece } from './pieces';
import type { SpHold } from './sp-hold';
import { safeCell } from './spreadsheet';
import { capital } from './wording';

/** What a case can set. */
export type SetStanding = Exclude<Standing, 'active' | 'inactive'>;

export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  active: 'active',
  on_notice: 'on notice',
  inactive: 'inactive',
  suspended: 'suspended',
  removed: 'removed from the network',
};

/** What a case set for its SP and is in force. `until` null: until it is lifted. */
export interface Sanction {
  readonly standing: { readonly is: SetStanding; readonly since: Date; readonly until: Date | null } | null;
  /** A driver or employee whom the SP must not send, as named in the case. */
  readonly banned: { readonly who: string; readonly since: Date } | null;
  /** Someone asks to end it; a second person has to agree. */
  readonly lifting: ({ readonly what: Liftable } & LiftingAsked) | null;
}
/** A request to end what takes two people: why, and who was told that they may agree. */
export interface LiftingAsked {
  readonly by: Actor;
  readonly at: Date;
  readonly reason: string;
  readonly from?: readonly Actor[];
}
/** What can be ended early. */
export const LIFTABLE = ['standing', 'ban', 'both'] as const;
export type Liftable = (typeof LIFTABLE)[number];

/** Whether it still applies. A standing past its end date does until that is recorded. */
export const isInForce = (sanction: Sanction | null | undefined): sanction is Sanction =>
  Boolean(sanction?.standing || sanction?.banned);

/** What a case sets for its SP, as of the event with this number. */
export interface Said extends Pick<Sanction, 'standing' | 'banned'> {
  readonly ref: string;
  readonly seq: number;
}
/** A standing that ended. */
export interface PastStanding {
  readonly is: SetStanding;
  readonly since: Date;
  readonly until: Date | null;
  readonly ended: Date;
  readonly ref: string;
}
/** What the directory stores about an SP besides imports: what each case sets, and earlier standings. */
export interface SpStanding {
  readonly account: string;
  readonly said: readonly Said[];
  /** Newest first. */
  readonly past: readonly PastStanding[];
}

const MOST_PAST = 20;

/** Adds what a case sets now, replacing earlier. Null if nothing is new, as for repeated or late deliveries. */
export function heard(sp: SpStanding | null, account: string, said: Said, at: Date): SpStanding | null {
  const before = sp?.said.find(({ ref }) => ref === said.ref) ?? null;
  if (before ? before.seq >= said.seq : !isInForce({ ...said, lifting: null })) return null;
  const { standing } = before ?? {};
  const isOver = standing && (standing.is !== said.standing?.is || +standing.since !== +said.standing.since);
  const past = isOver ? [{ ...standing, ended: at, ref: said.ref }] : [];
  return {
    account,
    // What a case took back stays with its number, so that an older delivery is recognized.
    said: [...(sp?.said.filter(({ ref }) => ref !== said.ref) ?? []), said],
    past: [...past, ...(sp?.past ?? [])].slice(0, MOST_PAST),
  };
}

/** When the first of its standings ends by itself; null if none does. */
export function lapsesAt({ said }: Pick<SpStanding, 'said'>): Date | null {
  const moments = said.flatMap(({ standing }) => (standing?.until ? [+standing.until] : []));
  return moments.length ? new Date(Math.min(...moments)) : null;
}

/** The cases whose standing has ended by `now`, without that being recorded yet. */
export const lapsed = ({ said }: Pick<SpStanding, 'said'>, now: Date): readonly string[] =>
  said.flatMap(({ ref, standing }) => (standing?.until && standing.until <= now ? [ref] : []));

/** The standing that is shown before anything else. */
export interface SeenStanding {
  readonly is: Standing;
  /** Until when, and after which case; both null for the directory's own status. */
  readonly until: Date | null;
  readonly ref: string | null;
  readonly since: Date | null;
  readonly banned: readonly { readonly who: string; readonly since: Date; readonly ref: string }[];
}

/**
 * An SP's standing at `now`: the most severe of the directory's and each case's; of two equal ones, the one that lasts
 * longer. A standing past its end date does not count, whether or not a job has recorded that.
 */
export function seenStanding(
  provider: Pick<ServiceProvider, 'status'> | null,
  sp: SpStanding | null,
  now: Date,
): SeenStanding {
  const own = { is: provider?.status ?? 'active', until: null, ref: null, since: null };
  const set = (sp?.said ?? []).flatMap(({ ref, standing }) =>
    standing && (standing.until === null || standing.until > now) ? [{ ...standing, ref }] : [],
  );
  const grave = ({ is }: { readonly is: Standing }) => STANDINGS.indexOf(is);
  const lasts = ({ until }: { readonly until: Date | null }) => (until ? +until : Number.POSITIVE_INFINITY);
  const [first = own] = [...set, own].sort((a, b) => grave(b) - grave(a) || lasts(b) - lasts(a));
  const banned = (sp?.said ?? []).flatMap((one) => (one.banned ? [{ ...one.banned, ref: one.ref }] : []));
  return { ...first, banned: [...banned].sort((a, b) => +b.since - +a.since) };
}

/** Whether there is nothing to show. */
export const isPlain = ({ is, banned }: SeenStanding): boolean => is === 'active' && banned.length === 0;

/** A date in a sentence about a standing. */
const DAY = '{date_short}';

/** An SP's standing: "Suspended until Dec 3, 2026 after HRR-000123: do not dispatch"; null for nothing to show. */
export function standingPieces({ is, until, ref }: SeenStanding): readonly Piece[] | null {
  if (is === 'active') return null;
  const words = STANDING_WORDS[is];
  return [
    capital(words),
    ...(until ? [' until ', { date: until, format: DAY }] : []),
    ...(ref ? [` after ${ref}`] : []),
    ...(is === 'suspended' || is === 'removed' ? [': do not dispatch'] : []),
  ];
}

/** Someone whom the SP must not send: "Do not send Sam Ortiz, badge 4471 (since Nov 2, 2026, HRR-000123)". */
export const banPieces = ({ who, since, ref }: SeenStanding['banned'][number]): readonly Piece[] => [
  'Do not send ',
  { bold: who },
  ' (since ',
  { date: since, format: DAY },
  `, ${ref})`,
];

/** What cases have set and what is in force at `now`, one row per case; then the legal holds, one row per SP. */
export const standingTable = (
  all: readonly SpStanding[],
  holds: readonly SpHold[],
  now: Date,
): readonly (readonly string[])[] => [
  [
    'SP account',
    'After',
    'Standing',
    'Since (UTC)',
    'Until (UTC)',
    'Do not send',
    'Banned since (UTC)',
    'Legal hold since (UTC)',
    'Legal hold placed by',
    'Legal hold: why',
  ],
  ...all.flatMap(({ account, said }) =>
    said.flatMap(({ ref, standing, banned }) => {
      const stands = standing && (standing.until === null || standing.until > now) ? standing : null;
      if (!stands && !banned) return [];
      return [
        [
          account,
          ref,
          stands ? STANDING_WORDS[stands.is] : '',
          stands?.since.toISOString() ?? '',
          stands?.until?.toISOString() ?? '',
          banned?.who ?? '',
          banned?.since.toISOString() ?? '',
          '',
          '',
          '',
        ].map(safeCell),
      ];
    }),
  ),
  ...holds.map(({ account, at, by, reason }) => [account, '', '', '', '', '', '', at, by, reason].map(safeCell)),
];
