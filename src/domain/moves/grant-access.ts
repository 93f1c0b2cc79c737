import type { Actor } from '../actor';
import type { AccessGrant, CaseFacts } from '../case';
import { who } from '../case-words';
import { ANY_STATE } from './ask-access';
import type { MoveDefinition } from './definition';
import { by, NO_CLOCKS } from './shared';

declare module './declared' {
  interface Moves {
    grant_access: AboutAccess;
  }
  interface Events {
    access_granted: AboutAccess & { readonly until: Date };
  }
}

/** Whose access it is about. */
export interface AboutAccess {
  readonly person: Actor;
}

const HOUR_MS = 60 * 60_000;

/** Why a request that no longer waits cannot be answered. */
export const NOT_ASKING = ({ ref }: CaseFacts, person: Actor): string =>
  `${who(person)} no longer waits for access to ${ref}: someone already answered.`;

/** The grants of a case that have not ended; the others are in its history. */
export const grantsAt = ({ grants = [] }: Pick<CaseFacts, 'grants'>, now: Date): readonly AccessGrant[] =>
  grants.filter(({ until }) => until > now);

/** The team that reads a case grants someone access for a while (domain section 10). */
export const grantAccess: MoveDefinition<'grant_access', 'access_granted'> = {
  label: 'Grant',
  named: null,
  who: 'reader',
  states: ANY_STATE,
  hindrance: null,
  dialog: {
    title: 'Grant',
    submit: 'Grant',
    fields: () => [{ kind: 'sentence', text: 'They can read this case for the time they asked for.' }],
    read: (_values, { about }) => ({ asked: { person: about } }),
    atOnce: {
      asked: (_facts, { about }) => ({ person: about }),
      said: 'They can read it now, and got a DM. The access ends automatically.',
      change: 'withdraw_access',
    },
    stands: {},
  },
  texts: { person: 'code' },
  decide: (facts, { person }, { actor, now }) => {
    const request = facts.asking?.find((one) => one.person === person);
    if (person === actor) return 'You cannot grant your own request: someone else on the team has to answer it.';
    if (facts.subjects.includes(person)) return `${facts.ref} is about ${who(person)}, who cannot read it.`;
    if (!request) return NOT_ASKING(facts, person);
    return [{ type: 'access_granted', data: { person, until: new Date(+now + request.hours * HOUR_MS) } }];
  },
  events: {
    access_granted: {
      access: ({ data: { person, until } }) => ({ how: 'granted', who: person, until }),
      apply: (facts, { seq, at, actor, data: { person, until } }) => ({
        asking: facts.asking?.filter((one) => one.person !== person) ?? [],
        grants: [...grantsAt(facts, at).filter((one) => one.person !== person), { person, by: actor, until, seq }],
      }),
      clocks: NO_CLOCKS,
      line: {
        say: ({ ref }, event) => ({
          text: `${ref}: access granted`,
          line: [
            '🔓 ',
            by(event),
            ' lets ',
            { user: event.data.person },
            ' read this until ',
            { date: event.data.until },
            '.',
          ],
          offers: { moves: ['withdraw_access'], about: event.data.person },
        }),
        outside: 'never',
        settles: ({ actor, data: { until } }) => ['🔓 Granted by ', { user: actor }, ' until ', { date: until }, '.'],
      },
      dm: {
        to: (_facts, { data }) => [data.person],
        say: ({ ref }, { actor, data }) => ({
          text: 'you can read it',
          line: [
            '🔓 ',
            { user: actor },
            ' lets you read this until ',
            { date: data.until },
            `. Type /case ${ref} and press Timeline:`,
          ],
        }),
      },
    },
  },
};
