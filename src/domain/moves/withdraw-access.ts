import { who } from '../case-words';
import { ANY_STATE } from './ask-access';
import type { MoveDefinition } from './definition';
import { type AboutAccess, grantsAt } from './grant-access';
import { by, NO_CLOCKS } from './shared';

declare module './declared' {
  interface Moves {
    withdraw_access: AboutAccess;
  }
  interface Events {
    access_withdrawn: AboutAccess;
  }
}

/** The team that reads a case withdraws someone's access (domain section 10). */
export const withdrawAccess: MoveDefinition<'withdraw_access', 'access_withdrawn'> = {
  label: 'Withdraw access',
  named: null,
  who: 'reader',
  states: ANY_STATE,
  hindrance: null,
  dialog: {
    title: 'Withdraw access',
    submit: 'Withdraw',
    fields: () => [{ kind: 'sentence', text: 'They can no longer read this case, from now on.' }],
    read: (_values, { about }) => ({ asked: { person: about } }),
    stands: {},
  },
  texts: { person: 'code' },
  decide: (facts, { person }, { now }) =>
    grantsAt(facts, now).some((one) => one.person === person)
      ? [{ type: 'access_withdrawn', data: { person } }]
      : `${who(person)} can no longer read ${facts.ref}: the access has ended.`,
  events: {
    access_withdrawn: {
      access: ({ data: { person } }) => ({ how: 'withdrawn', who: person }),
      apply: ({ grants = [] }, { data }) => ({ grants: grants.filter(({ person }) => person !== data.person) }),
      clocks: NO_CLOCKS,
      line: {
        say: ({ ref }, event) => ({
          text: `${ref}: access withdrawn`,
          line: ['🔒 ', by(event), ' ended the access of ', { user: event.data.person }, '.'],
        }),
        outside: 'never',
        settles: ({ actor }) => ['🔒 Withdrawn by ', { user: actor }, '.'],
      },
      dm: {
        to: (_facts, { data }) => [data.person],
        say: (_facts, { actor }) => ({
          text: 'access ended',
          line: ['🔒 ', { user: actor }, ' ended your access to this:'],
        }),
      },
    },
  },
};
