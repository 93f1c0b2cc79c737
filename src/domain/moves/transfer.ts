import type { Actor } from '../actor';
import type { MoveDefinition } from './definition';
import { by, NO_CLOCKS, WORKED } from './shared';

declare module './declared' {
  interface Moves {
    transfer: { readonly connected: boolean; readonly specialist: Actor | null; readonly summary: string };
  }
  interface Events {
    transferred: Moves['transfer'];
  }
}

/** A caller is connected with a specialist, who then owns the case (domain section 5). */
export const transfer: MoveDefinition<'transfer', 'transferred'> = {
  label: 'Warm transfer',
  named: null,
  who: 'anyone',
  states: WORKED,
  hindrance: null,
  dialog: null,
  texts: { specialist: 'code', summary: 'free' },
  decide: (_facts, { connected, specialist, summary }) => [
    { type: 'transferred', data: { connected, specialist, summary } },
  ],
  events: {
    transferred: {
      apply: (_facts, { data: { specialist } }) => (specialist ? { owner: specialist } : {}),
      clocks: NO_CLOCKS,
      line: {
        say: ({ ref }, event) => ({
          text: `${ref}: warm transfer`,
          line: event.data.specialist
            ? ['☎️ ', by(event), ' connected the caller with ', { user: event.data.specialist }, '.']
            : ['☎️ ', by(event), ' reached no one and left a voicemail.'],
          quoted: event.data.summary,
        }),
        outside: 'never',
      },
      dm: {
        to: (_facts, { data }) => [data.specialist],
        say: (_facts, { actor }) => ({
          text: 'a caller for you',
          line: [
            '☎️ ',
            { user: actor },
            ' connected a caller with you. The summary is on the card: the caller does not have to repeat the story.',
          ],
        }),
      },
    },
  },
};
