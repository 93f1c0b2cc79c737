import type { Actor } from '../actor';
import { waitsOf } from '../asks';
import type { AskedFor } from '../mailbox';
import type { MoveDefinition, Standing } from './definition';
import { text } from './dialog';
import { by, NO_CLOCKS, NOTED, type Reason, requestKey } from './shared';

declare module './declared' {
  interface Moves {
    refuse_lifting: Reason;
  }
  interface Events {
    lifting_refused: Reason & {
      /** What was asked for, and by whom. */
      readonly what: readonly Lifting[];
      readonly askedBy: readonly Actor[];
    };
  }
}

type Lifting = Exclude<AskedFor, 'approval'>;

const WORDS: Readonly<Record<Lifting, string>> = {
  sanction: 'the early end of the suspension or ban',
  legal_hold: 'the end of the legal hold',
};
const wordsOf = (what: readonly Lifting[]) => what.map((one) => WORDS[one]).join(' and ');

const asked = (facts: Standing) => waitsOf(facts).flatMap(({ is, by }) => (is === 'approval' ? [] : [{ is, by }]));

/** A request to lift something is refused, or withdrawn: it stays in force (domain sections 10 and 12). */
export const refuseLifting: MoveDefinition<'refuse_lifting', 'lifting_refused'> = {
  label: 'Refuse lifting',
  named: null,
  who: 'keeper',
  states: [...NOTED, 'void'],
  needs: (facts) => asked(facts).length > 0,
  barred: (facts) => (asked(facts).length ? null : `No one is asking to lift anything on ${facts.ref} anymore.`),
  hindrance: null,
  request: ({ sanction, legalHold }) => `${requestKey(sanction?.lifting)} ${requestKey(legalHold?.lifting)}`,
  dialog: {
    title: 'Refuse lifting',
    submit: 'Refuse',
    fields: (facts) => [
      { kind: 'sentence', text: `Request: ${wordsOf(asked(facts).map(({ is }) => is)) || 'nothing anymore'}.` },
      { kind: 'text', id: 'reason', label: 'Reason', short: true, hint: 'Sent to the person who asked.' },
    ],
    read: (values) => ({ asked: { reason: text(values, 'reason') } }),
    stands: { menu: 96 },
  },
  texts: { reason: 'free' },
  decide: (facts, { reason }) => {
    const all = asked(facts);
    if (!all.length) return [];
    const askedBy = [...new Set(all.map((one) => one.by))];
    return [{ type: 'lifting_refused', data: { reason, what: all.map(({ is }) => is), askedBy } }];
  },
  events: {
    lifting_refused: {
      apply: ({ sanction, legalHold }) => ({
        ...(sanction?.lifting ? { sanction: { ...sanction, lifting: null } } : {}),
        ...(legalHold?.lifting ? { legalHold: { ...legalHold, lifting: null } } : {}),
      }),
      clocks: NO_CLOCKS,
      line: {
        say: ({ ref }, event) => ({
          text: `${ref}: ${wordsOf(event.data.what)} was refused`,
          line: ['🔒 ', by(event), ` refused ${wordsOf(event.data.what)}:`],
          quoted: event.data.reason,
        }),
        outside: 'never',
      },
      dm: {
        to: (_facts, { data }) => data.askedBy,
        say: (_facts, { actor, data }) => ({
          text: 'lifting refused',
          line: ['🔒 ', { user: actor }, ' refused what you asked for:'],
          quoted: data.reason,
        }),
      },
    },
  },
};
