import { IANAZone } from 'luxon';
import type { Actor } from './case';
import { type Cover, coverFault } from './cover';
import { instantOf, momentOf } from './local-time';

/** A calendar whose absences become covers (domain section 7). One for each person. */
export interface Calendar {
  readonly person: Actor;
  /** Who is asked to cover. */
  readonly deputy: Actor;
  /** A secret: anyone who has it can read the whole calendar. Never logged; only its host is shown. */
  readonly url: string;
  /** What the title of an absence holds one of. */
  readonly words: readonly string[];
  /** Who gave it: the person, or an admin for them. */
  readonly by: Actor;
  readonly addedAt: Date;
  /** When it is looked at next; for one that was removed, when it is forgotten. */
  readonly nextAt: Date;
  /** When it could last be read; what was read then counts until it can be read again. */
  readonly readAt: Date | null;
  /** Since when it cannot be read, and why; null while it can. */
  readonly failing: { readonly since: Date; readonly why: CalendarFault } | null;
  /** How many absences are ahead, and those that could not become covers. */
  readonly absences: number;
  readonly uncovered: readonly Uncovered[];
  /** Since when it is removed: until it is forgotten that can be undone. */
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

/** The words that count where no one named others. */
export const DEFAULT_WORDS: readonly string[] = ['out of office', 'vacation', 'OOO', 'PTO', 'holiday'];
const [MOST_WORDS, LONGEST_WORD] = [20, 40];

/** Words as they are typed, one after a comma; what is wrong with them as a sentence. None typed: the usual ones. */
export function readWords(typed: string): { readonly words: readonly string[] } | { readonly fault: string } {
  const words = [...new Set(typed.split(/[,\n]/).map((word) => word.trim().replace(/\s+/g, ' ')))].filter(Boolean);
  if (words.length > MOST_WORDS) return { fault: `Name ${MOST_WORDS} words at most.` };
  if (words.some((word) => word.length > LONGEST_WORD))
    return { fault: `Use words of ${LONGEST_WORD} characters at most, with commas between them.` };
  return { words: words.length ? words : DEFAULT_WORDS };
}

const LONGEST_ADDRESS = 1000;
/** An address as it is typed; calendar programs also write webcal for https. Null when it is none. */
export function readAddress(typed: string): string | null {
  const text = typed.trim().replace(/^webcals?:\/\//i, 'https://');
  if (text.length > LONGEST_ADDRESS || !/^https?:\/\//i.test(text) || !URL.canParse(text)) return null;
  const { username, password } = new URL(text);
  return username || password ? null : text;
}

/** An address as people may see it: where it leads, and nothing that opens it. */
export const maskedAddress = (url: string): string => `${new URL(url).host}/…`;

/** A moment of a calendar: what its wall clock shows (read as if it were UTC, ms), and where that clock hangs. */
export interface WallMoment {
  readonly wall: number;
  /** As the calendar names it; null: wherever the person is. */
  readonly zone: string | null;
  /** The instant by the calendar's own definition of the zone, ms; null where it has none. */
  readonly utc: number | null;
}
/** One absence of a calendar, once for each time that it repeats. */
export interface Entry {
  readonly from: WallMoment;
  readonly until: WallMoment;
  readonly allDay: boolean;
}

const HOUR = 60 * 60_000;
/** What is shorter needs no one to stand in: reminders wait longer than that. */
const SHORTEST_MS = 2 * HOUR;
/** How far ahead someone is asked. */
export const AHEAD_MS = 60 * 24 * HOUR;

/** The absences of a calendar that are not over and begin soon enough; those that touch are one. `zone`: the person's. */
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

/** Whole days count where the person lives. The zones of the tz database are known better here than in a calendar. */
function instant({ wall, zone, utc }: WallMoment, own: string, allDay: boolean): Date {
  if (allDay) return momentOf(own, Math.floor(wall / (24 * HOUR)));
  if (zone !== null && IANAZone.isValidZone(zone)) return new Date(instantOf(IANAZone.create(zone), wall));
  return new Date(zone !== null && utc !== null ? utc : instantOf(IANAZone.create(own), wall));
}

/** What makes a person's covers those of their calendar. */
export interface CoverPlan {
  readonly ask: readonly Cover[];
  /** Agreed for longer than the absence lasts now: the deputy need not agree again. */
  readonly shorten: readonly { readonly cover: Cover; readonly to: Span }[];
  /** Their absence is not in the calendar anymore. */
  readonly drop: readonly Cover[];
  readonly uncovered: readonly Uncovered[];
}

/** What someone withdrew or declined stays so; what is the same changes nothing. `covers` holds all that are not over. */
export function planCovers(
  { person, deputy }: Pick<Calendar, 'person' | 'deputy'>,
  absences: readonly Span[],
  covers: readonly Cover[],
): CoverPlan {
  const own = covers.filter(({ calendar, state }) => calendar === person && state !== 'gone');
  const theirs = own.filter((cover) => cover.deputy === deputy);
  const spare = new Set(own.filter(({ state }) => state === 'asked' || state === 'accepted'));
  const shorten: { cover: Cover; to: Span }[] = [];
  const fresh: Span[] = [];
  for (const span of absences) {
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

const isWithin = ({ from, until }: Span, cover: Cover) =>
  cover.state === 'accepted' && cover.from <= from && until <= cover.until;

/** An absence that went and came back is asked for again. */
function freeId(base: string, covers: readonly Cover[]): string {
  const taken = new Set(covers.map(({ id }) => id));
  let id = base;
  for (let again = 2; taken.has(id); again++) id = `${base}:${again}`;
  return id;
}
