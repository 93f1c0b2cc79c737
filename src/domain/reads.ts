import type { HeldGrant, Right } from './access';
import type { Actor } from './case';
import { typedReference } from './kinds';
import { safeCell } from './spreadsheet';

/** Where a case was shown, in words; or what became of the leave to read it, of which no one needs to have made use. */
export const WHERE_WORDS = {
  '/case': '/case',
  '/sp': '/sp',
  home: 'Home',
  search: 'a search',
  export: 'an export',
  timeline: 'its timeline',
  details: 'its details',
  record: 'the file of its record',
  access_log: 'this log',
  asked: 'asked for access',
  granted: 'was given access',
  refused: 'was refused access',
  withdrawn: 'lost access',
  ended: 'access ended',
} as const;
/** What becomes of the leave to read a case; all else is a look at it. */
export const ACCESS_CHANGES = ['asked', 'granted', 'refused', 'withdrawn', 'ended'] as const;
/** What an event does to someone's leave to read a case. Why is for those who read the case alone: it may hold what the case says. */
export interface AccessChange {
  readonly how: Exclude<(typeof ACCESS_CHANGES)[number], 'ended'>;
  readonly who: Actor;
  /** For how long they asked. */
  readonly hours?: number;
  /** When it ends by itself. */
  readonly until?: Date;
}
export const RIGHT_WORDS: Readonly<Record<NonNullable<Read['right']>, string>> = {
  filed: 'filed it',
  answers: 'answers for it',
  follows: 'follows it',
  owns: 'owns it',
  role: 'by role',
  grant: 'by granted access',
  admin: 'as an admin',
};

/** One look of someone at the text of a need-to-know case, or at this log itself, or a change of their leave to look (domain section 10). */
export interface Read {
  /** Slack user id. */
  readonly who: Actor;
  /** Null: it was the log of all cases. */
  readonly ref: string | null;
  /** Where it was shown. */
  readonly how: keyof typeof WHERE_WORDS;
  readonly at: Date;
  /** By which right; absent in what was kept before rights were. */
  readonly right?: Right | 'admin';
  /** Who gave leave, until when, and the event of the case that says so. */
  readonly grant?: Pick<HeldGrant, 'by' | 'until' | 'seq'>;
  /** Of a change of leave: who made it where it was someone else, for how many hours it was asked, and the event. */
  readonly by?: Actor;
  readonly hours?: number;
  readonly event?: number;
}

/** What the log says of an event that changes someone's leave; `ended`: of a grant, at the moment it ends by itself. */
export function changeRead(
  ref: string,
  { seq, at, actor }: { readonly seq: number; readonly at: Date; readonly actor: Actor },
  { how, who, hours, until }: AccessChange,
  ended: boolean,
): Read {
  const common = { who, ref, event: seq, ...(until && { grant: { by: actor, until, seq } }) };
  if (ended && until) return { ...common, how: 'ended', at: until };
  return { ...common, how, at, ...(actor !== who && { by: actor }), ...(hours !== undefined && { hours }) };
}

/** Reads by whom, of which case, and since when. */
export interface ReadFilter {
  readonly who?: Actor;
  readonly ref?: string;
  readonly since?: Date;
}

const DAY_MS = 24 * 60 * 60_000;
/** The spans of time that the log is asked for, in days. */
export const READ_SPANS = [1, 7, 30, 90] as const;

/** What the log of reads is asked for, by what stands in its filters; `fault`: what was typed is no case. */
export function readFilter(
  args: Readonly<Record<string, string>>,
  now: Date,
): { readonly filter: ReadFilter; readonly fault: boolean } {
  const typed = args.ref?.trim() ?? '';
  const ref = typed ? typedReference(typed) : null;
  const days = READ_SPANS.find((span) => String(span) === args.days);
  return {
    filter: {
      ...(args.who ? { who: args.who } : {}),
      ...(ref ? { ref } : {}),
      ...(days ? { since: new Date(+now - days * DAY_MS) } : {}),
    },
    fault: typed !== '' && ref === null,
  };
}

/** Reads as rows of a table. `name`: what someone is called. */
export const readTable = (reads: readonly Read[], name: (id: Actor) => string): readonly (readonly string[])[] => [
  [
    'When (UTC)',
    'Who',
    'User id',
    'Case',
    'Where, or what',
    'Right',
    'Access given by',
    'Access until (UTC)',
    'Event of the grant',
    'Changed by',
    'Hours asked for',
  ],
  ...reads.map(({ who, ref, how, at, right, grant, by, hours, event }) =>
    [
      at.toISOString(),
      name(who),
      who,
      ref ?? 'all cases',
      WHERE_WORDS[how],
      right ? RIGHT_WORDS[right] : '',
      grant ? name(grant.by) : '',
      grant?.until.toISOString() ?? '',
      String(grant?.seq ?? event ?? ''),
      by ? name(by) : '',
      String(hours ?? ''),
    ].map(safeCell),
  ),
];
