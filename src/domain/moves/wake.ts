import { type CaseFacts, type Clock, SYSTEM } from '../case';
import type { Context } from '../decide';
import type { MoveDefinition, None } from './definition';
import { called } from './shared';

interface Woken {
  readonly clocks: readonly Clock[];
}
/** The event for the end of a snooze, for moves that end one. */
export interface Waking {
  woken: Woken;
}

/** The end of a snooze: its clocks continue where they stopped, from its end or from now, whichever is earlier. */
export function woken(
  { hold, clocks }: CaseFacts,
  { now, resume }: Pick<Context, 'now' | 'resume'>,
): { readonly type: 'woken'; readonly data: Woken } {
  if (hold.is !== 'snoozed') return { type: 'woken', data: { clocks } };
  const at = hold.until < now ? hold.until : now;
  return { type: 'woken', data: { clocks: hold.suspended.map((clock) => resume(clock, hold.since, at)) } };
}

/** Ends a snooze if something answers it for good. */
export const awake = (facts: CaseFacts, context: Pick<Context, 'now' | 'resume'>) =>
  facts.hold.is === 'snoozed' ? [woken(facts, context)] : [];

/** A snooze is over. */
export const wake: MoveDefinition<None, { woken: Woken }> = {
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
      apply: ({ hold, state }) => ({ state: hold.is === 'snoozed' ? hold.resume : state }),
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
