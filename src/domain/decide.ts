import { apply } from './apply';
import {
  type Actor,
  type CaseEvent,
  type CaseFacts,
  type CaseLink,
  type Clock,
  type Deferred,
  type EventBody,
  SYSTEM,
} from './case';
import { type ClockMaker, promised, type Resume } from './clocks';
import { allowedMoves, choices, type Move, type MoveType, refusal, who } from './moves';
import { clipped, isNewer, type KnownNote, noteIn } from './notes';
import { needsFourEyes } from './outcomes';
import type { ClockName, RungTarget } from './policy';
import { unanswered } from './stopping';
import { elapsed, underThisPolicy, woken } from './time-passed';

export interface Context {
  readonly actor: Actor;
  readonly now: Date;
  /** What made this move, kept with its events. */
  readonly key: string | null;
  /** True when the actor is one of those who may act on the case (not only write in its thread). */
  readonly mayAct: boolean;
  /** A clock of the policy in force, starting at `from`; `dueAt` when somebody promised a moment. Null: no such clock. */
  readonly clock: ClockMaker;
  readonly resume: Resume;
  /** What is known of the note that the move is about; absent means what the facts tell. */
  readonly note?: KnownNote;
  /** Whom a rung reaches only later, because of their quiet hours; absent means nobody. */
  readonly deferral?: (to: RungTarget, clock: ClockName) => readonly Deferred[];
  /** The newest link to the other case that the move is about, where the facts do not have it at hand. */
  readonly link?: CaseLink | null;
}

export type Decision =
  | { readonly ok: true; readonly events: readonly CaseEvent[]; readonly facts: CaseFacts }
  | { readonly ok: false; readonly reason: string; readonly allowed: readonly MoveType[] };

/**
 * Decides a move: the events it makes and the facts after them, or a refusal in words with what is allowed now
 * (domain sections 2, 7, 8). Pure; an empty list of events means there was nothing to do. No event is dated before the
 * one it follows.
 */
export function decide(facts: CaseFacts, move: Move, context: Context): Decision {
  const allowed = choices(facts);
  if (!allowedMoves(facts).includes(move.type)) return { ok: false, reason: refusal(facts, move.type), allowed };
  const outcome = hindrance(facts, move.type, context.actor, context.now) ?? bodies(facts, move, context);
  if (typeof outcome === 'string') return { ok: false, reason: outcome, allowed };
  // Clocks of machines differ and are set back; a record reads in the order of its dates all the same.
  const at = new Date(Math.max(+context.now, +facts.changedAt));
  const events = outcome.map(
    (body, i): CaseEvent => ({
      seq: facts.seq + 1 + i,
      at,
      actor: context.actor,
      key: context.key,
      ...body,
    }),
  );
  return { ok: true, events, facts: events.reduce<CaseFacts>(apply, facts) };
}

/** How long an agent may dispute an outcome (domain section 7). */
const DISPUTE_MS = 7 * 24 * 60 * 60_000;

