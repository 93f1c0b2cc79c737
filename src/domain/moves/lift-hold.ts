import { type Actor, SYSTEM } from '../actor';
import type { CaseFacts } from '../case';
import { holdReason } from '../legal-hold';
import type { None } from './declared';
import type { MoveDefinition } from './definition';
import { text } from './dialog';
import { askedOf, by, NO_CLOCKS, NOTED, ownRequest, type Reason, requestKey, waitingFor } from './shared';

declare module './declared' {
  interface Moves {
    lift_hold: Reason;
  }
  interface Events {
    hold_lift_asked: Reason & { readonly from?: readonly Actor[] };
    hold_lifted: None;
  }
}

/** Lifting a legal hold takes two people: one asks, and another agrees (domain section 10). */
export const liftHold: MoveDefinition<'lift_hold', 'hold_lift_asked' | 'hold_lifted'> = {
  label: 'Lift legal hold',
  named: null,
  who: 'keeper',
  states: [...NOTED, 'void'],
  needs: (facts) => holdReason(facts) !== null,
  hindrance: ({ legalHold }, actor) => ownRequest(legalHold?.lifting, actor),
  request: (facts) => requestKey(asking(facts)),
  dialog: {
    title: 'Lift legal hold',
    submit: 'Lift',
    fields: (facts) => [
      { kind: 'sentence', text: `Held because: ${holdReason(facts) ?? 'not on hold anymore.'}` },
      asking(facts)
        ? { kind: 'sentence', text: `Request to lift it: ${asking(facts)?.reason}` }
        : {
            kind: 'text',
            id: 'reason',
            label: 'Reason',
            short: true,
            hint: 'Someone else has to agree before the hold ends.',
          },
    ],
    read: (values) => ({ asked: { reason: text(values, 'reason') } }),
    stands: { menu: 95 },
  },
  texts: { reason: 'free' },
  calls: true,
  decide: (facts, { reason }, context) => {
    const asked = asking(facts);
    if (!asked) return [{ type: 'hold_lift_asked', data: { reason, ...askedOf(context) } }];
    if (asked.by === context.actor) return [];
    return [{ type: 'hold_lifted', data: {} }];
  },
  events: {
    hold_lift_asked: {
      apply: (facts, { actor, at, data }) => ({
        legalHold: { ...held(facts), lifting: { by: actor, at, ...data } },
      }),
      clocks: NO_CLOCKS,
      asks: { is: 'legal_hold', whom: ({ data }) => data.from ?? [] },
      line: {
        say: ({ ref }, event) => ({
          text: `${ref}: someone asks to lift the legal hold`,
          line: ['⚖️ ', by(event), ' asks to lift the legal hold', ...waitingFor(event.data.from)],
          quoted: event.data.reason,
        }),
        outside: 'never',
      },
      dm: null,
    },
    hold_lifted: {
      apply: () => ({ legalHold: null }),
      clocks: NO_CLOCKS,
      line: {
        say: ({ ref }, event) => ({
          text: `${ref}: legal hold lifted`,
          line: ['⚖️ ', by(event), ' agreed: the legal hold is lifted.'],
        }),
        outside: 'never',
      },
      dm: null,
    },
  },
};

const asking = ({ legalHold }: Pick<CaseFacts, 'legalHold'>) => legalHold?.lifting ?? null;

/** The hold that someone placed, or that follows from the case. */
const held = (facts: CaseFacts) =>
  facts.legalHold ?? { by: SYSTEM, at: facts.filedAt, reason: holdReason(facts) ?? '', lifting: null };
