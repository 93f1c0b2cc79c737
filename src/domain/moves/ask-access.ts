import { isRestricted } from '../access';
import type { CaseState } from '../case';
import type { MoveDefinition } from './definition';
import { fault, text } from './dialog';
import { by, NO_CLOCKS, NOTED } from './shared';

declare module './declared' {
  interface Moves {
    ask_access: { readonly reason: string; readonly hours: number };
  }
  interface Events {
    access_asked: Moves['ask_access'];
  }
}

/** Access can be requested and granted in any state of the case. */
export const ANY_STATE: readonly CaseState[] = [...NOTED, 'void'];

const SPANS: Readonly<Record<string, string>> = { 1: '1 hour', 8: '8 hours', 24: '24 hours', 168: '7 days' };
/** How long someone wants access, in words. */
export const spanWords = (hours: number): string => SPANS[hours] ?? `${hours} hours`;

/** How many requests can wait on a case at once. */
const MOST_ASKING = 20;

/** Someone who may not read a need-to-know case asks those who do (domain section 10). */
export const askAccess: MoveDefinition<'ask_access', 'access_asked'> = {
  label: 'Ask for access',
  named: null,
  who: 'outsider',
  states: ANY_STATE,
  needs: ({ kind }) => isRestricted(kind),
  hindrance: ({ ref, asking = [] }, actor) => {
    if (asking.some(({ person }) => person === actor))
      return `You already asked to read ${ref}. You get a DM as soon as its team answers.`;
    return asking.length < MOST_ASKING
      ? null
      : `${asking.length} people wait for access to ${ref}. Ask again once its team has answered some of them.`;
  },
  dialog: {
    title: 'Ask for access',
    submit: 'Ask',
    fields: () => [
      {
        kind: 'text',
        id: 'reason',
        label: 'Why do you need to read it?',
        hint: 'Shown to the team that reads this case. Every read is on record.',
      },
      {
        kind: 'choice',
        id: 'hours',
        label: 'For how long?',
        look: 'radio_buttons',
        options: Object.entries(SPANS).map(([value, label]) => ({ value, label })),
        initial: '24',
      },
    ],
    read: (values) => {
      const hours = String(values.hours ?? '');
      if (!SPANS[hours]) return fault('hours', 'Choose for how long.');
      return { asked: { reason: text(values, 'reason'), hours: Number(hours) } };
    },
    stands: { outside: 10 },
  },
  texts: { reason: 'free' },
  decide: (_facts, { reason, hours }) => [{ type: 'access_asked', data: { reason, hours } }],
  events: {
    access_asked: {
      apply: ({ asking = [] }, { actor, data: { hours } }) => ({ asking: [...asking, { person: actor, hours }] }),
      clocks: NO_CLOCKS,
      line: {
        say: ({ ref }, event) => ({
          text: `${ref}: access asked for`,
          line: ['🔑 ', by(event), ` asks to read this case for ${spanWords(event.data.hours)}:`],
          quoted: event.data.reason,
          offers: { moves: ['grant_access', 'refuse_access'], about: event.actor },
        }),
        outside: 'never',
      },
      dm: null,
      access: ({ actor, data: { hours } }) => ({ how: 'asked', who: actor, hours }),
    },
  },
};
