import { type Dialog, text, textInput } from './dialog';

export const addNote: Dialog = {
  id: 'add_note',
  title: 'Add note',
  submit: 'Add note',
  blocks: () => [textInput('note', 'Note', { hint: 'A reply in the thread of the card becomes a note too.' })],
  read: (values) => ({ move: { type: 'add_note', id: null, text: text(values, 'note') } }),
};
