import type { MoveDefinition } from './definition';
import { mirrored, noteEdited, type Worded } from './note-events';
import { NOTED } from './shared';

declare module './declared' {
  interface Moves {
    /** `edited` false: its app changed it. */
    edit_note: { readonly id: string } & Worded;
  }
}

/** The newer version of a reply, which may arrive before the reply itself. */
export const editNote: MoveDefinition<'edit_note', 'note_edited', 'note_added'> = {
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
