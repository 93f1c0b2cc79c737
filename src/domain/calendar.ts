import { IANAZone } from 'luxon';
import type { Actor } from './actor';
import { type Cover, coverFault } from './cover';
import { instantOf, momentOf } from './local-time';

/** A calendar whose absences become covers (domain section 7). One per person. */
export interface Calendar {
  readonly person: Actor;
  /** Who is asked to cover. */
  readonly deputy: Actor;
  /** A secret: anyone who has it can read the whole calendar. Never logged; people see only its host. */
  readonly url: string;
  /** An absence has one of these words in its title. */
  readonly words: readonly string[];
  /** Who entered it: the person, or an admin for them. */
  readonly by: Actor;
  readonly addedAt: Date;
  /** When it is read next; if it was removed, when it is deleted. */
  readonly nextAt: Date;
  /** When it was last read; that result counts until the next successful read. */
  readonly readAt: Date | null;
  /** Since when it cannot be read, and why; null while it can. */
  readonly failing: { readonly since: Date; readonly why: CalendarFault } | null;
  /** How many absences are ahead, and which could not become covers. */
  readonly absences: number;
  readonly uncovered: readonly Uncovered[];
  /** Removed since then; until it is deleted, this can be undone. */
  readonly removedAt: Date | null;
}
export interface Uncovered extends Span {
  readonly why: string;
}
interface Span {
  readonly from: Date;
  readonly until: Date;
}

export const CALENDAR_FAULTS = {
  insecure: 'Its address is not https.',
  private: 'Its address is on a private network, and this Warmline reads only public ones.',
  unknown_host: 'There is no server of this name.',
  no_answer: 'Its server does not answer.',
  timeout: 'Its server took longer than 10 seconds.',
  redirects: 'Its address keeps redirecting.',
  login: 'Its server asks for a login: give the secret or published address, which needs none.',
  gone: 'There is nothing at its address anymore.',
  refused: 'Its server answers with an error.',
  too_large: 'It is larger than 10 MB.',
  not_a_calendar: 'There is no calendar at its address.',
  too_busy: 'It could not be processed: an entry repeats too often.',
  deputy: 'The deputy can no longer take part.',
  person: 'This person no longer answers for an area, so they need no cover.',
} as const;
export type CalendarFault = keyof typeof CALENDAR_FAULTS;

/** The words used if no one chose others. */
export const DEFAULT_WORDS: readonly string[] = ['out of office', 'vacation', 'OOO', 'PTO', 'holiday'];
const [MOST_WORDS, LONGEST_WORD] = [20, 40];

/** Words as typed, separated by commas, or one sentence about what is wrong with them. None typed: the defaults. */
export function readWords(typed: string): { readonly words: readonly string[] } | { readonly fault: string } {
  const words = [...new Set(typed.split(/[,\n]/).map((word) => word.trim().replace(/\s+/g, ' ')))].filter(Boolean);
  if (words.length > MOST_WORDS) return { fault: `Name ${MOST_WORDS} words at most.` };
  if (words.some((word) => word.length > LONGEST_WORD))
    return { fault: `Use words of ${LONGEST_WORD} characters at most, with commas between them.` };
  return { words: words.length ? words : DEFAULT_WORDS };
}

