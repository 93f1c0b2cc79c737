import { type Actor, SYSTEM } from './actor';
import type { ClockName, RungTarget } from './allowance';
import { withAsks, withAsksAnswered, withOffersSettled } from './asks';
import type { CaseFacts } from './case';
import type { CaseEvent } from './event';
import { eventOf, lineOf } from './events';
import {
  type Content,
  type Delivery,
  enqueue,
  isCard,
  isOfPost,
  live,
  type Mailbox,
  type Offered,
  openPost,
  placeOf,
  withRedraw,
} from './mailbox';
import { mailboxWithinBounds } from './mailbox-bounds';
import type { Desks } from './moves/definition';
import type { Told } from './reach';
import { relocated } from './relocated';
import { slackLane } from './targets';
import { caseLane } from './targets/case';
import { directoryLane } from './targets/directory';
import { mailLane } from './targets/email';

export interface MessageContext extends Desks {
  /** The area channel that the case moves to with these events, if any. */
  readonly moveTo: { readonly channel: string; readonly fallback: string } | null;
  /** Whom its rungs reach now; null for a move that calls no one. */
  readonly people: People | null;
}
interface People {
  readonly reach: (to: RungTarget, clock: ClockName) => Told;
  /** The person who answers for the case now. */
  readonly onDuty: readonly Actor[];
}

const IN_THE_THREAD: Told = { line: [], dms: [], places: [] };

/** One of the events that happened together, and what its messages depend on. */
interface Happening {
  readonly facts: CaseFacts;
  readonly event: CaseEvent;
  readonly alone: boolean;
  /** If a rung fired: whom it tells. */
  readonly call: Told | null;
  /** The people named in the one line of the rungs that fired together. */
  readonly called: readonly Actor[];
  /** True the first time it is called with this key. */
  readonly once: (what: string) => boolean;
}

/**
 * The mailbox after these events: each card is redrawn once, each event gets its line in the threads, and the people it
 * concerns get a DM (domain sections 7 and 8).
 */
export function withMessages(
  facts: CaseFacts,
  events: readonly CaseEvent[],
  before: Mailbox,
  context: MessageContext,
): Mailbox {
  const { people, moveTo } = context;
  const calls = events.map((event) =>
    event.type === 'nudged' ? (people?.reach(event.data.to, event.data.clock) ?? IN_THE_THREAD) : null,
  );
  const called = [...new Set(calls.flatMap((call) => call?.line ?? []))];
  // Rungs that fire together, such as after downtime, share one line, one notice and one DM each.
  const said = new Set<string>();
  const once = (what: string) => !said.has(what) && Boolean(said.add(what));
  const after = events.reduce<Mailbox>(
    (mailbox, event, i) => {
      const happening = { facts, event, alone: events.length === 1, call: calls[i] ?? null, called, once };
      const owed = [
        ...lines(happening, mailbox, people),
        ...notices(happening, context),
        ...dms(happening, people),
        ...nudges(happening),
        ...sanctions(happening),
        ...toCases(happening),
        ...mails(happening),
      ];
      const told = { posts: mailbox.posts, outbox: enqueue(mailbox.outbox, ...owed) };
      const change = eventOf(event).access?.(event);
      const settled = change ? withOffersSettled(facts, told, event.seq, change.who) : told;
      return withAsks(facts, settled, event.seq, asks(happening));
    },
    moveTo ? movedTo(facts, before, moveTo, (events[0]?.seq ?? 1) - 1) : before,
  );
  const last = events.at(-1);
  const answered = last ? withAsksAnswered(facts, after, last.seq) : after;
  const redrawn = (mailbox: Mailbox) =>
    live(mailbox).reduce((drawn, post) => withRedraw(facts.ref, drawn, post, facts.changedAt), mailbox);
  return mailboxWithinBounds(redrawn(answered));
}

type Address = Pick<Delivery, 'id' | 'to' | 'lane'>;
function message({ changedAt: at }: CaseFacts, address: Address, content: Content, from = at): Delivery {
  return { ...address, content, at: from, ...(from > at ? { waits: true } : {}), dead: null };
}

/** Email outside the workspace with the event's text. */
function mails({ facts, event }: Happening): readonly Delivery[] {
  const address = eventOf(event).mails?.(event.data);
  if (!address) return [];
  const { seq } = event;
  const lane = mailLane(address);
  return [message(facts, { id: `${facts.ref}:told:${seq}`, to: placeOf(lane), lane }, { type: 'told', seq })];
}

/** Its effect on the SP's standing goes to the directory, in the SP's order. */
function sanctions({ facts, event, once }: Happening): readonly Delivery[] {
  const { ref, sp, sanction } = facts;
  if (!eventOf(event).toDirectory || !sanction || !once('sanction')) return [];
  const lane = directoryLane(sp.account);
  return [message(facts, { id: `${ref}:sanction:${event.seq}`, to: placeOf(lane), lane }, { type: 'sanction' })];
}

