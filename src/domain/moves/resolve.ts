import type { Actor, CaseFacts } from '../case';
import { who } from '../case-words';
import { hearerOf } from '../hearer';
import { needsFourEyes, OUTCOME_CODES, OUTCOMES, type OutcomeCode, outcomeLabel } from '../outcomes';
import type { MoveDefinition } from './definition';
import { fault, text } from './dialog';
import { allAnswered, by, NO_CLOCKS, WORKED } from './shared';

interface Resolve {
  readonly outcome: OutcomeCode;
  readonly text: string;
}
export interface Resolved extends Resolve {
  /** Who asked, where a second pair of eyes had to approve (the actor then is the approver). */
  readonly askedBy: Actor | null;
}

/** What comes before the words for whoever filed it. */
const toTell = (facts: CaseFacts): string => {
  const hearer = hearerOf(facts);
  return hearer ? `. You can tell the ${hearer}:` : ', and says:';
};

/** No case is resolved without an outcome; a starred one waits for a second pair of eyes (domain section 7). */
export const resolve: MoveDefinition<Resolve, { resolved: Resolved; approval_asked: Resolve }> = {
  label: 'Resolve',
  named: 90,
  who: 'responsible',
  states: WORKED,
  needs: ({ approval }) => approval === null,
  barred: ({ ref, approval }) =>
    approval && `${who(approval.by)} already asked to resolve ${ref}; it waits for a second manager.`,
  hindrance: null,
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
        hint: 'Outcomes marked * wait until a second Area Manager or an admin approves them.',
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
      return outcome ? { asked: { outcome, text: text(values, 'text') } } : fault('outcome', 'Choose an outcome.');
    },
    stands: { row: 90, desk: 90, isPrimary: ({ state }) => state !== 'open' },
  },
  texts: { text: 'free' },
  decide: (_facts, { outcome, text }) =>
    needsFourEyes(outcome)
      ? [{ type: 'approval_asked', data: { outcome, text } }]
      : [{ type: 'resolved', data: { outcome, text, askedBy: null } }],
  events: {
    resolved: {
      apply: (_facts, { at, actor, data: { outcome, text } }) => ({
        state: 'resolved',
        approval: null,
        resolution: { outcome, text, by: actor, at },
      }),
      clocks: allAnswered('resolves it'),
      line: {
        say: ({ ref }, event) => ({
          text: `${ref} resolved`,
          line: ['✅ ', by(event), ' resolved this: ', { bold: outcomeLabel(event.data.outcome) }, '.'],
          quoted: event.data.text,
        }),
        outside: ({ ref }, event) => ({ text: `${ref} resolved`, line: ['✅ ', by(event), ' resolved this.'] }),
      },
      dm: {
        to: ({ reporter, followers }) => [reporter, ...followers],
        say: (facts, { actor, data }, { to }) => ({
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
        }),
      },
    },
    approval_asked: {
      apply: (_facts, { at, actor, data }) => ({ approval: { ...data, by: actor, at } }),
      clocks: NO_CLOCKS,
      line: {
        say: ({ ref }, event) => ({
          text: `${ref} needs a second approval`,
          line: [
            '👥 ',
            by(event),
            ' asks for ',
            { bold: outcomeLabel(event.data.outcome) },
            '. Another Area Manager or an admin has to approve it on the card.',
          ],
          quoted: event.data.text,
        }),
        outside: 'never',
      },
      dm: null,
    },
  },
};