function bodies(facts: CaseFacts, move: Move, context: Context): EventBody[] | string {
  const { now, clock } = context;
  const links = context.link ? [...facts.links, context.link] : facts.links;
  const acknowledgeClock = () => clock('acknowledge', now);
  /** A snooze ends with what answers it for good. */
  const awake = () => (facts.hold.is === 'snoozed' ? [woken(facts, context)] : []);
  /** Work by somebody responsible keeps a running promise: the next one follows the policy. */
  const renewed = () => {
    if (!context.mayAct || !facts.clocks.some((c) => c.name === 'update')) return null;
    const next = clock('update', now);
    return next && promised('update', now, next.dueAt);
  };

  switch (move.type) {
    case 'acknowledge': {
      if (move.nextUpdateBy <= now) return 'The next update must be promised for a moment in the future.';
      const promise = promised('update', now, move.nextUpdateBy);
      return [...awake(), { type: 'acknowledged', data: { nextUpdateBy: move.nextUpdateBy, clock: promise } }];
    }
    case 'add_note':
      return move.id === null
        ? [{ type: 'note_added', data: { id: `n${facts.seq + 1}`, text: move.text, clock: renewed() } }]
        : mirrored(facts, { ...move, id: move.id }, context, renewed);
    case 'edit_note':
      return mirrored(facts, move, context, renewed);
    case 'delete_note': {
      // Also of one that Warmline has not heard of yet: it must not come after its deletion.
      const note = known(facts, move.id, context);
      if (note === 'gone') return [];
      return [{ type: 'note_deleted', data: { id: move.id, ...(note ? {} : { unheard: true }) } }];
    }
    case 'log_sp_contact': {
      const { reached, text, backBy } = move;
      if (backBy && backBy <= now) return 'The SP can only promise to get back at a moment in the future.';
      const promise = backBy && clock('sp_contact', now, backBy);
      return [{ type: 'sp_contacted', data: { reached, text, clock: renewed(), ...(promise ? { promise } : {}) } }];
    }
    case 'callback_made':
      return [{ type: 'callback_made', data: { text: move.text, clock: renewed() } }];
    case 'snooze':
      return snoozed(facts, move, now);
    case 'wake':
      return awake();
    case 'reassign': {
      const { owner, summary } = move;
      const area = move.area ?? facts.area;
      if (owner === facts.owner && area === facts.area && !facts.unrouted)
        return `${facts.ref} already belongs to ${who(owner)}. Choose somebody else, or close this window.`;
      const from = facts.owner;
      return [...awake(), { type: 'reassigned', data: { area, owner, from, summary, clock: acknowledgeClock() } }];
    }
    case 'resolve': {
      const { outcome, text } = move;
      if (needsFourEyes(outcome)) return [{ type: 'approval_asked', data: { outcome, text } }];
      return [{ type: 'resolved', data: { outcome, text, askedBy: null } }];
    }
    case 'approve':
      return approved(facts);
    case 'refuse_approval': {
      const { approval } = facts;
      return approval ? [{ type: 'approval_refused', data: { reason: move.reason, askedBy: approval.by } }] : [];
    }
    case 'reopen':
    case 'dispute': {
      const data = { reason: move.reason, clock: acknowledgeClock(), owed: owedAgain(facts, context) };
      return [{ type: move.type === 'reopen' ? 'reopened' : 'disputed', data }];
    }
    case 'void':
      return [{ type: 'voided', data: { reason: move.reason } }];
    case 'claim':
      return facts.owner === context.actor ? [] : [{ type: 'claimed', data: { from: facts.owner } }];
    case 'escalate':
      return [{ type: 'escalated', data: { reason: move.reason } }];
    case 'change_severity': {
      const { to, reason } = move;
      if (to === facts.severity) return `${facts.ref} already has this severity. Choose another, or close this window.`;
      return [{ type: 'severity_changed', data: { from: facts.severity, to, reason, clock: acknowledgeClock() } }];
    }
    case 'link':
      return links.some((link) => link.ref === move.link.ref) ? [] : [{ type: 'linked', data: move.link }];
    case 'follow': {
      const { follower, because } = move;
      const known = follower === facts.reporter || facts.followers.includes(follower);
      return known ? [] : [{ type: 'follower_added', data: { follower, because } }];
    }
    case 'merge':
      if (move.into === facts.ref) return 'A case cannot be a duplicate of itself. Give the other reference.';
      // Two people may name each other's case at once: the one that took the other over goes on.
      if (links.some(({ ref, relation }) => ref === move.into && relation === 'has_duplicate'))
        return `${move.into} is a duplicate of ${facts.ref} already, which goes on.`;
      return [{ type: 'merged', data: { into: move.into } }];
    case 'absorb':
      return absorbed({ ...facts, links }, move);
    case 'send_to_manager': {
      const { code, severity, note, area, owner } = move;
      return [{ type: 'sent_to_manager', data: { code, severity, note, area, owner, clock: acknowledgeClock() } }];
    }
    case 'return_to_agent': {
      const asked = clock('answer', now);
      return [{ type: 'returned', data: { question: move.question, ...(asked ? { clock: asked } : {}) } }];
    }
    case 'answer':
      return [{ type: 'answered', data: { text: move.text, clock: clock('review', now) } }];
    case 'add_police_number':
      return [{ type: 'police_number_added', data: { number: move.number, agency: move.agency } }];
    case 'transfer': {
      const { connected, specialist, summary } = move;
      return [{ type: 'transferred', data: { connected, specialist, summary } }];
    }
    case 'apply_policy':
      return underThisPolicy(facts, clock);
    case 'restart_clock':
      return restarted(facts, context);
    case 'tick':
      return elapsed(facts, context);
  }
}

const known = (facts: CaseFacts, id: string, { note }: Context): KnownNote =>
  note === undefined ? noteIn(facts, id) : note;

/** A version of a reply, in whatever order they arrive: the newest stays, and what was deleted does not come back. */
function mirrored(
  facts: CaseFacts,
  move: Extract<Move, { type: 'add_note' | 'edit_note' }> & { readonly id: string },
  context: Context,
  renewed: () => Clock | null,
): EventBody[] {
  const note = known(facts, move.id, context);
  const { id, revision, aside } = move;
  const edited = move.edited ?? move.type === 'edit_note';
  const data = { id, text: clipped(move.text), ...(aside ? { aside } : {}), ...(revision ? { revision } : {}) };
  if (note === 'gone') return [];
  if (!note) {
    // An edit that names no version is one of a note that has to be there.
    const isUnheard = move.type === 'add_note' || revision !== undefined;
    if (!isUnheard || !allowedMoves(facts).includes('add_note')) return [];
    return [{ type: 'note_added', data: { ...data, clock: renewed(), ...(edited ? { edited } : {}) } }];
  }
  if (move.sameWords && note.text === data.text) return [];
  const isNews = revision === undefined ? edited && note.text !== data.text : isNewer(revision, note);
  return isNews ? [{ type: 'note_edited', data: { ...data, ...(edited ? {} : { edited }) } }] : [];
}

