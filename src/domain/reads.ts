import type { HeldGrant, Right } from './access';
import type { Actor } from './case';
import { parseReference } from './kinds';
import { safeCell } from './spreadsheet';

/** Where a case was shown, in words. */
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
} as const;
export const RIGHT_WORDS: Readonly<Record<NonNullable<Read['right']>, string>> = {
  filed: 'filed it',
  answers: 'answers for it',
  follows: 'follows it',
  owns: 'owns it',
  role: 'by role',
  grant: 'by granted access',
  admin: 'as an admin',
};

/** One look of someone at the text of a need-to-know case, or at this log itself (domain section 10). */
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
  const ref = typed ? parseReference(typed) : null;
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
    'Where',
    'Right',
    'Access given by',
    'Access until (UTC)',
    'Event of the grant',
  ],
  ...reads.map(({ who, ref, how, at, right, grant }) =>
    [
      at.toISOString(),
      name(who),
      who,
      ref ?? 'all cases',
      WHERE_WORDS[how],
      right ? RIGHT_WORDS[right] : '',
      grant ? name(grant.by) : '',
      grant?.until.toISOString() ?? '',
      grant ? String(grant.seq) : '',
    ].map(safeCell),
  ),
];
