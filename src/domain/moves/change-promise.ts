import type { Clock } from '../case';
import { promised } from '../clocks';
import type { MoveDefinition } from './definition';
import { moment } from './dialog';
import { by, reporters, some } from './shared';

declare module './declared' {
  interface Moves {
    change_promise: { readonly nextUpdateBy: Date };
  }
  interface Events {
    promise_changed: Moves['change_promise'] & { readonly clock: Clock };
  }
}

/** The person who answers for a case promises its next update for another time (domain section 7). */
export const changePromise: MoveDefinition<'change_promise', 'promise_changed'> = {
  label: 'Change next update',
  named: 105,
  who: 'responsible',
  states: ['acknowledged', 'in_progress'],
  hindrance: null,
  dialog: {
    title: 'Change next update',
    submit: 'Promise',
    fields: ({ clocks }, { nextUpdateBy }) => [
      {
        kind: 'moment',
        id: 'next_update_by',
        label: 'Next update by',
        initial: clocks.find(({ name }) => name === 'update')?.dueAt ?? nextUpdateBy,
        hint: 'Shown on the card as your promise. The agent is told.',
      },
    ],
    read: (values, { now }) => {
      const promise = moment(values, 'next_update_by', now);
      return 'at' in promise ? { asked: { nextUpdateBy: promise.at } } : promise;
    },
    stands: { menu: 5, desk: 55 },
  },
  texts: {},
  decide: ({ clocks }, { nextUpdateBy }, { now }) => {
    if (nextUpdateBy <= now) return 'The next update must be promised for a time in the future.';
    if (clocks.some(({ name, dueAt }) => name === 'update' && +dueAt === +nextUpdateBy)) return [];
    return [{ type: 'promise_changed', data: { nextUpdateBy, clock: promised('update', now, nextUpdateBy) } }];
  },
  events: {
    promise_changed: {
      apply: ({ acknowledged }, { data: { nextUpdateBy } }) => ({
        acknowledged: acknowledged && { ...acknowledged, nextUpdateBy },
      }),
      clocks: { answers: ['update'], action: 'promises another time', starts: ({ clock }) => some(clock), again: null },
      line: {
        say: ({ ref }, event) => ({
          text: `${ref}: next update changed`,
          line: ['🕓 ', by(event), ' promises the next update by ', { date: event.data.nextUpdateBy }, '.'],
        }),
        outside: 'same',
      },
      dm: {
        to: reporters,
        say: (_facts, { actor, data }) => ({
          text: 'next update changed',
          line: ['🕓 ', { user: actor }, ' now promises the next update by ', { date: data.nextUpdateBy }, '.'],
        }),
      },
    },
  },
};
