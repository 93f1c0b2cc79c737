import {
  type Actor,
  apply,
  type CaseEvent,
  type CaseFacts,
  type CaseState,
  type Clock,
  type EventBody,
  SYSTEM,
} from './case';
import type { Area } from './directory';
import type { OutcomeCode } from './outcomes';
import { outcomeLabel } from './outcomes';
import type { ClockName } from './policy';

/** What somebody (or a job) wants to do with a case (domain sections 2 and 7). */
export type Move =
  | { readonly type: 'acknowledge'; readonly nextUpdateBy: Date }
  | { readonly type: 'add_note'; readonly id: string | null; readonly text: string }
  | { readonly type: 'edit_note'; readonly id: string; readonly text: string }
  | { readonly type: 'delete_note'; readonly id: string }
  | { readonly type: 'log_sp_contact'; readonly reached: boolean; readonly text: string }
  | { readonly type: 'snooze'; readonly until: Date; readonly reason: string }
  | { readonly type: 'wake' }
  | { readonly type: 'reassign'; readonly area: string | null; readonly owner: Actor; readonly summary: string }
  | { readonly type: 'resolve'; readonly outcome: OutcomeCode; readonly text: string }
  | { readonly type: 'reopen'; readonly reason: string }
  | { readonly type: 'void'; readonly reason: string }
  | { readonly type: 'tick' };
export type MoveType = Move['type'];

/** What people call the moves: on buttons and in refusals. */
export const MOVE_LABELS: Record<MoveType, string> = {
  acknowledge: 'Acknowledge',
  add_note: 'Add note',
  edit_note: 'Edit a note',
  delete_note: 'Delete a note',
  log_sp_contact: 'Log SP contact',
  snooze: 'Snooze',
  wake: 'Wake',
  reassign: 'Reassign',
  resolve: 'Resolve',
  reopen: 'Reopen',
  void: 'Void',
  tick: 'Nudge',
};

const NOTES: readonly MoveType[] = ['add_note', 'edit_note', 'delete_note'];
const WORK: readonly MoveType[] = [...NOTES, 'log_sp_contact', 'snooze', 'reassign', 'resolve', 'void', 'tick'];

/** Which moves each state allows. */
export const ALLOWED: Record<CaseState, readonly MoveType[]> = {
  submitted: ['void'],
  in_review: [...NOTES, 'void', 'tick'],
  returned: [...NOTES, 'void', 'tick'],
  open: ['acknowledge', ...WORK],
  acknowledged: WORK,
  in_progress: WORK,
  snoozed: ['acknowledge', 'wake', ...WORK],
  resolved: [...NOTES, 'reopen'],
  void: ['reopen'],
};

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
  const allowed = ALLOWED[facts.state];
  if (!allowed.includes(move.type))
    return { ok: false, reason: refusal(facts, move.type), allowed: shown(facts.state) };
  const outcome = bodies(facts, move, context);
  if (typeof outcome === 'string') return { ok: false, reason: outcome, allowed: shown(facts.state) };
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

/** The moves a person can choose from in this state, most useful first. */
const shown = (state: CaseState) =>
  ALLOWED[state].filter((type) => !['tick', 'wake', 'edit_note', 'delete_note'].includes(type));

const STATE_WORDS: Record<CaseState, string> = {
  submitted: 'being filed',
  in_review: 'in review',
  open: 'open',
  acknowledged: 'acknowledged',
  in_progress: 'in progress',
  snoozed: 'snoozed',
  returned: 'returned to the agent',
  resolved: 'resolved',
  void: 'void',
};
/** The state as people read it. */
export const stateWord = (state: CaseState): string => STATE_WORDS[state];

/** A person in a sentence, in the form that Slack shows as a name. */
const who = (actor: Actor) => `<@${actor}>`;

/** Why a move is not possible in this state, and what is. */
export function refusal(facts: CaseFacts, move: MoveType): string {
  const options = shown(facts.state).map((type) => MOVE_LABELS[type]);
  const now = options.length ? ` You can now: ${options.join(', ')}.` : '';
  if (move === 'acknowledge' && facts.acknowledged)
    return `${who(facts.acknowledged.by)} already acknowledged ${facts.ref}.${now}`;
  if (facts.resolution)
    return `${facts.ref} was resolved by ${who(facts.resolution.by)}: ${outcomeLabel(facts.resolution.outcome)}.${now}`;
  return `${facts.ref} is ${stateWord(facts.state)}; ${MOVE_LABELS[move]} is not possible now.${now}`;
}

/** Why this person may not make a move, who may, and what is open to them. */
export function notYours({ ref, owner }: CaseFacts, move: MoveType, area: Area | null): string {
  const people = [...new Set([owner, area?.areaManager, area?.deputy].filter((id) => typeof id === 'string'))];
  const may = people.length ? `${people.map(who).join(', ')} or an admin` : 'an admin';
  return `Only ${may} can use ${MOVE_LABELS[move]} on ${ref}. You can reply in the card's thread: it becomes a note on the case.`;
}

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
    case 'resolve':
      return [{ type: 'resolved', data: { outcome: move.outcome, text: move.text } }];
    case 'reopen':
      return [{ type: 'reopened', data: { reason: move.reason, clock: acknowledgeClock() } }];
    case 'void':
      return [{ type: 'voided', data: { reason: move.reason } }];
    case 'tick':
      return due(facts, context);
  }
}

/** A clock for a moment that somebody named; what its end brings is decided in `due`. */
const promised = (name: ClockName, startedAt: Date, dueAt: Date): Clock => ({
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
