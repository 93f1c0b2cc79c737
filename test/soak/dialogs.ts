import type { FillValue, ViewReading } from '../../sandbox/workspace';
import type { CaseEvent } from '../../src/domain/event';
import type { MoveType } from '../../src/domain/moves/declared';
import { factsAsked, type OutcomeCode, outcomesFor } from '../../src/domain/outcomes';
import type { Random } from './random';

/** What someone enters in the window of a card's button, and its result. */
export interface DialogPlan {
  readonly move: MoveType;
  /** The events that it makes, one of them. */
  readonly makes: readonly CaseEvent['type'][];
  /** How often it is chosen if a card offers it. */
  readonly weight: number;
  readonly entries: (about: Asked) => Readonly<Record<string, FillValue>>;
}
interface Asked {
  readonly random: Random;
  readonly text: string;
  readonly view: ViewReading;
  /** Another case's reference. */
  readonly otherRef: string;
  readonly people: readonly string[];
  readonly now: Date;
}
/** Done at once when pressed, without a window: a line or a DM says so. */
export const AT_ONCE: ReadonlySet<string> = new Set(['Acknowledge', 'Grant']);
const MINUTE = 60_000;

/** Those without a required text. */
const QUICK = outcomesFor(false).filter(({ code }) =>
  factsAsked(code as OutcomeCode).every(({ as, optional }) => optional || as === 'on'),
);
const outcomeOf = (random: Random): string => {
  const { label, fourEyes } = random.pick(QUICK.filter((one) => !one.fourEyes || random.chance(0.25)));
  return fourEyes ? `${label} *` : label;
};
const firstLabel = (view: ViewReading) => view.labels[0] ?? '';

/** If a move takes two people, only the first one is asked for a reason. */
const reasonWhereAsked = ({ text, view }: Asked): Readonly<Record<string, FillValue>> =>
  view.labels.includes('Reason') ? { Reason: text } : {};