const LONGEST_ADDRESS = 1000;
/** An address as typed; calendar programs also write webcal for https. Null if it is not one. */
export function readAddress(typed: string): string | null {
  const text = typed.trim().replace(/^webcals?:\/\//i, 'https://');
  if (text.length > LONGEST_ADDRESS || !/^https?:\/\//i.test(text) || !URL.canParse(text)) return null;
  const { username, password } = new URL(text);
  return username || password ? null : text;
}

/** An address as people may see it: its host, and nothing that opens it. */
export const maskedAddress = (url: string): string => `${new URL(url).host}/…`;

/** A time in a calendar: what the wall clock shows (read as if it were UTC, ms), and the clock's zone. */
export interface WallMoment {
  readonly wall: number;
  /** The calendar's name for it; null: wherever the person is. */
  readonly zone: string | null;
  /** The instant by the calendar's own definition of the zone, ms; null if it has none. */
  readonly utc: number | null;
}
/** One absence of a calendar; one entry per repetition. */
export interface Entry {
  readonly from: WallMoment;
  readonly until: WallMoment;
  readonly allDay: boolean;
}

const HOUR = 60 * 60_000;
/** Shorter absences need no cover: reminders wait longer than that. */
const SHORTEST_MS = 2 * HOUR;
/** How far ahead a deputy is asked. */
export const AHEAD_MS = 60 * 24 * HOUR;

/** The calendar's absences that are not over and begin soon enough, adjoining ones merged. `zone`: the person's. */
export function absencesOf(entries: readonly Entry[], zone: string, now: Date): Span[] {
  const spans = entries
    .map(({ from, until, allDay }) => ({ from: instant(from, zone, allDay), until: instant(until, zone, allDay) }))
    .filter(({ from, until }) => from < until)
    .sort((a, b) => +a.from - +b.from);
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (!last || span.from > last.until) merged.push(span);
    else if (span.until > last.until) merged[merged.length - 1] = { from: last.from, until: span.until };
  }
  return merged.filter(({ from, until }) => +until - +from >= SHORTEST_MS && until > now && +from <= +now + AHEAD_MS);
}

/** Whole days count in the person's zone. The tz database is more reliable than a calendar's own zones. */
function instant({ wall, zone, utc }: WallMoment, own: string, allDay: boolean): Date {
  if (allDay) return momentOf(own, Math.floor(wall / (24 * HOUR)));
  if (zone !== null && IANAZone.isValidZone(zone)) return new Date(instantOf(IANAZone.create(zone), wall));
  return new Date(zone !== null && utc !== null ? utc : instantOf(IANAZone.create(own), wall));
}

/** The changes that make a person's covers match their calendar. */
export interface CoverPlan {
  readonly ask: readonly Cover[];
  /** Agreed for longer than the absence is now: the deputy need not agree again. */
  readonly shorten: readonly { readonly cover: Cover; readonly to: Span }[];
  /** The absence is no longer in the calendar. */
  readonly drop: readonly Cover[];
  readonly uncovered: readonly Uncovered[];
}

/** Withdrawn and declined covers stay so; equal ones do not change. `covers`: all that are not over. */
export function planCovers(
  { person, deputy }: Pick<Calendar, 'person' | 'deputy'>,
  absences: readonly Span[],
  covers: readonly Cover[],
  now: Date,
): CoverPlan {
  const own = covers.filter(({ calendar, state }) => calendar === person && state !== 'gone');
  const theirs = own.filter((cover) => cover.deputy === deputy);
  const spare = new Set(own.filter(({ state }) => state === 'asked' || state === 'accepted'));
  const shorten: { cover: Cover; to: Span }[] = [];
  const fresh: Span[] = [];
  for (const absence of absences) {
    const { kept, rest: span } = agreedOf(absence, theirs, now);
    for (const cover of kept) spare.delete(cover);
    const same = theirs.find(({ from, until }) => +from === +span.from && +until === +span.until);
    if (same) spare.delete(same);
    else fresh.push(span);
  }
  const ask: Cover[] = [];
  const uncovered: Uncovered[] = [];
  for (const span of fresh) {
    const longer = theirs.find((cover) => spare.has(cover) && isWithin(span, cover));
    if (longer) {
      spare.delete(longer);
      shorten.push({ cover: longer, to: span });
      continue;
    }
    const id = freeId(`calendar:${person}:${+span.from}:${+span.until}`, covers);
    const cover: Cover = { id, person, deputy, ...span, state: 'asked', calendar: person };
    const rest = covers.filter((other) => !own.includes(other) || !spare.has(other));
    const fault = coverFault(cover, rest, span.from);
    if (fault) uncovered.push({ ...span, why: fault.message });
    else ask.push(cover);
  }
  return { ask, shorten, drop: [...spare], uncovered };
}

/**
 * The covers that were accepted for the first days of an absence, one after the other, and what is left of it: someone
 * who is away longer stays covered until then, and the deputy is asked only for the days that were added.
 */
function agreedOf(
  absence: Span,
  covers: readonly Cover[],
  now: Date,
): { readonly kept: readonly Cover[]; readonly rest: Span } {
  const kept: Cover[] = [];
  // Covers that are over are not known here: the days before one that has begun are over, too.
  const [begun] = covers
    .filter(({ from }) => from >= absence.from && from < absence.until && from <= now)
    .sort((a, b) => +a.from - +b.from);
  let rest = { from: begun?.from ?? absence.from, until: absence.until };
  for (;;) {
    const next = covers.find(
      ({ state, from, until }) => state === 'accepted' && +from === +rest.from && until < rest.until,
    );
    if (!next) return { kept, rest };
    kept.push(next);
    rest = { from: next.until, until: rest.until };
  }
}

const isWithin = ({ from, until }: Span, cover: Cover) =>
  cover.state === 'accepted' && cover.from <= from && until <= cover.until;

/** If an absence disappears and comes back, the deputy is asked again. */
function freeId(base: string, covers: readonly Cover[]): string {
  const taken = new Set(covers.map(({ id }) => id));
  let id = base;
  for (let again = 2; taken.has(id); again++) id = `${base}:${again}`;
  return id;
}
