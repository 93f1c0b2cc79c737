import { formOf } from '../forms';
import { answersHolding } from '../forms/engine';
import type { MoveDefinition } from './definition';
import { text } from './dialog';
import { by, NOTED } from './shared';

declare module './declared' {
  interface Moves {
    add_police_number: { readonly number: string; readonly agency: string };
  }
  interface Events {
    police_number_added: Moves['add_police_number'];
  }
}

/** Optional at first, asked again later (domain section 4). */
export const addPoliceNumber: MoveDefinition<'add_police_number', 'police_number_added'> = {
  label: 'Add police report number',
  named: null,
  who: 'informed',
  states: NOTED,
  hindrance: null,
  dialog: {
    title: 'Police report number',
    submit: 'Save',
    fields: () => [
      { kind: 'text', id: 'number', label: 'Report number', short: true },
      { kind: 'text', id: 'agency', label: 'Agency', short: true, optional: true },
    ],
    read: (values) => ({ asked: { number: text(values, 'number'), agency: text(values, 'agency') } }),
    stands: {},
  },
  // A number that Warmline asks for is not masked.
  texts: { number: 'code', agency: 'free' },
  decide: (_facts, { number, agency }) => [{ type: 'police_number_added', data: { number, agency } }],
  events: {
    police_number_added: {
      apply: ({ kind, answers, marks }, { data: { number, agency } }) => ({
        answers: {
          ...answers,
          ...answersHolding(formOf(kind), { police_number: number, police_agency: agency }),
        },
        marks: marks.filter((mark) => mark !== 'police_number_missing'),
      }),
      clocks: { answers: ['police_number'], action: 'adds the police report number', starts: null, again: null },
      line: {
        say: ({ ref }, event) => ({
          text: `${ref}: police report number added`,
          line: ['🚓 ', by(event), ' added the police report number.'],
          quoted: event.data.number,
        }),
        outside: 'never',
      },
      dm: null,
    },
  },
};
