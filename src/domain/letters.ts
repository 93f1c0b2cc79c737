import type { Actor } from './actor';
import type { Cover } from './cover';
import type { AdminDigest, AreaDigests } from './digest';
import type { FiledNotice } from './filed';
import type { ContactSubject } from './forms/notice';
import type { HeardReply } from './heard';
import { referencesIn } from './kinds';
import type { CardPlace } from './mailbox';
import type { SpHold } from './sp-hold';
import type { WarmTransfer } from './transfer';
import type { WeeklyReport } from './weekly-report';

/** A letter's content, by its type; it is drawn from this alone, so it holds only what its reader may see. */
export type LetterContent =
  | ({ readonly type: 'reminder' } & ContactSubject)
  /** News about a cover: asked, withdrawn and gone go to the deputy, accepted and declined to the absent person. */
  | { readonly type: 'cover'; readonly cover: Cover }
  /** The absent person's calendar shortened a cover: to the deputy. */
  | { readonly type: 'cover_shortened'; readonly cover: Cover }
  /** An admin added, changed or removed the address of its reader's calendar. */
  | { readonly type: 'calendar'; readonly by: Actor; readonly deputy: Actor | null }
  | ({ readonly type: 'area_digests' } & AreaDigests)
  | ({ readonly type: 'admin_digest' } & AdminDigest)
  | ({ readonly type: 'weekly_report' } & WeeklyReport)
  /** A window said that something could not be stored, but it was: a report, or a move by its label. */
  | { readonly type: 'stored_late'; readonly ref: string; readonly move: string | null }
  /** The same for what belongs to no case, in words: "your preferences". */
  | { readonly type: 'kept_late'; readonly what: string }
  /** The confirmation of a report that could not be sent at once. */
  | ({ readonly type: 'filed' } & FiledNotice)
  /** Someone asks to lift the legal hold on an SP; another admin has to agree. */
  | { readonly type: 'sp_hold_lifting'; readonly hold: SpHold }
  /** A caller waits on the line: to where Resolution Specialists are asked. */
  | { readonly type: 'caller'; readonly transfer: WarmTransfer; readonly onShift: readonly Actor[] }
  /** Alarms raised together, as sentences. */
  | { readonly type: 'alarms'; readonly about: readonly string[] }
  | { readonly type: 'heard'; readonly reply: HeardReply }
  /** Its reader wrote under a card that is gone; says where the case is now. `card` null: it is being posted. */
  | { readonly type: 'new_card'; readonly ref: string; readonly channel: string; readonly card: CardPlace | null }
  /** The daily hash of all records, for a channel where no one can change it afterward. */
  | {
      readonly type: 'anchor';
      readonly number: number;
      readonly hash: string;
      readonly cases: number;
      /** The previous anchor's hash, and when it was made; absent in older data. */
      readonly previous?: string;
      readonly madeAt?: Date;
    }
  /** A letter that did not reach the person or channel `to`, with the reason. */
  | { readonly type: 'undelivered'; readonly to: string; readonly fault: string; readonly about: Title };

/** What kind of message it was. */
export type Title = 'A reminder' | 'A daily digest' | 'The weekly report' | 'A message';

/** A message that belongs to no case; sent once, however many instances run. */
export interface Letter {
  /** Made of domain facts, e.g. `digest:U1:America/Denver:2026-11-02`; in the message's metadata. */
  readonly id: string;
  /** A Slack user id or channel id; for an anchor, also a webhook's lane. */
  readonly to: Actor | string;
  /** Another key to find or withdraw it by. */
  readonly about: string | null;
  readonly content: LetterContent;
  /** Not sent before then. */
  readonly at: Date;
  /** How many times instances have tried to send it. */
  readonly claims: number;
  /** The thread it is sent in, and whether it is also shown in the channel. */
  readonly thread?: { readonly ts: string; readonly broadcast: boolean };
  /** Whom it was for and did not reach, and the admin who sent it to `to` instead. */
  readonly passedOn?: PassedOn;
}
export interface PassedOn {
  readonly from: Actor | string;
  readonly by: Actor;
}

/** A letter that was given up. */
export interface FailedLetter {
  readonly id: string;
  readonly to: string;
  readonly what: Title;
  readonly fault: string;
  readonly failedAt: Date;
  /** Whether its content is still there, so that it can be sent again. */
  readonly isKept: boolean;
}

const TITLES: Readonly<Partial<Record<LetterContent['type'], Title>>> = {
  reminder: 'A reminder',
  area_digests: 'A daily digest',
  admin_digest: 'A daily digest',
  weekly_report: 'The weekly report',
};
export const titleOf = ({ type }: LetterContent): Title => TITLES[type] ?? 'A message';

/** The references of the cases that a letter names, each once. */
export function casesIn(content: LetterContent): readonly string[] {
  switch (content.type) {
    case 'area_digests':
      return namedIn(
        content.areas.flatMap(({ overdue, promised, oldest, recognition }) => [
          ...[overdue, promised, recognition].flatMap(({ shown }) => shown),
          ...(oldest ? [oldest] : []),
        ]),
      );
    case 'admin_digest': {
      const failed = content.failed.shown.filter(({ about }) => REFERENCE.test(about));
      return namedIn([
        ...[content.unrouted, content.inReview, content.returned].flatMap(({ shown }) => shown),
        ...failed.map(({ about }) => ({ ref: about })),
      ]);
    }
    case 'alarms':
      return [...new Set(content.about.flatMap(referencesIn))];
    case 'stored_late':
    case 'filed':
      return [content.ref];
    default:
      return [];
  }
}
/** The case that a letter is about alone, by its reference; null for all others. */
export function caseOf(content: LetterContent): string | null {
  switch (content.type) {
    case 'stored_late':
    case 'filed':
    case 'new_card':
      return content.ref;
    case 'heard':
      return 'ref' in content.reply ? content.reply.ref : null;
    default:
      return null;
  }
}
const REFERENCE = /^[A-Z]+-\d+$/;
const namedIn = (items: readonly { readonly ref: string }[]) => [...new Set(items.map(({ ref }) => ref))];

const HOUR = 60 * 60_000;
const FIRST_PAUSE_MS = 2 * 60_000;
/** The longest that an instance may take to send what it claimed, ms. */
export const LONGEST_PAUSE_MS = HOUR / 2;
const GIVEN_UP_MS = 24 * HOUR;
/** With the pauses above, tries take about three hours. */
const MANY_CLAIMS = 10;

/** How long an instance has to send what it claimed before the next try, ms: longer with each try. */
export const pauseOf = ({ claims }: Pick<Letter, 'claims'>): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(claims, 10));

/**
 * Whether a letter was tried many times and is a day late, so it no longer helps anyone. Lateness alone does not count,
 * because a clock that jumps makes everything late.
 */
export const isGivenUp = ({ at, claims }: Pick<Letter, 'at' | 'claims'>, now: Date): boolean =>
  claims >= MANY_CLAIMS && +now - +at >= GIVEN_UP_MS;
