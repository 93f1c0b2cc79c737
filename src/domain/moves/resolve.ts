import type { Actor, CaseFacts, Clock } from '../case';
import { who } from '../case-words';
import type { Context } from '../decide';
import type { EventBase } from '../event';
import { hearerOf } from '../hearer';
import { needsFourEyes, OUTCOME_CODES, OUTCOMES, type OutcomeCode, outcomeLabel } from '../outcomes';
import type { Piece } from '../pieces';
import type { MoveDefinition } from './definition';
import { fault, text } from './dialog';
import { allAnswered, by, named, some, WORKED } from './shared';
import { awake, type Waking } from './wake';

interface Resolve {
  readonly outcome: OutcomeCode;
  readonly text: string;
}
/** An outcome that waits for someone else. */
interface ApprovalAsked extends Resolve {
  /** Those who may approve it, as far as they are told; absent in what was stored before anyone was. */
  readonly from?: readonly Actor[];
  readonly clock?: Clock | null;
}
export interface Resolved extends Resolve {
  /** Who asked, where a second pair of eyes had to approve (the actor then is the approver). */
  readonly askedBy: Actor | null;
}

/** What comes before the words for the reporter. */
const toTell = (facts: CaseFacts): string => {
  const hearer = hearerOf(facts);
  return hearer ? `. You can tell the ${hearer}:` : ', and says:';
};

/** Who may approve is told at once, and reminded by the policy. */
const asking = (asked: Resolve, { approvers = [], actor, clock, now }: Context): ApprovalAsked => ({
  ...asked,
  from: approvers.filter((id) => id !== actor),
  clock: clock('approval', now),
});

/** The person who resolved it; both, where one asked and another approved. */
const doers = (event: EventBase & { readonly data: Resolved }): readonly Piece[] =>
  event.data.askedBy
    ? [by(event), ' approved what ', { user: event.data.askedBy }, ' asked for, and it is resolved: ']
    : [by(event), ' resolved this: '];

/** What the person who asked for an outcome hears of it. */
const approved = (actor: Actor, { outcome }: Resolved) => ({
  text: 'approved and resolved',
  line: [
    '✅ ',
    { user: actor },
    ' approved the outcome you asked for: ',
    { bold: outcomeLabel(outcome) },
    '. The case is resolved.',
  ],
});

/** No case is resolved without an outcome; a starred one waits for a second pair of eyes (domain section 7). */
export const resolve: MoveDefinition<Resolve, { resolved: Resolved; approval_asked: ApprovalAsked }, Waking> = {
  label: 'Resolve',
  named: 90,
  who: 'responsible',
  states: WORKED,
  needs: ({ approval }) => approval === null,
  barred: ({ ref, approval }) =>
    approval && `${who(approval.by)} already asked to resolve ${ref}; it waits for a second manager.`,
  hindrance: null,
  calls: true,
  dialog: {
    title: 'Resolve',
    submit: 'Resolve',
    fields: () => [
      {
        kind: 'choice',
        look: 'static_select',
        id: 'outcome',
        label: 'Outcome',
        options: OUTCOMES.map(({ code, label, fourEyes }) => ({ value: code, label: fourEyes ? `${label} *` : label })),
        hint: 'Outcomes marked * wait until a second Area Manager or an admin approves them. Other needs words below.',
      },
      {
        kind: 'text',
        id: 'text',
        label: 'What the agent can tell the customer',
        hint: 'Sent to the agent who filed the report.',
        optional: true,
      },
    ],
    read: (values) => {
      const outcome = OUTCOME_CODES.find((code) => code === values.outcome);
      if (!outcome) return fault('outcome', 'Choose an outcome.');
      const said = text(values, 'text');
      if (outcome === 'other' && !said) return fault('text', 'Say here what came of it: “Other” alone tells no one.');
      return { asked: { outcome, text: said } };
    },
    several: {
      none: 'You cannot resolve any of the cases on screen. Choose another page or other filters first.',
      will: ({ outcome, text: said }) => ({
        line: needsFourEyes(outcome)
          ? [' will wait for a second approval, with the outcome ', { bold: outcomeLabel(outcome) }, '.']
          : [' will be resolved by you: ', { bold: outcomeLabel(outcome) }, '. Each agent who filed one is told.'],
        quoted: said,
      }),
      done: 'resolved, or waiting for a second approval where the outcome needs one',
    },
    stands: { row: 90, desk: 90, isPrimary: ({ state }) => state !== 'open' },
  },
  texts: { text: 'free' },
  decide: (facts, { outcome, text }, context) =>
    needsFourEyes(outcome)
      ? [...awake(facts, context), { type: 'approval_asked', data: asking({ outcome, text }, context) }]
      : [{ type: 'resolved', data: { outcome, text, askedBy: null } }],
  events: {
    resolved: {
      apply: (_facts, { at, actor, data: { outcome, text, askedBy } }) => ({
        state: 'resolved',
        approval: null,
        resolution: { outcome, text, by: actor, at, ...(askedBy ? { askedBy } : {}) },
      }),
      clocks: allAnswered('resolves it'),
      line: {
        say: ({ ref }, event) => ({
          text: `${ref} resolved`,
          line: ['✅ ', ...doers(event), { bold: outcomeLabel(event.data.outcome) }, '.'],
          quoted: event.data.text,
        }),
        outside: ({ ref }, event) => ({ text: `${ref} resolved`, line: ['✅ ', by(event), ' resolved this.'] }),
      },
      dm: {
        to: ({ reporter, followers }, { data }) => [reporter, ...followers, data.askedBy],
        say: (facts, { actor, data }, { to }) => {
          if (to === data.askedBy && to !== facts.reporter) return approved(actor, data);
          return {
            text: `resolved, ${outcomeLabel(data.outcome)}`,
            line: [
              '✅ ',
              { user: actor },
              ' resolved your report: ',
              { bold: outcomeLabel(data.outcome) },
              data.text ? toTell(facts) : '.',
            ],
            quoted: data.text,
            buttons: to === facts.reporter ? ['dispute'] : [],
          };
        },
      },
    },
    approval_asked: {
      apply: (_facts, { at, actor, data: { outcome, text, from } }) => ({
        approval: { outcome, text, by: actor, at, ...(from ? { from } : {}) },
      }),
      clocks: {
        answers: [],
        starts: ({ clock }) => some(clock),
        again: (_facts, { data }, { at, clock }) => ({ ...data, clock: clock('approval', at) }),
      },
      asks: ({ data }) => data.from ?? [],
      line: {
        say: ({ ref }, event) => ({
          text: `${ref} needs a second approval`,
          line: [
            '👥 ',
            by(event),
            ' asks for ',
            { bold: outcomeLabel(event.data.outcome) },
            ...(event.data.from?.length
              ? ['. It waits for ', ...named(event.data.from), '.']
              : ['. Another manager or an admin has to approve it.']),
          ],
          quoted: event.data.text,
        }),
        outside: 'never',
      },
      dm: null,
    },
  },
};
