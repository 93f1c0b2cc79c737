import type { Actor } from './case';
import type { Cover } from './cover';
import type { AdminDigest, AreaDigests } from './digest';
import type { FiledNotice } from './filed';
import type { ContactSubject } from './forms/notice';
import type { HeardReply } from './heard';
import type { CardPlace } from './mailbox';
import type { SpHold } from './sp-hold';
import type { WarmTransfer } from './transfer';
import type { WeeklyReport } from './weekly-report';

/** What a letter says, by its type; it is drawn from this alone, so it holds only what its reader may see. */
export type LetterContent =
  | ({ readonly type: 'reminder' } & ContactSubject)
  /** What became of a cover: asked, withdrawn and gone go to the deputy, accepted and declined to the person who is away. */
  | { readonly type: 'cover'; readonly cover: Cover }
  /** A cover now lasts from then to then, according to the calendar of the person who is away: to the deputy. */
  | { readonly type: 'cover_shortened'; readonly cover: Cover }
  /** An admin gave, changed or removed the address of its reader's calendar. */
  | { readonly type: 'calendar'; readonly by: Actor; readonly deputy: Actor | null }
  | ({ readonly type: 'area_digests' } & AreaDigests)
  | ({ readonly type: 'admin_digest' } & AdminDigest)
  | ({ readonly type: 'weekly_report' } & WeeklyReport)
  /** Something that a window said could not be stored, and that was: a report, or a move by its label. */
  | { readonly type: 'stored_late'; readonly ref: string; readonly move: string | null }
  /** The same of what belongs to no case, in words: "your preferences". */
  | { readonly type: 'kept_late'; readonly what: string }
  /** The confirmation of a report that could not be told at once. */
  | ({ readonly type: 'filed' } & FiledNotice)
  /** Someone asks to lift the legal hold on an SP: another admin has to agree. */
  | { readonly type: 'sp_hold_lifting'; readonly hold: SpHold }
  /** A caller waits on the line: to where the Resolution Specialists are asked. */
  | { readonly type: 'caller'; readonly transfer: WarmTransfer; readonly onShift: readonly Actor[] }
  /** Alarms that were raised together, as sentences. */
  | { readonly type: 'alarms'; readonly about: readonly string[] }
  /** The answer to what its reader typed to Warmline. */
  | { readonly type: 'heard'; readonly reply: HeardReply }
  /** Its reader wrote under a card that is gone: where the case is talked about now. `card` null: it is being posted. */
  | { readonly type: 'new_card'; readonly ref: string; readonly channel: string; readonly card: CardPlace | null }
  /** The hash of all records, once a day, for a channel that no one can change afterward. */
  | {
      readonly type: 'anchor';
      readonly number: number;
      readonly hash: string;
      readonly cases: number;
      /** The hash of the anchor before it, and when it was made; absent in what was stored before webhooks got it. */
      readonly previous?: string;
      readonly madeAt?: Date;
    }
  /** A letter that did not reach the person or channel `to`, with the reason. */
  | { readonly type: 'undelivered'; readonly to: string; readonly fault: string; readonly about: Title };

/** What kind of message it was, in words. */
export type Title = 'A reminder' | 'A daily digest' | 'The weekly report' | 'A message';

/** A message that belongs to no case: it is sent once, however many instances run. */
export interface Letter {
  /** Made of domain facts, e.g. `digest:U1:America/Denver:2026-11-02`; travels with the message as metadata. */
  readonly id: string;
  /** A Slack user id or channel id; of an anchor, the lane of a webhook too. */
  readonly to: Actor | string;
  /** What it can be found and taken back by, beside its id. */
  readonly about: string | null;
  readonly content: LetterContent;
  /** It is not sent before. */
  readonly at: Date;
  /** How many instances have tried to send it so far. */
  readonly claims: number;
  /** The thread it is sent in, and whether it is shown beside that as well. */
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
  /** Whether what it said is still there, so that it can be sent again. */
  readonly isKept: boolean;
}

const TITLES: Readonly<Record<LetterContent['type'], Title>> = {
  reminder: 'A reminder',
  cover: 'A message',
  cover_shortened: 'A message',
  calendar: 'A message',
  area_digests: 'A daily digest',
  admin_digest: 'A daily digest',
  weekly_report: 'The weekly report',
  stored_late: 'A message',
  kept_late: 'A message',
  filed: 'A message',
  sp_hold_lifting: 'A message',
  caller: 'A message',
  alarms: 'A message',
  undelivered: 'A message',
  heard: 'A message',
  new_card: 'A message',
  anchor: 'A message',
};
export const titleOf = ({ type }: LetterContent): Title => TITLES[type];

/** The references of the cases that a digest names, each once. */
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
    case 'stored_late':
    case 'filed':
      return [content.ref];
    default:
      return [];
  }
}
const REFERENCE = /^[A-Z]+-\d+$/;
const namedIn = (items: readonly { readonly ref: string }[]) => [...new Set(items.map(({ ref }) => ref))];

const HOUR = 60 * 60_000;
const FIRST_PAUSE_MS = 2 * 60_000;
/** The longest that an instance may have to send what it claimed, ms. */
export const LONGEST_PAUSE_MS = HOUR / 2;
const GIVEN_UP_MS = 24 * HOUR;
/** With the pauses above, about three hours of tries. */
const MANY_CLAIMS = 10;

/** How long an instance has to send what it claimed before it is tried again, ms: longer with every try. */
export const pauseOf = ({ claims }: Pick<Letter, 'claims'>): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(claims, 10));

/**
 * Whether a letter was tried again and again and is a day late: no one is served by it anymore. Lateness alone does not
 * count, because a clock that jumps makes everything late.
 */
export const isGivenUp = ({ at, claims }: Pick<Letter, 'at' | 'claims'>, now: Date): boolean =>
  claims >= MANY_CLAIMS && +now - +at >= GIVEN_UP_MS;
