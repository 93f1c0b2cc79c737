import { isRestricted } from '../access';
import type { Actor } from '../actor';
import type { CaseFacts, Clock } from '../case';
import { who } from '../case-words';
import { unanswered } from '../clocks';
import type { EventBase } from '../event';
import { hearerOf } from '../hearer';
import { heldAgain } from '../legal-hold';
import {
  factsAsked,
  needsFourEyes,
  OUTCOME_CODES,
  type OutcomeCode,
  type OutcomeFacts,
  outcomeLabel,
  outcomesFor,
} from '../outcomes';
import type { Piece } from '../pieces';
import { isInForce } from '../sp-standing';
import type { Context } from './context';
import type { Events, Moves } from './declared';
import type { MoveDefinition } from './definition';
import { type DialogField, type DialogValues, fault, text } from './dialog';
import { enteredFacts, factField } from './outcome-fields';
import { decidedBefore, endedByAppeal, factPieces, inForceWords, outcomeFacts, sanctioned } from './sanctions';
import { allAnswered, by, named, reporters, some, WORKED } from './shared';
import { awake } from './wake';

declare module './declared' {
  interface Moves {
    resolve: OutcomeFacts & { readonly outcome: OutcomeCode; readonly text: string };
  }
  interface Events {
    resolved: Moves['resolve'] & {
      /** Who asked, if a second person had to approve (the actor is then the approver). */
      readonly askedBy: Actor | null;
      /** Runs although the case is closed. */
      readonly followUp?: Clock;
    };
    /** An outcome that waits for someone else. */
    approval_asked: Moves['resolve'] & {
      /** The people who were told that they may approve it; absent in older data. */
      readonly from?: readonly Actor[];
      readonly clock?: Clock | null;
    };
  }
}

const chosenOutcome = ({ outcome }: DialogValues): OutcomeCode | null =>
  OUTCOME_CODES.find((code) => code === outcome) ?? null;

const DAY_MS = 24 * 60 * 60_000;
/** The clock for checking whether an outcome worked, if there is a follow-up. */
export function followedUp(
  { followUpDays }: OutcomeFacts,
  { now, clock }: Pick<Context, 'now' | 'clock'>,
): Pick<Events['resolved'], 'followUp'> {
  const started = followUpDays ? clock('follow_up', now, new Date(+now + followUpDays * DAY_MS)) : null;
  return started ? { followUp: started } : {};
}
const FOLLOW_UP_DAYS = [7, 30, 90] as const;
const FOLLOW_UP: DialogField = {
  kind: 'choice',
  look: 'static_select',
  id: 'follow_up',
  label: 'Check that it worked',
  options: FOLLOW_UP_DAYS.map((days) => ({ value: String(days), label: `In ${days} days` })),
  hint: 'The owner is reminded then. Empty: no one is.',
  optional: true,
};

const sentence = (text: string | null): readonly DialogField[] => (text ? [{ kind: 'sentence', text }] : []);

/** Why the case cannot have this outcome: only an appeal is granted or refused. */
function unfit({ ref, appeal }: CaseFacts, outcome: OutcomeCode): string | null {
  if (outcomesFor(Boolean(appeal)).some(({ code }) => code === outcome)) return null;
  return appeal
    ? `${ref} appeals against ${appeal.ref}: grant or refuse it. Resolve it by itself.`
    : `${ref} is not an appeal: “${outcomeLabel(outcome)}” says nothing about it.`;
}

/** What comes before the text for the reporter. */
const toTell = (facts: CaseFacts): string => {
  const hearer = hearerOf(facts);
  return hearer ? `. You can tell the ${hearer}:` : ', and says:';
};

/** People who may approve are told at once, and reminded by the policy. */
const asking = (
  { outcome, text: said, ...rest }: Moves['resolve'],
  { approvers = [], actor, clock, now }: Context,
): Events['approval_asked'] => ({
  outcome,
  text: said,
  ...outcomeFacts(rest),
  from: approvers.filter((id) => id !== actor),
  clock: clock('approval', now),
});

/** The person who resolved it; both, if one asked and another approved. */
const doers = (event: EventBase & { readonly data: Events['resolved'] }): readonly Piece[] =>
  event.data.askedBy
    ? [by(event), ' approved what ', { user: event.data.askedBy }, ' asked for, and it is resolved: ']
    : [by(event), ' resolved this: '];

/** What the person who asked for an outcome is told. */
const approved = (actor: Actor, { outcome }: Events['resolved']) => ({
  text: 'approved and resolved',
  line: [
    '✅ ',
    { user: actor },
    ' approved the outcome you asked for: ',
    { bold: outcomeLabel(outcome) },
    '. The case is resolved.',
  ],
});

