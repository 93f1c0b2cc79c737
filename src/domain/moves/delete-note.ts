import type { MoveDefinition } from './definition';
import { known, noteDeleted } from './note-events';
import { NOTED } from './shared';

declare module './declared' {
  interface Moves {
    delete_note: { readonly id: string };
  }
}

/** A reply was deleted; even one that Warmline has not heard of yet, which must not appear after its deletion. */
export const deleteNote: MoveDefinition<'delete_note', 'note_deleted'> = {
  label: 'Delete a note',
  named: null,
  who: 'anyone',
  states: [...NOTED, 'void'],
  hindrance: null,
  dialog: null,
  texts: { id: 'code' },
  recalls: ({ id }) => ({ note: id }),
  decide: (facts, { id }, context) => {
    const note = known(facts, id, context);
    if (note === 'gone') return [];
    return [{ type: 'note_deleted', data: { id, ...(note ? {} : { unheard: true }) } }];
  },
  events: { note_deleted: noteDeleted },
};
