import type { MoveDefinition } from './definition';
import { NO_CLOCKS, NOTED } from './shared';

declare module './declared' {
  interface Moves {
    /** `events`: the number of its events affected. */
    erase_words: { readonly events: number };
  }
  interface Events {
    words_erased: Moves['erase_words'];
  }
}

/** Words about a person were erased at their request; that this happened is recorded (domain section 10). */
export const eraseWords: MoveDefinition<'erase_words', 'words_erased'> = {
  label: 'Erase words about a person',
  named: null,
  who: 'system',
  states: ['submitted', ...NOTED, 'void'],
  hindrance: null,
  dialog: null,
  texts: {},
  decide: (_facts, { events }) => [{ type: 'words_erased', data: { events } }],
  events: {
    words_erased: {
      apply: () => ({}),
      clocks: NO_CLOCKS,
      line: {
        say: ({ ref }) => ({
          text: `${ref}: words about a person were erased`,
          line: [
            '🧽 Words about a person were erased from this record at their request. The proof of the record still holds.',
          ],
        }),
        outside: 'never',
      },
      dm: null,
    },
  },
};
