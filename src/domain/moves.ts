import { type Actor, type CaseFacts, type CaseLink, type CaseState, isOpen, SYSTEM } from './case';
import type { Aside } from './event';
import type { ExceptionCode } from './exception-codes';
import type { Severity } from './kinds';
import { type OutcomeCode, outcomeLabel } from './outcomes';
import { unanswered } from './stopping';

/** A note's words. `revision`: which version of the reply they are (`revisionOf`). */
interface Worded {
  readonly text: string;
  readonly aside?: Aside | undefined;
  readonly revision?: string;
  readonly edited?: boolean;
  /** Slack told of a version in which nothing that it says is new. */
  readonly sameWords?: boolean;
}

/** What somebody (or a job) wants to do with a case (domain sections 2 and 7). */
export type Move =
  | { readonly type: 'acknowledge'; readonly nextUpdateBy: Date }
  /** `id`: the reply it mirrors; null for one that somebody typed in a window. */
  | ({ readonly type: 'add_note'; readonly id: string | null } & Worded)
  /** The newer version of a reply, which may arrive before the reply itself. `edited` false: its app changed it. */
  | ({ readonly type: 'edit_note'; readonly id: string } & Worded)
  | { readonly type: 'delete_note'; readonly id: string }
  /** `backBy`: when the SP promised to get back. */
  | { readonly type: 'log_sp_contact'; readonly reached: boolean; readonly text: string; readonly backBy?: Date }
  | { readonly type: 'callback_made'; readonly text: string }
  | { readonly type: 'snooze'; readonly until: Date; readonly reason: string }
  | { readonly type: 'wake' }
  | { readonly type: 'reassign'; readonly area: string | null; readonly owner: Actor; readonly summary: string }
  | { readonly type: 'resolve'; readonly outcome: OutcomeCode; readonly text: string }
  | { readonly type: 'approve' }
  | { readonly type: 'refuse_approval'; readonly reason: string }
  | { readonly type: 'reopen'; readonly reason: string }
  | { readonly type: 'dispute'; readonly reason: string }
  | { readonly type: 'void'; readonly reason: string }
  | { readonly type: 'claim' }
  | { readonly type: 'escalate'; readonly reason: string }
  | { readonly type: 'change_severity'; readonly to: Severity; readonly reason: string }
  | { readonly type: 'link'; readonly link: CaseLink }
  | { readonly type: 'follow'; readonly follower: Actor; readonly because: string }
  | { readonly type: 'merge'; readonly into: string }
  /** The other half of `merge`: `ref` goes on here, and its people hear from here. */
  | { readonly type: 'absorb'; readonly ref: string; readonly followers: readonly Actor[] }
  | {
      readonly type: 'send_to_manager';
      readonly code: ExceptionCode;
      readonly severity: Severity;
      readonly note: string;
      readonly area: string | null;
      readonly owner: Actor | null;
    }
  | { readonly type: 'return_to_agent'; readonly question: string }
  | { readonly type: 'answer'; readonly text: string }
  | { readonly type: 'add_police_number'; readonly number: string; readonly agency: string }
  | {
      readonly type: 'transfer';
      readonly connected: boolean;
      readonly specialist: Actor | null;
      readonly summary: string;
    }
  | { readonly type: 'apply_policy' }
  /** Starts the clock that the case's state needs, if it does not run. */
  | { readonly type: 'restart_clock' }
  | { readonly type: 'tick' };
export type MoveType = Move['type'];

/**
 * What people call a move, and who may make it: `anyone` who sees the card · `responsible`, those who answer for the
 * case · its `reporter` · `reviewer`, the Admin team · `manager`, any Area Manager, deputy or admin · `system`, a job.
 */
export type Who = 'anyone' | 'responsible' | 'reporter' | 'reviewer' | 'manager' | 'system';
const RULES: Record<MoveType, { readonly label: string; readonly who: Who }> = {
  acknowledge: { label: 'Acknowledge', who: 'responsible' },
  add_note: { label: 'Add note', who: 'anyone' },
  edit_note: { label: 'Edit a note', who: 'anyone' },
  delete_note: { label: 'Delete a note', who: 'anyone' },
  log_sp_contact: { label: 'Log SP contact', who: 'responsible' },
  callback_made: { label: 'Callback made', who: 'responsible' },
  snooze: { label: 'Snooze', who: 'responsible' },
  wake: { label: 'Wake', who: 'responsible' },
  reassign: { label: 'Reassign', who: 'responsible' },
  resolve: { label: 'Resolve', who: 'responsible' },
  approve: { label: 'Approve', who: 'manager' },
  refuse_approval: { label: 'Refuse approval', who: 'manager' },
  reopen: { label: 'Reopen', who: 'responsible' },
  dispute: { label: 'Dispute', who: 'reporter' },
  void: { label: 'Void', who: 'responsible' },
  claim: { label: 'Claim', who: 'responsible' },
  escalate: { label: 'Escalate', who: 'responsible' },
  change_severity: { label: 'Change severity', who: 'responsible' },
  link: { label: 'Link to a case', who: 'responsible' },
  follow: { label: 'Follow', who: 'system' },
  merge: { label: 'Mark duplicate', who: 'responsible' },
  absorb: { label: 'Take over a duplicate', who: 'system' },
  send_to_manager: { label: 'Send to AM', who: 'reviewer' },
  return_to_agent: { label: 'Return with a question', who: 'reviewer' },
  answer: { label: 'Answer', who: 'reporter' },
  add_police_number: { label: 'Add police report number', who: 'anyone' },
  transfer: { label: 'Warm transfer', who: 'anyone' },
  apply_policy: { label: 'Apply the policy', who: 'reviewer' },
  restart_clock: { label: 'Start the clock', who: 'system' },
  tick: { label: 'Nudge', who: 'system' },
};
export const moveLabel = (move: MoveType): string => RULES[move].label;
export const whoMay = (move: MoveType): Who => RULES[move].who;

