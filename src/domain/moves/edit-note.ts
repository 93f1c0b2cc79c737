import type { MoveDefinition } from './definition';
import { mirrored, type NoteAdded, type NoteEdited, noteEdited, type Worded } from './note-events';
import { NOTED } from './shared';

/** `edited` false: its app changed it. */
type EditNote = { readonly id: string } & Worded;

/** The newer version of a reply, which may arrive before the reply itself. */
export const editNote: MoveDefinition<EditNote, { note_edited: NoteEdited }, { note_added: NoteAdded }> = {
  label: 'Edit a note',
  named: null,
  who: 'anyone',
  // The original text stays once the case is void, but people can still retract it.
  states: [...NOTED, 'void'],
  hindrance: null,
  dialog: null,
  texts: { id: 'code', text: 'free', revision: 'code' },
  recalls: ({ id }) => ({ note: id }),
  // An edit without a version needs an existing note.
  decide: (facts, note, context) =>
    mirrored(
      facts,
      { ...note, edited: note.edited ?? true },
      context,
      note.revision !== undefined && NOTED.includes(facts.state),
    ),
  events: { note_edited: noteEdited },
};
