import { apply } from './apply';
import { type Actor, type CaseEvent, type CaseFacts, type Clock, type EventBody, SYSTEM } from './case';
import { allowedMoves, choices, type Move, type MoveType, refusal, who } from './moves';
import { needsFourEyes } from './outcomes';
import type { ClockName } from './policy';

export interface Context {
  readonly actor: Actor;
  readonly now: Date;
  /** What made this move, kept with its events. */
  readonly key: string | null;
  /** True when the actor is one of those who may act on the case (not only write in its thread). */
  readonly mayAct: boolean;
  /** A clock of the policy in force, starting at `from`; `dueAt` when somebody promised a moment. Null: no such clock. */
  readonly clock: (name: ClockName, from: Date, dueAt?: Date) => Clock | null;
}

export type Decision =
  | { readonly ok: true; readonly events: readonly CaseEvent[]; readonly facts: CaseFacts }
  | { readonly ok: false; readonly reason: string; readonly allowed: readonly MoveType[] };

/**
 * Decides a move: the events it makes and the facts after them, or a refusal in words with what is allowed now
 * (domain sections 2, 7, 8). Pure; an empty list of events means there was nothing to do.
 */
export function decide(facts: CaseFacts, move: Move, context: Context): Decision {
  const allowed = choices(facts);
  if (!allowedMoves(facts).includes(move.type)) return { ok: false, reason: refusal(facts, move.type), allowed };
  const outcome = hindrance(facts, move.type, context.actor, context.now) ?? bodies(facts, move, context);
  if (typeof outcome === 'string') return { ok: false, reason: outcome, allowed };
  const events = outcome.map(
    (body, i): CaseEvent => ({
      seq: facts.seq + 1 + i,
      at: context.now,
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
  const acknowledgeClock = () => clock('acknowledge', now);
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
      return [{ type: 'acknowledged', data: { nextUpdateBy: move.nextUpdateBy, clock: promise } }];
    }
    case 'add_note': {
      const id = move.id ?? `n${facts.seq + 1}`;
      if (facts.notes.some((n) => n.id === id)) return [];
      return [{ type: 'note_added', data: { id, text: move.text, clock: renewed() } }];
    }
    case 'edit_note': {
      const note = facts.notes.find((n) => n.id === move.id);
      return note && note.text !== move.text ? [{ type: 'note_edited', data: { id: move.id, text: move.text } }] : [];
    }
    case 'delete_note':
      return facts.notes.some((n) => n.id === move.id) ? [{ type: 'note_deleted', data: { id: move.id } }] : [];
    case 'log_sp_contact':
      return [{ type: 'sp_contacted', data: { reached: move.reached, text: move.text, clock: renewed() } }];
    case 'snooze': {
      if (move.until <= now) return 'A case can only be snoozed until a moment in the future.';
      const { until, reason } = move;
      return [{ type: 'snoozed', data: { until, reason, clock: promised('snooze', now, until) } }];
    }
    case 'wake':
      return [woken(facts, now)];
    case 'reassign': {
      const { owner, summary } = move;
      const area = move.area ?? facts.area;
      if (owner === facts.owner && area === facts.area && !facts.unrouted)
        return `${facts.ref} already belongs to ${who(owner)}. Choose somebody else, or close this window.`;
      return [{ type: 'reassigned', data: { area, owner, from: facts.owner, summary, clock: acknowledgeClock() } }];
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
      return [{ type: 'reopened', data: { reason: move.reason, clock: acknowledgeClock() } }];
    case 'dispute':
      return [{ type: 'disputed', data: { reason: move.reason, clock: acknowledgeClock() } }];
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
      return facts.links.some((link) => link.ref === move.link.ref) ? [] : [{ type: 'linked', data: move.link }];
    case 'follow': {
      const { follower, because } = move;
      const known = follower === facts.reporter || facts.followers.includes(follower);
      return known ? [] : [{ type: 'follower_added', data: { follower, because } }];
    }
    case 'merge':
      if (move.into === facts.ref) return 'A case cannot be a duplicate of itself. Give the other reference.';
      // Two people may name each other's case at once: the one that took the other over goes on.
      if (facts.links.some(({ ref, relation }) => ref === move.into && relation === 'has_duplicate'))
        return `${move.into} is a duplicate of ${facts.ref} already, which goes on.`;
      return [{ type: 'merged', data: { into: move.into } }];
    case 'absorb':
      return absorbed(facts, move);
    case 'send_to_manager': {
      const { code, severity, note, area, owner } = move;
      return [{ type: 'sent_to_manager', data: { code, severity, note, area, owner, clock: acknowledgeClock() } }];
    }
    case 'return_to_agent':
      return [{ type: 'returned', data: { question: move.question } }];
    case 'answer':
      return [{ type: 'answered', data: { text: move.text, clock: clock('review', now) } }];
    case 'add_police_number':
      return [{ type: 'police_number_added', data: { number: move.number, agency: move.agency } }];
    case 'transfer': {
      const { connected, specialist, summary } = move;
      return [{ type: 'transferred', data: { connected, specialist, summary } }];
    }
    case 'tick':
      return due(facts, context);
  }
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

/** A clock for a moment that somebody named; what its end brings is decided in `due`. */
export const promised = (name: ClockName, startedAt: Date, dueAt: Date): Clock => ({
  name,
  startedAt,
  dueAt,
  rungs: [{ at: dueAt, to: 'thread' }],
  fired: 0,
});

/** The clocks go on where they stood: every moment shifts by the time the case slept. */
function woken(facts: CaseFacts, now: Date): EventBody {
  if (facts.hold.is !== 'snoozed') return { type: 'woken', data: { clocks: facts.clocks } };
  const slept = +now - +facts.hold.since;
  const later = (at: Date) => new Date(+at + slept);
  const clocks = facts.hold.suspended.map((c) => ({
    ...c,
    dueAt: later(c.dueAt),
    rungs: c.rungs.map((rung) => ({ ...rung, at: later(rung.at) })),
  }));
  return { type: 'woken', data: { clocks } };
}

/** What the passing of time brings: a snooze ends, a promise is missed, every rung whose moment has come fires once. */
function due(facts: CaseFacts, { now, clock }: Context): EventBody[] {
  return facts.clocks.flatMap((running): EventBody[] => {
    if (running.dueAt > now) return [];
    if (running.name === 'snooze') return [woken(facts, now)];
    if (running.name === 'update')
      return [
        {
          type: 'promise_missed',
          data: { promisedFor: running.dueAt, clock: clock('acknowledge', running.dueAt, running.dueAt) },
        },
      ];
    return running.rungs.flatMap((rung, i): EventBody[] =>
      i >= running.fired && rung.at <= now
        ? [{ type: 'nudged', data: { clock: running.name, dueAt: running.dueAt, rung: i, to: rung.to } }]
        : [],
    );
  });
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