const NOTES: readonly MoveType[] = ['add_note', 'edit_note', 'delete_note', 'link', 'follow', 'add_police_number'];
const TIME: readonly MoveType[] = ['tick', 'apply_policy', 'restart_clock'];
const WORK: readonly MoveType[] = [
  'log_sp_contact',
  'callback_made',
  'resolve',
  'reassign',
  'snooze',
  'change_severity',
  'escalate',
  'merge',
  'absorb',
  'void',
  'claim',
  'transfer',
  ...TIME,
  ...NOTES,
];
const APPROVAL: readonly MoveType[] = ['approve', 'refuse_approval'];

/** Which moves each state allows. */
const ALLOWED: Record<CaseState, readonly MoveType[]> = {
  submitted: ['void'],
  in_review: ['send_to_manager', 'return_to_agent', 'merge', 'absorb', 'void', ...TIME, ...NOTES],
  returned: ['answer', 'absorb', 'void', ...TIME, ...NOTES],
  open: ['acknowledge', ...WORK],
  acknowledged: WORK,
  in_progress: WORK,
  snoozed: ['acknowledge', 'wake', ...WORK],
  resolved: ['reopen', 'dispute', ...NOTES],
  // What was said stays, but nobody is kept from taking it back.
  void: ['reopen', 'edit_note', 'delete_note'],
};

/** What of a case decides which moves it allows. */
type Standing = Pick<CaseFacts, 'state' | 'approval' | 'clocks' | 'hold'>;

/**
 * Which moves a case allows now. While an outcome waits for its approver, nothing else can close the case; a callback
 * can be made while one is promised.
 */
export function allowedMoves(facts: Standing): readonly MoveType[] {
  const { state, approval } = facts;
  const called = unanswered(facts).some(({ name }) => name === 'callback');
  const barred: readonly MoveType[] = [
    ...(approval ? ['resolve' as const] : []),
    ...(called ? [] : ['callback_made' as const]),
  ];
  return [...(approval ? APPROVAL : []), ...ALLOWED[state].filter((move) => !barred.includes(move))];
}

const UNSEEN: readonly MoveType[] = [
  ...TIME,
  'wake',
  'edit_note',
  'delete_note',
  'follow',
  'absorb',
  'link',
  'add_police_number',
  'transfer',
];

/** The moves to name in a refusal, most useful first. */
export const choices = (facts: Standing): readonly MoveType[] =>
  allowedMoves(facts).filter((type) => !UNSEEN.includes(type));

const STATE_WORDS: Record<CaseState, string> = {
  submitted: 'being filed',
  in_review: 'in review',
  open: 'open',
  acknowledged: 'acknowledged',
  in_progress: 'in progress',
  snoozed: 'snoozed',
  returned: 'returned to the agent',
  resolved: 'resolved',
  void: 'void',
};
/** The state as people read it. */
export const stateWord = (state: CaseState): string => STATE_WORDS[state];

/** A person in a sentence, in the form that Slack shows as a name. */
export const who = (actor: Actor) => (actor === SYSTEM ? 'Warmline' : `<@${actor}>`);

/** Why a move is not possible now, and what is. */
export function refusal(facts: CaseFacts, move: MoveType): string {
  const options = choices(facts).map(moveLabel);
  const now = options.length ? ` You can now: ${options.join(', ')}.` : '';
  if (move === 'acknowledge' && facts.acknowledged)
    return `${who(facts.acknowledged.by)} already acknowledged ${facts.ref}.${now}`;
  if (move === 'resolve' && facts.approval)
    return `${who(facts.approval.by)} already asked to resolve ${facts.ref}; it waits for a second manager.${now}`;
  if (move === 'callback_made' && isOpen(facts)) return `No callback is promised on ${facts.ref}.${now}`;
  if (facts.resolution)
    return `${facts.ref} was resolved by ${who(facts.resolution.by)}: ${outcomeLabel(facts.resolution.outcome)}.${now}`;
  return `${facts.ref} is ${stateWord(facts.state)}; ${moveLabel(move)} is not possible now.${now}`;
}
