import { apply } from './apply';
import { type CaseEvent, type CaseFacts, nextNudgeAt, SYSTEM } from './case';
import { clockMaker, clockResumer, firstClocks, promised } from './clocks';
import { type Context, owedAgain } from './decide';
import type { Area } from './directory';
import type { ClockName, Policy, RungTarget } from './policy';
import type { Subject } from './reach';
import { elapsed, woken } from './time-passed';

/** A rung that fired: when, of which clock, to whom; and the case as it was then. */
export interface Fired {
  readonly at: Date;
  readonly clock: ClockName;
  readonly dueAt: Date;
  readonly to: RungTarget;
  readonly subject: Subject & Pick<CaseFacts, 'area'>;
}

export interface Rules {
  readonly policy: Policy;
  readonly area: (name: string | null) => Area | null;
}

/**
 * The rungs that fire on a case under a policy when people do what they did, and time does the rest: what its history
 * says of time itself is left out, and each clock starts anew where somebody's deed started one. At the moments of the
 * clocks, as if a tick came at each; up to and with `until`. The policy that was applied to open cases meanwhile counts for nothing.
 */
export function replaying(rules: Rules, until: Date): { add(event: CaseEvent): void; fired(): readonly Fired[] } {
  const fired: Fired[] = [];
  let facts: CaseFacts | null = null;
  return {
    add(event) {
      if (event.at > until) return;
      if (!facts) {
        facts = apply(null, event);
        return;
      }
      if (isOfTime(event)) return;
      facts = timePassed(facts, rules, event.at, fired);
      facts = apply(facts, { ...underRules(facts, event, rules), seq: facts.seq + 1 });
    },
    fired() {
      if (facts) facts = timePassed(facts, rules, until, fired);
      return fired;
    },
  };
}

/** The same for events that are all at hand. */
export function replayed(events: readonly CaseEvent[], rules: Rules, until: Date): readonly Fired[] {
  const replay = replaying(rules, until);
  for (const event of events) replay.add(event);
  return replay.fired();
}

/** What happens to a case by time alone up to a moment; the rungs that fire are added to a list. */
export function timePassed(facts: CaseFacts, rules: Rules, until: Date, fired: Fired[]): CaseFacts {
  let reached = facts;
  for (;;) {
    const now = nextNudgeAt(reached);
    if (!now || now > until) return reached;
    for (const body of elapsed(reached, {
      ...contextOf(reached, rules, now),
      actor: SYSTEM,
      key: null,
      mayAct: true,
    })) {
      if (body.type === 'nudged') {
        const { clock, dueAt, to } = body.data;
        fired.push({ at: now, clock, dueAt, to, subject: reached });
      }
      reached = apply(reached, { ...body, seq: reached.seq + 1, at: now, actor: SYSTEM, key: null });
    }
  }
}

function contextOf(
  { area, kind, severity }: Pick<CaseFacts, 'area' | 'kind' | 'severity'>,
  rules: Rules,
  now: Date,
): Pick<Context, 'now' | 'clock' | 'resume'> {
  const home = rules.area(area);
  const { policy } = rules;
  return { now, clock: clockMaker(policy, home, kind, severity), resume: clockResumer(policy, home) };
}

/** Whether time, the auditor or an admin's new policy made this event. */
const isOfTime = ({ type, actor }: CaseEvent): boolean =>
  type === 'woken' ? actor === SYSTEM : OF_TIME.includes(type);
const OF_TIME: readonly CaseEvent['type'][] = [
  'nudged',
  'promise_missed',
  'policy_applied',
  'clock_started',
  'clocks_corrected',
];

/** What somebody did, with the clocks that it starts under these rules. */
function underRules(facts: CaseFacts, event: CaseEvent, rules: Rules): CaseEvent {
  const { at } = event;
  const after = (change: Partial<Pick<CaseFacts, 'area' | 'severity'>> = {}) =>
    contextOf({ ...facts, ...change }, rules, at);
  const { clock, resume } = after();
  /** Work renews a promise that runs. */
  const renewed = (had: boolean) => {
    const isTheirs = had || event.actor === facts.owner;
    const next = isTheirs && facts.clocks.some(({ name }) => name === 'update') ? clock('update', at) : null;
    return next && promised('update', at, next.dueAt);
  };
  switch (event.type) {
    case 'routed': {
      const callback = event.data.clocks.find(({ name }) => name === 'callback');
      const { state, area } = event.data;
      const policeNumberMissing = facts.marks.includes('police_number_missing');
      const begun = { state, callbackAt: callback?.dueAt ?? null, policeNumberMissing };
      return { ...event, data: { ...event.data, clocks: firstClocks(after({ area }).clock, at, begun) } };
    }
    case 'note_added':
      return { ...event, data: { ...event.data, clock: renewed(event.data.clock !== null) } };
    case 'callback_made':
      return { ...event, data: { ...event.data, clock: renewed(event.data.clock !== null) } };
    case 'sp_contacted': {
      const { promise, ...data } = event.data;
      const next = promise && clock('sp_contact', at, promise.dueAt);
      return { ...event, data: { ...data, clock: renewed(data.clock !== null), ...(next ? { promise: next } : {}) } };
    }
    case 'woken':
      return { ...event, ...woken(facts, { now: at, resume }) };
    case 'reopened':
    case 'disputed':
      return {
        ...event,
        data: { ...event.data, clock: clock('acknowledge', at), owed: owedAgain(facts, { now: at, clock }) },
      };
    case 'reassigned':
      return { ...event, data: { ...event.data, clock: after({ area: event.data.area }).clock('acknowledge', at) } };
    case 'sent_to_manager': {
      const { area, severity } = event.data;
      return { ...event, data: { ...event.data, clock: after({ area, severity }).clock('acknowledge', at) } };
    }
    case 'severity_changed':
      return { ...event, data: { ...event.data, clock: after({ severity: event.data.to }).clock('acknowledge', at) } };
    case 'returned': {
      const { clock: _was, ...data } = event.data;
      const asked = clock('answer', at);
      return { ...event, data: { ...data, ...(asked ? { clock: asked } : {}) } };
    }
    case 'answered':
      return { ...event, data: { ...event.data, clock: clock('review', at) } };
    default:
      return event;
  }
}
