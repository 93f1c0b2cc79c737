import { goneAtHand, notesAtHand } from '../at-hand';
import type { CaseFacts, Clock, Note } from '../case';
import type { Aside } from '../event';
import { clipped, isNewer, type KnownNote, noteIn } from '../notes';
import type { Context } from './context';
import type { BodyOf, Events } from './declared';
import type { EventDefinition } from './definition';
import { by, counted, hidesReporter, NO_CLOCKS, noted, progressed, renewed, some } from './shared';

declare module './declared' {
  interface Events {
    note_added: {
      readonly id: string;
      readonly text: string;
      readonly clock: Clock | null;
      readonly aside?: Aside;
      readonly revision?: string;
      /** It was edited before Warmline heard of it. */
      readonly edited?: boolean;
    };
    /** `edited` false: its app changed it, no one edited it. */
    note_edited: Omit<Events['note_added'], 'clock'>;
    note_deleted: {
      readonly id: string;
      /** Warmline has not heard of the note before. */
      readonly unheard?: boolean;
    };
  }
}

/** A note's text. `revision`: its version of the reply (`revisionOf`). */
export interface Worded {
  readonly text: string;
  readonly aside?: Aside | undefined;
  readonly revision?: string;
  readonly edited?: boolean;
  /** Slack sent a version with the same text. */
  readonly sameWords?: boolean;
}

/** What is known of a move's note. */
export const known = (facts: CaseFacts, id: string, { note }: Context): KnownNote =>
  note === undefined ? noteIn(facts, id) : note;

/**
 * A version of a reply, in whatever order they arrive: the newest stays, and a deleted one does not come back.
 * `isUnheard`: whether it may be the first that Warmline hears of the reply.
 */
export function mirrored(
  facts: CaseFacts,
  { id, text, revision, aside, sameWords, edited = false }: Worded & { readonly id: string },
  context: Context,
  isUnheard: boolean,
): readonly BodyOf<'note_added' | 'note_edited'>[] {
  const note = known(facts, id, context);
  const data = { id, text: clipped(text), ...(aside ? { aside } : {}), ...(revision ? { revision } : {}) };
  if (note === 'gone') return [];
  if (!note) {
    if (!isUnheard) return [];
    const clock = renewed(facts, context);
    return [{ type: 'note_added', data: { ...data, clock, ...(edited ? { edited } : {}) } }];
  }
  if (sameWords && note.text === data.text) return [];
  const isNews = revision === undefined ? edited && note.text !== data.text : isNewer(revision, note);
  return isNews ? [{ type: 'note_edited', data: { ...data, ...(edited ? {} : { edited }) } }] : [];
}

const threadOf = (aside: Aside | undefined) =>
  aside === 'former' ? 'the thread of a card that is gone' : "the area's thread";

/** Notes mirrored from a thread of a full card need no line. */
const isTyped = (id: string) => id.startsWith('n');

export const noteAdded: EventDefinition<Events['note_added']> = {
  apply: (facts, { at, actor, data: { id, text, edited = false, revision, clock } }) => {
    const note: Note = { id, by: actor, at, text, edited, ...(revision ? { revision } : {}) };
    return { ...noted(facts, note), ...progressed(facts, clock) };
  },
  clocks: {
    answers: [],
    starts: ({ clock }) => some(clock),
    again: (_facts, { data }, { renewed: again }) => ({ ...data, clock: again(data.clock !== null) }),
  },
  line: {
    say: ({ ref }, event) =>
      event.data.aside
        ? {
            text: `${ref}: note from ${threadOf(event.data.aside)}`,
            line: [`📝 Note from ${threadOf(event.data.aside)} by `, by(event), ':'],
            quoted: event.data.text,
          }
        : { text: `${ref}: new note`, line: ['📝 ', by(event), ' added a note:'], quoted: event.data.text },
    // A reply that only its own thread has seen is shown in full cards' threads, never the other way around.
    outside: 'never',
    isHidden: ({ data: { aside, id } }) => !aside && !isTyped(id),
  },
  // The owner may not look at the thread, so they get what the reporter adds.
  dm: {
    to: ({ owner, reporter }, { actor, data }) => (actor === reporter && isTyped(data.id) ? [owner] : []),
    say: (facts, { actor, data }) => ({
      text: 'the agent added a note',
      line: hidesReporter(facts)
        ? ['💬 The agent who filed this added a note: it is in the thread of the full card.']
        : ['💬 ', { user: actor }, ', who filed this, adds:'],
      quoted: data.text,
    }),
  },
  about: ({ id }) => ({ note: id }),
};

export const noteEdited: EventDefinition<Events['note_edited']> = {
  apply: ({ notes }, { data: { id, text, edited = true, revision } }) => ({
    notes: notesAtHand(
      notes.map((note) =>
        note.id === id ? { ...note, text, edited: note.edited || edited, ...(revision ? { revision } : {}) } : note,
      ),
    ),
  }),
  clocks: NO_CLOCKS,
  line: {
    say: ({ ref }, event) => ({
      text: `${ref}: note changed in ${threadOf(event.data.aside)}`,
      line: ['📝 ', by(event), ` changed their note in ${threadOf(event.data.aside)}:`],
      quoted: event.data.text,
    }),
    outside: 'never',
    isHidden: ({ data: { aside } }) => !aside,
  },
  dm: null,
  about: ({ id }) => ({ note: id }),
};

export const noteDeleted: EventDefinition<Events['note_deleted']> = {
  apply: (facts, { data: { id, unheard = false } }) => ({
    notes: facts.notes.filter((note) => note.id !== id),
    goneNotes: goneAtHand([...(facts.goneNotes ?? []), id]),
    totals: counted(facts, 'notes', unheard ? 0 : -1),
  }),
  clocks: NO_CLOCKS,
  line: null,
  dm: null,
  about: ({ id }) => ({ note: id }),
};