/** Its effect on another case; the event is read when it gets there. */
function toCases({ facts, event }: Happening): readonly Delivery[] {
  const ref = eventOf(event).toCase?.(facts, event);
  if (!ref) return [];
  const lane = caseLane(ref);
  return [
    message(
      facts,
      { id: `${facts.ref}:case:${event.seq}`, to: placeOf(lane), lane },
      { type: 'decision', seq: event.seq },
    ),
  ];
}

/** Its line in every thread that shows it. */
function lines(
  { facts, event, alone, call, called, once }: Happening,
  mailbox: Mailbox,
  people: People | null,
): readonly Delivery[] {
  const { line } = eventOf(event);
  if (!line || line.isHidden?.(event, alone) || (call && (call.line === null || !once('line')))) return [];
  if (line.speaksForRungs) once('line');
  const { ref } = facts;
  const { seq } = event;
  const names = call ? called : line.calls && people?.onDuty;
  return live(mailbox)
    .filter(({ show }) => show !== 'praise' && lineOf(facts, event, show === 'full' ? 'full' : 'redacted') !== null)
    .map(({ id, channel, show }) =>
      message(
        facts,
        { id: `${ref}:line:${seq}:${id}`, to: { post: id }, lane: slackLane(channel) },
        { type: 'line', seq, ...(names ? { names } : {}), ...(show === 'full' ? offered(facts, event) : {}) },
      ),
    );
}

/** Whom the buttons of a line are about, and when they expire. */
function offered(facts: CaseFacts, event: CaseEvent): { readonly offers?: Offered } {
  const about = lineOf(facts, event, 'full')?.offers?.about;
  const until = eventOf(event).access?.(event).until;
  return about === undefined ? {} : { offers: { about, ...(until && { until }) } };
}

/** The other places that are told. */
function notices({ facts, event, call, once }: Happening, desks: Desks): readonly Delivery[] {
  const { seq } = event;
  const places = call ? call.places : (eventOf(event).notice?.to?.(event, desks) ?? []);
  return places
    .filter((lane) => lane !== null)
    .filter(once)
    .map((lane) =>
      message(facts, { id: `${facts.ref}:notice:${seq}:${lane}`, to: placeOf(lane), lane }, { type: 'notice', seq }),
    );
}

/** DMs to the people it concerns; never to the person who did it, nor to those the case is about. */
function dms({ facts, event }: Happening, people: People | null): readonly Delivery[] {
  const { seq } = event;
  const concerned = eventOf(event).dm?.to(facts, event, people?.onDuty ?? null) ?? [];
  return [...new Set(concerned)]
    .filter((id): id is Actor => id !== null && id !== SYSTEM && id !== event.actor && !facts.subjects.includes(id))
    .map((user) =>
      message(
        facts,
        { id: `${facts.ref}:dm:${seq}:${user}`, to: { user }, lane: slackLane(user) },
        { type: 'dm', seq },
      ),
    );
}

/** Whom it asks in a DM whose buttons disappear once answered: the people it names, or a rung reminds. */
function asks({ facts, event, call, once }: Happening): Parameters<typeof withAsks>[3] {
  if (call && event.type === 'nudged' && event.data.clock === 'approval')
    return call.dms
      .filter(({ to, acts }) => acts && once(`approval ${to}`))
      .map(({ to, at }) => ({ to, at, is: 'approval' }));
  const { asks: asked } = eventOf(event);
  return asked?.whom(event).map((to) => ({ to, at: facts.changedAt, is: asked.is })) ?? [];
}

/** DMs from a rung. */
function nudges({ facts, event, call, once }: Happening): readonly Delivery[] {
  if (!call || event.type !== 'nudged') return [];
  const { seq } = event;
  return call.dms
    .filter(({ to, acts }) => !(acts && event.data.clock === 'approval') && once(`${event.data.clock} ${to}`))
    .map(({ to, at, acts, outside }) =>
      message(
        facts,
        { id: `${facts.ref}:nudge:${seq}:${to}`, to: { user: to }, lane: slackLane(to) },
        { type: 'nudge', seq, acts, ...(outside ? { outside } : {}) },
        at,
      ),
    );
}

/** What was filed and where it went: the card shows both. */
const FILING_EVENTS = 2;

/** The post that moves to another area: the area's own, or else the main one. */
function movedTo(
  facts: CaseFacts,
  before: Mailbox,
  to: { readonly channel: string; readonly fallback: string },
  until: number,
): Mailbox {
  const old = openPost(before);
  if (old.channel === to.channel) return before;
  const moved = relocated(facts, before, old, { ...old, ...to, redirected: null }, facts.changedAt);
  if (until <= FILING_EVENTS) return moved;
  const address = { id: `${facts.ref}:story:${until}:${old.id}`, to: { post: old.id }, lane: slackLane(to.channel) };
  // The new thread begins with it, before unsent older lines.
  const waiting = moved.outbox.filter((one) => isOfPost(one, old) && !isCard(one.content)).map(({ at }) => +at);
  const at = new Date(Math.min(+facts.changedAt, ...waiting));
  const story = message(facts, address, { type: 'story', seq: until }, at);
  return { ...moved, outbox: enqueue([story], ...moved.outbox) };
}
