import type { MoveDefinition } from './definition';
import { text } from './dialog';
import { mirrored, noteAdded, type Worded } from './note-events';
import { NOTED, renewed } from './shared';

declare module './declared' {
  interface Moves {
    /** `id`: the reply it mirrors; null if it was typed in a window. */
    add_note: { readonly id: string | null } & Worded;
  }
}

/** A note, typed in a window or in the card's thread (domain section 7). */
export const addNote: MoveDefinition<'add_note', 'note_added', 'note_edited'> = {
  label: 'Add note',
  named: 190,
  who: 'anyone',
  states: NOTED,
  hindrance: null,
  dialog: {
    title: 'Add note',
    submit: 'Add note',
    fields: () => [
      { kind: 'text', id: 'note', label: 'Note', hint: 'A reply in the thread of the card becomes a note too.' },
    ],
    read: (values) => ({ asked: { id: null, text: text(values, 'note') } }),
    several: {
      none: 'You cannot add a note to any of the cases on screen. Choose another page or other filters first.',
      will: ({ text: said }) => ({ line: [' will get this note:'], quoted: said }),
      done: 'noted',
    },
    stands: {
      row: 70,
      desk: 70,
      review: 40,
      nudge: { acknowledge: 20, update: 20, callback: 20, sp_contact: 20 },
    },
  },
  texts: { id: 'code', text: 'free', revision: 'code' },
  recalls: ({ id }) => (id === null ? null : { note: id }),
  decide: (facts, note, context) =>
    note.id === null
      ? [{ type: 'note_added', data: { id: `n${facts.seq + 1}`, text: note.text, clock: renewed(facts, context) } }]
      : mirrored(facts, { ...note, id: note.id }, context, true),
  events: { note_added: noteAdded },
};
