import { contactsAtHand } from '../at-hand';
import type { Clock } from '../case';
import type { MoveDefinition } from './definition';
import { moment, text } from './dialog';
import { by, counted, progressed, renewed, some, WORKED } from './shared';

declare module './declared' {
  interface Moves {
    log_sp_contact: {
      readonly reached: boolean;
      readonly text: string;
      /** When the SP promised to get back. */
      readonly backBy?: Date;
    };
  }
  interface Events {
    sp_contacted: {
      readonly reached: boolean;
      readonly text: string;
      readonly clock: Clock | null;
      /** The clock of what the SP promised, if anything. */
      readonly promise?: Clock;
    };
  }
}

/** An attempt to reach the SP (domain section 6). */
export const logSpContact: MoveDefinition<'log_sp_contact', 'sp_contacted'> = {
  label: 'Log SP contact',
  named: 70,
  who: 'responsible',
  states: WORKED,
  hindrance: null,
  dialog: {
    title: 'Log SP contact',
    submit: 'Log contact',
    fields: () => [
      {
        kind: 'choice',
        look: 'radio_buttons',
        id: 'reached',
        label: 'Did you reach the SP?',
        options: [
          { value: 'yes', label: 'Yes, reached' },
          { value: 'no', label: 'No, not reached' },
        ],
      },
      {
        kind: 'text',
        id: 'text',
        label: 'What was said or left',
        hint: 'For example: voicemail left, will call back tomorrow.',
      },
      {
        kind: 'moment',
        id: 'back_by',
        label: 'The SP promised to get back by',
        optional: true,
        hint: 'If no one logs that the SP was reached by then, Warmline reminds the owner.',
      },
    ],
    read: (values, { now }) => {
      const asked = { reached: values.reached === 'yes', text: text(values, 'text') };
      if (values.back_by === undefined) return { asked };
      const promise = moment(values, 'back_by', now);
      return 'at' in promise ? { asked: { ...asked, backBy: promise.at } } : promise;
    },
    stands: { row: 80, nudge: { sp_contact: 10 } },
  },
  texts: { text: 'free' },
  decide: (facts, { reached, text, backBy }, context) => {
    if (backBy && backBy <= context.now) return 'Choose a time in the future for the SP to get back.';
    const promise = backBy && context.clock('sp_contact', context.now, backBy);
    const clock = renewed(facts, context);
    return [{ type: 'sp_contacted', data: { reached, text, clock, ...(promise ? { promise } : {}) } }];
  },
  events: {
    sp_contacted: {
      apply: (facts, { at, actor, data: { reached, text, clock } }) => ({
        contacts: contactsAtHand([...facts.contacts, { at, by: actor, reached, text }]),
        totals: counted(facts, 'contacts'),
        ...progressed(facts, clock),
      }),
      clocks: {
        answers: ['sp_contact'],
        action: 'reaches the SP',
        answersIf: ({ reached }) => reached,
        starts: ({ clock, promise }) => [...some(clock), ...some(promise)],
        again: (_facts, { data: { promise, ...data } }, { at, clock, renewed: again }) => {
          const next = promise && clock('sp_contact', at, promise.dueAt);
          return { ...data, clock: again(data.clock !== null), ...(next ? { promise: next } : {}) };
        },
      },
      line: {
        say: ({ ref }, event) => {
          const { reached, promise, text } = event.data;
          return {
            text: `${ref}: SP contact logged`,
            line: [
              '📞 ',
              by(event),
              reached ? ' reached the SP' : ' tried the SP and did not reach them',
              ...(promise
                ? [reached ? ', who promised to get back by ' : '; they are to get back by ', { date: promise.dueAt }]
                : []),
              ':',
            ],
            quoted: text,
          };
        },
        outside: 'never',
      },
      dm: null,
    },
  },
};
