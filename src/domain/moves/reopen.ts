import type { MoveDefinition } from './definition';
import { text } from './dialog';
import { type OpenAgain, type OpenedAgain, openedAgain, reopening } from './opened-again';
import { by } from './shared';

/** A closed case continues (domain section 7). */
export const reopen: MoveDefinition<OpenAgain, { reopened: OpenedAgain }> = {
  label: 'Reopen',
  named: 170,
  who: 'responsible',
  states: ['resolved', 'void'],
  hindrance: null,
  dialog: {
    title: 'Reopen',
    submit: 'Reopen',
    fields: () => [
      { kind: 'text', id: 'reason', label: 'Reason', hint: 'The case is open again and its clock starts over.' },
    ],
    read: (values) => ({ asked: { reason: text(values, 'reason') } }),
    stands: { menu: 70 },
  },
  texts: { reason: 'free' },
  decide: (facts, asked, context) => [{ type: 'reopened', data: openedAgain(facts, asked, context) }],
  events: {
    reopened: {
      ...reopening,
      line: {
        say: ({ ref }, event) => ({
          text: `${ref} reopened`,
          line: ['↩️ ', by(event), ' reopened this:'],
          quoted: event.data.reason,
        }),
        outside: 'same',
      },
      dm: null,
    },
  },
};
