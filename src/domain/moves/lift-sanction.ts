import type { Actor } from '../actor';
import { isInForce, LIFTABLE, type Liftable, type Sanction } from '../sp-standing';
import { capital } from '../wording';
import type { MoveDefinition } from './definition';
import { fault, text } from './dialog';
import { inForceWords } from './sanctions';
import { askedOf, by, NO_CLOCKS, NOTED, ownRequest, requestKey, waitingFor } from './shared';

declare module './declared' {
  interface Moves {
    lift_sanction: {
      /** The reason of the person who asks; empty for the one who agrees. */
      readonly reason: string;
      readonly what: Liftable;
    };
  }
  interface Events {
    sanction_lift_asked: Moves['lift_sanction'] & { readonly from?: readonly Actor[] };
    sanction_lifted: { readonly what: Liftable; readonly askedBy: Actor };
  }
}

export const LIFTABLE_WORDS: Readonly<Record<Liftable, string>> = {
  standing: 'the standing of the SP',
  ban: 'the ban of the driver or employee',
  both: 'the standing of the SP and the ban',
};

/** What is in force, in the order offered. */
const offered = ({ standing, banned }: Sanction): readonly Liftable[] =>
  standing && banned ? ['standing', 'ban', 'both'] : standing ? ['standing'] : ['ban'];

/** Ending early what a case set for its SP takes two: one asks with a reason, another agrees (domain section 12). */
export const liftSanction: MoveDefinition<'lift_sanction', 'sanction_lift_asked' | 'sanction_lifted'> = {
  label: 'Lift suspension or ban',
  named: null,
  who: 'keeper',
  states: NOTED,
  needs: ({ sanction }) => isInForce(sanction),
  barred: ({ ref, sanction }) =>
    isInForce(sanction) ? null : `Nothing that ${ref} set for the SP is in force anymore.`,
  hindrance: ({ sanction }, actor) => ownRequest(sanction?.lifting, actor),
  request: ({ sanction }) => requestKey(sanction?.lifting),
  dialog: {
    title: 'Lift suspension or ban',
    submit: 'Lift',
    fields: ({ sanction }) => {
      if (!isInForce(sanction)) return [{ kind: 'sentence', text: 'Nothing is in force anymore.' }];
      const stands = { kind: 'sentence', text: `This case has ${inForceWords(sanction)}.` } as const;
      const { lifting } = sanction;
      if (lifting)
        return [stands, { kind: 'sentence', text: `Request: end ${LIFTABLE_WORDS[lifting.what]}. ${lifting.reason}` }];
      const ways = offered(sanction);
      return [
        stands,
        ...(ways.length > 1
          ? [
              {
                kind: 'choice',
                look: 'radio_buttons',
                id: 'what',
                label: 'What ends',
                options: ways.map((value) => ({ value, label: capital(LIFTABLE_WORDS[value]) })),
              } as const,
            ]
          : []),
        {
          kind: 'text',
          id: 'reason',
          label: 'Reason',
          short: true,
          hint: 'Someone else has to agree before it ends.',
        },
      ];
    },
    read: (values) => {
      const what = LIFTABLE.find((one) => one === values.what);
      if ('what' in values && !what) return fault('what', 'Choose what ends.');
      return { asked: { reason: text(values, 'reason'), what: what ?? 'both' } };
    },
    stands: { menu: 92 },
  },
  texts: { reason: 'free' },
  calls: true,
  decide: ({ sanction }, { reason, what }, context) => {
    if (!isInForce(sanction)) return [];
    const { lifting } = sanction;
    if (!lifting) {
      const [only = 'both', ...more] = offered(sanction);
      return [{ type: 'sanction_lift_asked', data: { reason, what: more.length ? what : only, ...askedOf(context) } }];
    }
    return lifting.by === context.actor
      ? []
      : [{ type: 'sanction_lifted', data: { what: lifting.what, askedBy: lifting.by } }];
  },
  events: {
    sanction_lift_asked: {
      apply: ({ sanction }, { actor, at, data }) =>
        sanction ? { sanction: { ...sanction, lifting: { by: actor, at, ...data } } } : {},
      clocks: NO_CLOCKS,
      asks: { is: 'sanction', whom: ({ data }) => data.from ?? [] },
      line: {
        say: ({ ref }, event) => ({
          text: `${ref}: someone asks to lift a suspension or ban`,
          line: ['🔓 ', by(event), ` asks to end ${LIFTABLE_WORDS[event.data.what]}`, ...waitingFor(event.data.from)],
          quoted: event.data.reason,
        }),
        outside: 'never',
      },
      dm: null,
    },
    sanction_lifted: {
      apply: ({ sanction }, { data: { what } }) =>
        sanction
          ? {
              sanction: {
                standing: what === 'ban' ? sanction.standing : null,
                banned: what === 'standing' ? sanction.banned : null,
                lifting: null,
              },
            }
          : {},
      clocks: NO_CLOCKS,
      toDirectory: true,
      line: {
        say: ({ ref }, event) => ({
          text: `${ref}: ${LIFTABLE_WORDS[event.data.what]} ended`,
          line: ['🔓 ', by(event), ` agreed: ${LIFTABLE_WORDS[event.data.what]} ends now.`],
        }),
        outside: 'never',
      },
      dm: {
        to: (_facts, { data }) => [data.askedBy],
        say: (_facts, { actor, data }) => ({
          text: 'ended early',
          line: ['🔓 ', { user: actor }, ` agreed with you: ${LIFTABLE_WORDS[data.what]} ends now.`],
        }),
      },
    },
  },
};
