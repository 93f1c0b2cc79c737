import { SYSTEM } from '../actor';
import type { CaseFacts, Clock } from '../case';
import type { Context } from './context';
import type { BodyOf, None } from './declared';
import type { MoveDefinition } from './definition';
import { called } from './shared';

declare module './declared' {
  interface Moves {
    wake: None;
  }
  interface Events {
    woken: { readonly clocks: readonly Clock[] };
  }
}

/** The end of a snooze: its clocks continue where they stopped, from its end or from now, whichever is earlier. */
export function woken({ hold, clocks }: CaseFacts, { now, resume }: Pick<Context, 'now' | 'resume'>): BodyOf<'woken'> {
  if (hold.is !== 'snoozed') return { type: 'woken', data: { clocks } };
  const at = hold.until < now ? hold.until : now;
  return { type: 'woken', data: { clocks: hold.suspended.map((clock) => resume(clock, hold.since, at)) } };
}

/** Ends a snooze if something answers it for good. */
export const awake = (facts: CaseFacts, context: Pick<Context, 'now' | 'resume'>) =>
  facts.hold.is === 'snoozed' ? [woken(facts, context)] : [];

/** A snooze is over. */
export const wake: MoveDefinition<'wake', 'woken'> = {
  label: 'Wake',
  named: null,
  who: 'responsible',
  states: ['snoozed'],
  hindrance: null,
  dialog: null,
  texts: {},
  decide: (facts, _asked, context) => awake(facts, context),
  events: {
    woken: {
      apply: ({ hold, state, acknowledged }, { data }) => {
        const promise = data.clocks.find(({ name }) => name === 'update');
        return {
          state: hold.is === 'snoozed' ? hold.resume : state,
          // The promise moved with its clock.
          ...(acknowledged && promise ? { acknowledged: { ...acknowledged, nextUpdateBy: promise.dueAt } } : {}),
        };
      },
      clocks: {
        answers: [],
        starts: null,
        again: (facts, _event, { at, resume }) => woken(facts, { now: at, resume }).data,
        isOfTime: ({ actor }) => actor === SYSTEM,
        after: (_facts, { data }) => ({ clocks: data.clocks, hold: { is: 'none' } }),
      },
      line: {
        say: (facts, _event, names) => ({
          text: `${facts.ref} is back`,
          line: ['🔔 ', ...called(facts, names), ' the snooze is over; the clocks continue where they stopped.'],
        }),
        outside: 'same',
        // If another move ends a snooze, that move's line is enough.
        isHidden: ({ actor }, alone) => actor !== SYSTEM && !alone,
        calls: true,
      },
      dm: null,
    },
  },
};
