import { SYSTEM } from './actor';
import type { ClockName, RungTarget } from './allowance';
import { apply } from './apply';
import { type CaseFacts, nextNudgeAt } from './case';
import { clockMaker, clockResumer, promised } from './clocks';
import { applied } from './decide';
import type { Area } from './directory';
import type { CaseEvent } from './event';
import { eventOf } from './events';
import type { Context } from './moves/context';
import type { EventBody } from './moves/declared';
import { elapsed } from './moves/tick/elapsed';
import type { Policy } from './policy';
import type { Subject } from './reach';

/** A rung that fired: when, of which clock, to whom; and the case at that time. */
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
 * The rungs that would fire under a policy if people did the same: events caused by time are ignored, and each clock
 * starts again where a person's action started one. As if a tick came at each due time, up to and including `until`. A
 * policy applied to open cases meanwhile does not count.
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

/** What happens to a case by time alone up to `until`; adds the rungs that fire to a list. */
export function timePassed(facts: CaseFacts, rules: Rules, until: Date, fired: Fired[]): CaseFacts {
  let reached = facts;
  for (;;) {
    const now = nextNudgeAt(reached);
    if (!now || now > until) return reached;
    const passing = {
      ...contextOf(reached, rules, now),
      applied: (facts: CaseFacts, body: object) => applied(facts, body as EventBody, { now, actor: SYSTEM }),
    };
    for (const body of elapsed(reached, passing)) {
      if (body.type === 'nudged') {
        const { clock, dueAt, to } = body.data;
        fired.push({ at: now, clock, dueAt, to, subject: reached });
      }
      reached = applied(reached, body, { now, actor: SYSTEM });
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
const isOfTime = (event: CaseEvent): boolean => eventOf(event).clocks.isOfTime?.(event) ?? false;

/** A person's action, with the clocks that it starts under these rules. */
function underRules(facts: CaseFacts, event: CaseEvent, rules: Rules): CaseEvent {
  const { again } = eventOf(event).clocks;
  if (!again) return event;
  const { at } = event;
  const { clock, resume } = contextOf(facts, rules, at);
  const data = again(facts, event, {
    at,
    clock,
    resume,
    clockWith: (change) => contextOf({ ...facts, ...change }, rules, at).clock,
    renewed(had) {
      const isTheirs = had || event.actor === facts.owner;
      const next = isTheirs && facts.clocks.some(({ name }) => name === 'update') ? clock('update', at) : null;
      return next && promised('update', at, next.dueAt);
    },
  });
  return { ...event, data } as CaseEvent;
}
