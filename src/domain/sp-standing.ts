import type { Actor } from './case';
import type { ServiceProvider } from './directory';
import type { Piece } from './pieces';
import type { SpHold } from './sp-hold';
import { safeCell } from './spreadsheet';
import { capital } from './wording';

/** The standings of an SP, the mildest first: the most severe that applies counts (domain section 12). */
export const STANDINGS = ['active', 'on_notice', 'inactive', 'suspended', 'removed'] as const;
export type Standing = (typeof STANDINGS)[number];
/** What a case can set. */
export type SetStanding = Exclude<Standing, 'active' | 'inactive'>;

export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  active: 'active',
  on_notice: 'on notice',
  inactive: 'inactive',
  suspended: 'suspended',
  removed: 'removed from the network',
};

/** What a case has done about its SP, as far as it is in force. `until` null: until it is lifted. */
export interface Sanction {
  readonly standing: { readonly is: SetStanding; readonly since: Date; readonly until: Date | null } | null;
  /** Whom the SP must not send: a driver or employee, as they were named. */
  readonly banned: { readonly who: string; readonly since: Date } | null;
  /** Someone asks to end it: a second person has to agree. */
  readonly lifting: ({ readonly what: Liftable } & LiftingAsked) | null;
}
/** Someone asks for the end of what takes two people: why, and who was told that they may agree. */
export interface LiftingAsked {
  readonly by: Actor;
  readonly at: Date;
  readonly reason: string;
  readonly from?: readonly Actor[];
}
/** What of it can be ended early. */
export const LIFTABLE = ['standing', 'ban', 'both'] as const;
export type Liftable = (typeof LIFTABLE)[number];

/** Whether it still does anything. A standing whose time is over does until that is on record. */
export const isInForce = (sanction: Sanction | null | undefined): sanction is Sanction =>
  Boolean(sanction?.standing || sanction?.banned);

/** What a case says of its SP, as of its event with this number. */
export interface Said extends Pick<Sanction, 'standing' | 'banned'> {
  readonly ref: string;
  readonly seq: number;
}
/** A standing that is over. */
export interface PastStanding {
  readonly is: SetStanding;
  readonly since: Date;
  readonly until: Date | null;
  readonly ended: Date;
  readonly ref: string;
}
/** What the directory keeps of an SP beside what it imports: the word of each case, and what was. */
export interface SpStanding {
  readonly account: string;
  readonly said: readonly Said[];
  /** Newest first. */
  readonly past: readonly PastStanding[];
}

const MOST_PAST = 20;

/**
 * The same with the word of a case, as of now: it takes the place of what that case said before. Null where nothing is
 * new, so that a word that comes twice, or late, changes nothing.
 */
export function heard(sp: SpStanding | null, account: string, said: Said, at: Date): SpStanding | null {
  const before = sp?.said.find(({ ref }) => ref === said.ref) ?? null;
  if (before ? before.seq >= said.seq : !isInForce({ ...said, lifting: null })) return null;
  const { standing } = before ?? {};
  const isOver = standing && (standing.is !== said.standing?.is || +standing.since !== +said.standing.since);
  const past = isOver ? [{ ...standing, ended: at, ref: said.ref }] : [];
  return {
    account,
    // What a case took back stays with its number, so that an older word of it is known for one.
    said: [...(sp?.said.filter(({ ref }) => ref !== said.ref) ?? []), said],
    past: [...past, ...(sp?.past ?? [])].slice(0, MOST_PAST),
  };
}

/** The moment at which the first of its standings ends by itself; null where none does. */
export function lapsesAt({ said }: Pick<SpStanding, 'said'>): Date | null {
  const moments = said.flatMap(({ standing }) => (standing?.until ? [+standing.until] : []));
  return moments.length ? new Date(Math.min(...moments)) : null;
}

/** The cases whose standing is over by `now`, and not yet on record as that. */
export const lapsed = ({ said }: Pick<SpStanding, 'said'>, now: Date): readonly string[] =>
  said.flatMap(({ ref, standing }) => (standing?.until && standing.until <= now ? [ref] : []));

/** What is seen of an SP before anything else. */
export interface SeenStanding {
  readonly is: Standing;
  /** Until when, and after which case; both null for what the directory itself says. */
  readonly until: Date | null;
  readonly ref: string | null;
  readonly since: Date | null;
  readonly banned: readonly { readonly who: string; readonly since: Date; readonly ref: string }[];
}

/**
 * How an SP stands at `now`: the gravest of what the directory and each case say; of two that are as grave, the one that
 * lasts longer. A standing whose time is over does not count anymore, whether or not a job has seen to it.
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

/** Whether nothing has to be said of it. */
export const isPlain = ({ is, banned }: SeenStanding): boolean => is === 'active' && banned.length === 0;

/** A day as it is read in a sentence about a standing. */
const DAY = '{date_short}';

/** An SP's standing, in words: "Suspended until Dec 3, 2026 after HRR-000123: do not dispatch". Null: there is nothing to say. */
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

/**
 * What cases have set and what stands of it at `now`, a row for each case, as rows of a table; then the legal holds, a
 * row for each SP.
 */
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
