import type { HeldGrant, Right } from './access';
import type { Actor } from './actor';
import { typedReference } from './kinds';
import { safeCell } from './spreadsheet';

/** Where a case was shown, in words; or what happened to an access grant, whether or not it was used. */
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
/** Changes of access to a case; everything else is a read. */
export const ACCESS_CHANGES = ['asked', 'granted', 'refused', 'withdrawn', 'ended'] as const;
/** How an event changes someone's access to a case. Without the reason, which may reveal the case's text. */
export interface AccessChange {
  readonly how: Exclude<(typeof ACCESS_CHANGES)[number], 'ended'>;
  readonly who: Actor;
  /** How long they asked for. */
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

/** Someone read the text of a need-to-know case, or this log, or their access changed (domain section 10). */
export interface Read {
  /** Slack user id. */
  readonly who: Actor;
  /** Null: the log of all cases. */
  readonly ref: string | null;
  /** Where it was shown. */
  readonly how: keyof typeof WHERE_WORDS;
  readonly at: Date;
  /** By which right; absent in older data. */
  readonly right?: Right | 'admin';
  /** The grant: who gave it, until when, and the case's event. */
  readonly grant?: Pick<HeldGrant, 'by' | 'until' | 'seq'>;
  /** For a change of access: who made it if someone else, for how many hours it was requested, and the event. */
  readonly by?: Actor;
  readonly hours?: number;
  readonly event?: number;
}

/** The log entry for an event that changes someone's access; `ended`: for a grant, when it ends by itself. */
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

/** Whose reads, of which case, and since when. */
export interface ReadFilter {
  readonly who?: Actor;
  readonly ref?: string;
  readonly since?: Date;
}

const DAY_MS = 24 * 60 * 60_000;
/** The time spans offered for the log, in days. */
export const READ_SPANS = [1, 7, 30, 90] as const;

/** The filter for the log from its fields; `fault`: what was typed is not a case. */
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

/** Reads as rows of a table. `name`: a person's name. */
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