/** By the window's title. */
export const DIALOGS: Readonly<Record<string, DialogPlan>> = {
  Acknowledge: { move: 'acknowledge', makes: ['acknowledged'], weight: 10, entries: () => ({}) },
  'Add note': { move: 'add_note', makes: ['note_added'], weight: 8, entries: ({ text }) => ({ Note: text }) },
  'Log SP contact': {
    move: 'log_sp_contact',
    makes: ['sp_contacted'],
    weight: 6,
    entries: ({ random, text }) => ({
      'Did you reach the SP?': random.pick(['Yes, reached', 'No, not reached']),
      'What was said or left': text,
    }),
  },
  'Callback made': {
    move: 'callback_made',
    makes: ['callback_made'],
    weight: 6,
    entries: ({ text }) => ({ 'What came of the call': text }),
  },
  Resolve: {
    move: 'resolve',
    makes: ['resolved', 'approval_asked'],
    weight: 9,
    entries: ({ random, text }) => ({ Outcome: outcomeOf(random), 'What the agent can tell the customer': text }),
  },
  Approve: { move: 'approve', makes: ['resolved'], weight: 10, entries: () => ({}) },
  'Refuse approval': {
    move: 'refuse_approval',
    makes: ['approval_refused'],
    weight: 3,
    entries: ({ text }) => ({ Reason: text }),
  },
  'Send to AM': {
    move: 'send_to_manager',
    makes: ['sent_to_manager'],
    weight: 10,
    entries: ({ random, text }) => ({ Area: random.pick(['West', 'East']), 'Note for the Area Manager': text }),
  },
  'Return with a question': {
    move: 'return_to_agent',
    makes: ['returned'],
    weight: 4,
    entries: ({ text }) => ({ 'Question for the agent': text }),
  },
  Answer: {
    move: 'answer',
    makes: ['answered'],
    weight: 12,
    entries: ({ text, view }) => ({ [firstLabel(view)]: text }),
  },
  Void: {
    move: 'void',
    makes: ['voided'],
    weight: 1,
    entries: ({ text }) => ({ 'Why was it filed by mistake?': text }),
  },
  Snooze: { move: 'snooze', makes: ['snoozed'], weight: 3, entries: ({ text }) => ({ Reason: text }) },
  Reassign: {
    move: 'reassign',
    makes: ['reassigned'],
    weight: 6,
    entries: ({ random, text, people, view }) => ({
      ...(random.chance(0.6) && view.labels.includes('To the Area Manager of')
        ? { 'To the Area Manager of': random.pick(['West', 'East']) }
        : { 'Or to this person': random.pick(people) }),
      'Summary for the new owner': text,
    }),
  },
  'Change severity': {
    move: 'change_severity',
    makes: ['severity_changed'],
    weight: 3,
    entries: ({ random, text }) => ({
      Severity: random.pick(['Critical', 'High', 'Elevated', 'Normal', 'Recognition']),
      Reason: text,
    }),
  },
  'Link to a case': {
    move: 'link',
    makes: ['linked'],
    weight: 3,
    entries: ({ otherRef }) => ({ 'The other case': otherRef }),
  },
  'Mark duplicate': {
    move: 'merge',
    makes: ['merged'],
    weight: 2,
    entries: ({ otherRef }) => ({ 'Duplicate of': otherRef }),
  },
  Escalate: {
    move: 'escalate',
    makes: ['escalated'],
    weight: 2,
    entries: ({ text }) => ({ 'What do you need from leadership?': text }),
  },
  Reopen: { move: 'reopen', makes: ['reopened'], weight: 2, entries: ({ text }) => ({ Reason: text }) },
  'Dispute the outcome': {
    move: 'dispute',
    makes: ['disputed'],
    weight: 2,
    entries: ({ text }) => ({ 'What is not settled?': text }),
  },
  'Change next update': {
    move: 'change_promise',
    makes: ['promise_changed'],
    weight: 3,
    entries: ({ random, now }) => ({ 'Next update by': new Date(+now + random.int(60, 2000) * MINUTE) }),
  },
  'Legal hold': {
    move: 'put_on_hold',
    makes: ['put_on_hold'],
    weight: 1,
    entries: ({ text }) => ({ Reason: text }),
  },
  'Lift legal hold': {
    move: 'lift_hold',
    makes: ['hold_lift_asked', 'hold_lifted'],
    weight: 2,
    entries: reasonWhereAsked,
  },
  'Tell the SP': {
    move: 'tell_provider',
    makes: ['provider_told'],
    weight: 2,
    entries: ({ text }) => ({ 'What the SP is told': text, 'Email of the SP': '' }),
  },
  'Lift suspension or ban': {
    move: 'lift_sanction',
    makes: ['sanction_lift_asked', 'sanction_lifted'],
    weight: 2,
    entries: reasonWhereAsked,
  },
  'Refuse lifting': {
    move: 'refuse_lifting',
    makes: ['lifting_refused'],
    weight: 1,
    entries: ({ text }) => ({ Reason: text }),
  },
  'Ask for access': {
    move: 'ask_access',
    makes: ['access_asked'],
    weight: 3,
    entries: ({ text }) => ({ 'Why do you need to read it?': text }),
  },
  Grant: { move: 'grant_access', makes: ['access_granted'], weight: 6, entries: () => ({}) },
  Refuse: { move: 'refuse_access', makes: ['access_refused'], weight: 2, entries: ({ text }) => ({ Reason: text }) },
  'Withdraw access': { move: 'withdraw_access', makes: ['access_withdrawn'], weight: 2, entries: () => ({}) },
  'Police report number': {
    move: 'add_police_number',
    makes: ['police_number_added'],
    weight: 4,
    entries: ({ random, text }) => ({ 'Report number': `PR-${random.int(1000, 9999)} ${text.slice(0, 20)}` }),
  },
};

/** Every button, or every option of a select, anywhere in blocks: its text and its value. */
export function allOf(value: unknown, what: 'button' | 'option'): { text: string; value: string }[] {
  if (Array.isArray(value)) return value.flatMap((part) => allOf(part, what));
  if (!value || typeof value !== 'object') return [];
  const { type, text, value: own } = value as { type?: unknown; text?: { text?: unknown }; value?: unknown };
  const fits = what === 'button' ? type === 'button' : type === undefined && typeof own === 'string';
  const found = fits && text ? [{ text: String(text.text), value: String(own ?? '') }] : [];
  return [...found, ...Object.values(value).flatMap((part) => allOf(part, what))];
}