function snoozed(facts: CaseFacts, { until, reason }: Move & { type: 'snooze' }, now: Date): EventBody[] | string {
  if (until <= now) return 'A case can only be snoozed until a moment in the future.';
  if (unanswered(facts).some(({ name, dueAt }) => name === 'callback' && dueAt < until))
    return 'The customer was promised a callback before then. Snooze until an earlier moment, or make the callback first.';
  return [{ type: 'snoozed', data: { until, reason, clock: promised('snooze', now, until) } }];
}

/** The clock of the case's state, where it does not run; a snooze that should be over ends. */
function restarted(facts: CaseFacts, context: Context): EventBody[] | string {
  const { now, clock } = context;
  if (facts.hold.is === 'snoozed') return facts.hold.until <= now ? [woken(facts, context)] : [];
  const name = clockOfState(facts.state);
  if (facts.clocks.some((running) => running.name === name)) return [];
  const promise = facts.acknowledged?.nextUpdateBy;
  const begun = name === 'update' && promise ? promised('update', now, promise) : clock(name, now);
  return begun
    ? [{ type: 'clock_started', data: { clock: begun } }]
    : `The policy sets no "${name}" clock for ${facts.ref}, so nothing reminds anybody of it.`;
}

/** The clock that somebody has to answer while a case is in this state; a snooze holds it up. */
export function clockOfState(state: CaseFacts['state']): Exclude<ClockName, 'snooze'> {
  if (state === 'in_review') return 'review';
  if (state === 'returned') return 'answer';
  return state === 'acknowledged' || state === 'in_progress' ? 'update' : 'acknowledge';
}

/** What a case that is opened again owes beside its acknowledgement: promises whose moment lies ahead, and what is missing still. */
export function owedAgain(facts: CaseFacts, { now, clock }: Pick<Context, 'now' | 'clock'>): readonly Clock[] {
  const ahead = unanswered(facts).filter(
    ({ name, dueAt }) => (name === 'callback' || name === 'sp_contact') && dueAt > now,
  );
  const missing = facts.marks.includes('police_number_missing') ? clock('police_number', now) : null;
  return missing ? [...ahead, missing] : ahead;
}

/** A duplicate is linked once, and whoever filed or followed it hears from this case. */
function absorbed(facts: CaseFacts, { ref, followers }: Move & { type: 'absorb' }): EventBody[] {
  const known = facts.links.some((link) => link.ref === ref && link.relation === 'has_duplicate');
  const hears = [facts.reporter, ...facts.followers, ...facts.subjects];
  const added = [...new Set(followers)].filter((id) => !hears.includes(id));
  return [
    ...(known ? [] : [{ type: 'linked' as const, data: { ref, relation: 'has_duplicate' as const } }]),
    ...added.map((follower) => ({ type: 'follower_added' as const, data: { follower, because: ref } })),
  ];
}

/**
 * Why this person cannot make a move that their role and the state would allow, or null: a starred outcome approved by
 * whoever asked for it, a dispute after its 7 days (domain section 7).
 */
export function hindrance(facts: CaseFacts, move: MoveType, actor: Actor, now: Date): string | null {
  const { approval, resolution, ref } = facts;
  if (move === 'approve' && approval?.by === actor)
    return `You asked for this yourself, ${who(actor)}: another Area Manager or an admin has to approve it.`;
  if (move === 'dispute' && resolution && +now > +resolution.at + DISPUTE_MS)
    return `${ref} was resolved more than 7 days ago and can no longer be disputed. File a new report, and mention ${ref} in it.`;
  return null;
}

/** A starred outcome, once a second manager has looked (domain section 7). */
function approved({ approval }: CaseFacts): EventBody[] {
  if (!approval) return [];
  const { outcome, text, by } = approval;
  return [{ type: 'resolved', data: { outcome, text, askedBy: by } }];
}

/** The first two events of a case: what was filed, and where it went. Gives its facts too. */
export function open(
  filed: Extract<EventBody, { type: 'filed' }>,
  routed: Extract<EventBody, { type: 'routed' }>,
  at: Date,
  key: string,
): { events: readonly CaseEvent[]; facts: CaseFacts } {
  const events: CaseEvent[] = [
    { seq: 1, at, actor: filed.data.reporter, key, ...filed },
    { seq: 2, at, actor: SYSTEM, key, ...routed },
  ];
  return { events, facts: apply(apply(null, events[0] as CaseEvent), events[1] as CaseEvent) };
}
