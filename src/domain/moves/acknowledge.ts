import type { Clock } from '../case';
import { who } from '../case-words';
import { promised } from '../clocks';
import { hearerOf } from '../hearer';
import type { MoveDefinition } from './definition';
import { moment } from './dialog';
import { by, reporters, some } from './shared';
import { awake } from './wake';

declare module './declared' {
  interface Moves {
    acknowledge: { readonly nextUpdateBy: Date };
  }
  interface Events {
    acknowledged: { readonly nextUpdateBy: Date; readonly clock: Clock };
  }
}

/** Someone takes care of it and promises the next update (domain section 7). */
export const acknowledge: MoveDefinition<'acknowledge', 'acknowledged', 'woken'> = {
  label: 'Acknowledge',
  named: 60,
  who: 'responsible',
  states: ['open', 'snoozed'],
  barred: ({ ref, acknowledged }) => acknowledged && `${who(acknowledged.by)} already acknowledged ${ref}.`,
  hindrance: null,
  dialog: {
    title: 'Acknowledge',
    submit: 'Acknowledge',
    fields: (_facts, { nextUpdateBy }) => [
      {
        kind: 'moment',
        id: 'next_update_by',
        label: 'Next update by',
        initial: nextUpdateBy,
        hint: 'Shown on the card as your promise. If it passes without an update, the case waits for an acknowledgment again.',
      },
    ],
    read: (values, { now }) => {
      const promise = moment(values, 'next_update_by', now);
      return 'at' in promise ? { asked: { nextUpdateBy: promise.at } } : promise;
    },
    atOnce: {
      asked: (_facts, { nextUpdateBy }) => ({ nextUpdateBy }),
      said: 'You acknowledged it.',
      change: 'change_promise',
    },
    stands: { row: 50, desk: 50, nudge: { acknowledge: 10, update: 10 }, isPrimary: () => true },
    several: {
      none: 'None of the cases on screen are waiting to be acknowledged. Choose another page or other filters first.',
      will: ({ nextUpdateBy }) => ({
        line: [
          ' will be acknowledged by you, with the next update promised by ',
          { date: nextUpdateBy },
          '. Each agent who filed one is told.',
        ],
      }),
      done: 'acknowledged',
    },
  },
  texts: {},
  decide: (facts, { nextUpdateBy }, context) => {
    if (nextUpdateBy <= context.now) return 'The next update must be promised for a time in the future.';
    const clock = promised('update', context.now, nextUpdateBy);
    return [...awake(facts, context), { type: 'acknowledged', data: { nextUpdateBy, clock } }];
  },
  events: {
    acknowledged: {
      apply: (facts, { at, actor, data }) => ({
        state: 'acknowledged',
        acknowledged: { by: actor, at, nextUpdateBy: data.nextUpdateBy },
        firstAcknowledged: facts.firstAcknowledged ?? { at, handedAt: facts.handedAt },
      }),
      // A promised time stays under any policy.
      clocks: {
        answers: ['acknowledge', 'update'],
        action: 'acknowledges it',
        starts: ({ clock }) => some(clock),
        again: null,
      },
      line: {
        say: ({ ref }, event) => ({
          text: `${ref} acknowledged`,
          line: ['👀 ', by(event), ' acknowledged. Next update by ', { date: event.data.nextUpdateBy }, '.'],
        }),
        outside: 'same',
      },
      dm: {
        to: reporters,
        say: (facts, { actor, data }) => {
          const hearer = hearerOf(facts);
          const told = hearer ? `You can tell the ${hearer}: you will hear from us by ` : 'The next update comes by ';
          return {
            text: 'acknowledged',
            line: ['👀 ', { user: actor }, ` is on your report. ${told}`, { date: data.nextUpdateBy }, '.'],
          };
        },
      },
    },
  },
};
