import { ANY_STATE } from './ask-access';
import type { MoveDefinition } from './definition';
import { text } from './dialog';
import { type AboutAccess, NOT_ASKING } from './grant-access';
import { by, NO_CLOCKS, type Reason } from './shared';

declare module './declared' {
  interface Moves {
    refuse_access: AboutAccess & Reason;
  }
  interface Events {
    access_refused: Moves['refuse_access'];
  }
}

/** The team that reads a case refuses someone's request for access (domain section 10). */
export const refuseAccess: MoveDefinition<'refuse_access', 'access_refused'> = {
  label: 'Refuse',
  named: null,
  who: 'reader',
  states: ANY_STATE,
  hindrance: null,
  dialog: {
    title: 'Refuse',
    submit: 'Refuse',
    fields: () => [{ kind: 'text', id: 'reason', label: 'Reason', hint: 'Sent to the person who asked.' }],
    read: (values, { about }) => ({ asked: { person: about, reason: text(values, 'reason') } }),
    stands: {},
  },
  texts: { person: 'code', reason: 'free' },
  decide: (facts, { person, reason }) =>
    facts.asking?.some((one) => one.person === person)
      ? [{ type: 'access_refused', data: { person, reason } }]
      : NOT_ASKING(facts, person),
  events: {
    access_refused: {
      access: ({ data: { person } }) => ({ how: 'refused', who: person }),
      apply: ({ asking = [] }, { data }) => ({ asking: asking.filter(({ person }) => person !== data.person) }),
      clocks: NO_CLOCKS,
      line: {
        say: ({ ref }, event) => ({
          text: `${ref}: access refused`,
          line: ['🔒 ', by(event), ' does not let ', { user: event.data.person }, ' read this:'],
          quoted: event.data.reason,
        }),
        outside: 'never',
        settles: ({ actor }) => ['🔒 Refused by ', { user: actor }, '.'],
      },
      dm: {
        to: (_facts, { data }) => [data.person],
        say: (_facts, { actor, data }) => ({
          text: 'access refused',
          line: ['🔒 ', { user: actor }, ' does not let you read this:'],
          quoted: data.reason,
          isForReader: true,
        }),
      },
    },
  },
};