/** Every resolved case has an outcome; a starred one waits for a second person (domain section 7). */
export const resolve: MoveDefinition<'resolve', 'resolved' | 'approval_asked', 'woken'> = {
  label: 'Resolve',
  named: 90,
  who: 'responsible',
  states: WORKED,
  needs: ({ approval }) => approval === null,
  barred: ({ ref, approval }) =>
    approval && `${who(approval.by)} already asked to resolve ${ref}; it waits for a second manager.`,
  hindrance: decidedBefore,
  calls: true,
  dialog: {
    title: 'Resolve',
    submit: 'Resolve',
    fields: (facts, context, values) => [
      {
        kind: 'choice',
        look: 'static_select',
        id: 'outcome',
        label: 'Outcome',
        live: true,
        options: outcomesFor(Boolean(facts.appeal)).map(({ code, label, fourEyes }) => ({
          value: code,
          label: fourEyes ? `${label} *` : label,
        })),
        hint: 'Outcomes marked * wait until a second Area Manager or an admin approves them. Other needs words below.',
      },
      ...sentence(endedByAppeal(facts, chosenOutcome(values))),
      ...factsAsked(chosenOutcome(values) ?? 'other').map((fact) => factField(fact, facts, context)),
      ...(factsAsked(chosenOutcome(values) ?? 'other').length ? [FOLLOW_UP] : []),
      {
        kind: 'text',
        id: 'text',
        label: 'What the agent can tell the customer',
        hint: 'Sent to the agent who filed the report.',
        optional: true,
      },
    ],
    read: (values, context) => {
      const outcome = chosenOutcome(values);
      if (!outcome) return fault('outcome', 'Choose an outcome.');
      const said = text(values, 'text');
      if (outcome === 'other' && !said) return fault('text', 'Say here what came of it: “Other” alone tells no one.');
      const read = enteredFacts(outcome, values, context);
      if ('faults' in read) return read;
      const followUpDays = FOLLOW_UP_DAYS.find((days) => String(days) === values.follow_up);
      return { asked: { outcome, text: said, ...read, ...(followUpDays ? { followUpDays } : {}) } };
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
  texts: { text: 'free', on: 'code', detail: 'free', person: 'free' },
  decide: (facts, asked, context) => {
    const { outcome, text: said } = asked;
    const misfit = unfit(facts, outcome);
    if (misfit) return misfit;
    // Another outcome ends what the case had set for its SP, which takes two people, like lifting it.
    if (needsFourEyes(outcome) || isInForce(facts.sanction))
      return [...awake(facts, context), { type: 'approval_asked', data: asking(asked, context) }];
    return [
      {
        type: 'resolved',
        data: { outcome, text: said, askedBy: null, ...outcomeFacts(asked), ...followedUp(asked, context) },
      },
    ];
  },
  events: {
    resolved: {
      apply: (facts, event) => {
        const { outcome, text: said, askedBy } = event.data;
        const { at, actor: by } = event;
        return {
          state: 'resolved',
          approval: null,
          resolution: { outcome, text: said, by, at, ...(askedBy ? { askedBy } : {}), ...outcomeFacts(event.data) },
          ...sanctioned(facts, event),
          ...heldAgain(facts, event),
        };
      },
      clocks: {
        ...allAnswered('resolves it'),
        again: (_facts, { data }, { at, clock }) => ({ ...data, ...followedUp(data, { now: at, clock }) }),
        after: (facts, { data }) => ({
          clocks: some(data.followUp),
          hold: { is: 'closed', suspended: unanswered(facts) },
        }),
      },
      toDirectory: true,
      toCase: (facts, { data }) => (endedByAppeal(facts, data.outcome) ? (facts.appeal?.ref ?? null) : null),
      line: {
        say: (facts, event) => ({
          text: `${facts.ref} resolved`,
          line: [
            '✅ ',
            ...doers(event),
            { bold: outcomeLabel(event.data.outcome) },
            ...factPieces(event.data.outcome, event.data),
            `. ${endedByAppeal(facts, event.data.outcome) ?? ''}`.trimEnd(),
          ],
          quoted: event.data.text,
        }),
        outside: ({ ref }, event) => ({ text: `${ref} resolved`, line: ['✅ ', by(event), ' resolved this.'] }),
      },
      dm: {
        to: (facts, { data }) => [...reporters(facts), data.askedBy],
        say: (facts, { actor, data }, { to }) => {
          if (to === data.askedBy && to !== facts.reporter) return approved(actor, data);
          // Someone whose own report was taken over: what came of a need-to-know case stays with its readers.
          if (isRestricted(facts.kind) && to !== facts.reporter)
            return {
              text: 'resolved',
              line: ['✅ ', { user: actor }, ' resolved the case that took over your report.'],
            };
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
      apply: (_facts, { at, actor, data }) => {
        const { outcome, text: said, from } = data;
        return { approval: { outcome, text: said, by: actor, at, ...(from ? { from } : {}), ...outcomeFacts(data) } };
      },
      clocks: {
        answers: [],
        starts: ({ clock }) => some(clock),
        again: (_facts, { data }, { at, clock }) => ({ ...data, clock: clock('approval', at) }),
      },
      asks: { is: 'approval', whom: ({ data }) => data.from ?? [] },
      line: {
        say: ({ ref, sanction }, event) => ({
          text: `${ref} needs a second approval`,
          line: [
            '👥 ',
            by(event),
            ' asks for ',
            { bold: outcomeLabel(event.data.outcome) },
            ...factPieces(event.data.outcome, event.data),
            ...(isInForce(sanction) ? [`. It replaces what is in force now: ${inForceWords(sanction)}`] : []),
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
