import type { CaseFacts } from '../../src/domain/case';
import { clockMaker, clockResumer } from '../../src/domain/clocks';
import { open } from '../../src/domain/decide';
import type { Context } from '../../src/domain/moves/context';
import type { EventBody, Move, MoveType } from '../../src/domain/moves/declared';
import type { Policy } from '../../src/domain/policy';
import { SEVERITIES } from '../../src/domain/severity';
import { WEST } from './cases';
import type { Opening } from './ladder-reference';

/** A case as filing opens it, with its clocks. */
export function openedCase(ref: string, policy: Policy, opening: Opening) {
  const { kind, severity, at, callbackAt, policeMissing } = opening;
  const clock = clockMaker(policy, WEST, kind, severity);
  const clocks = [
    clock(kind === 'exception' ? 'review' : 'acknowledge', at),
    callbackAt ? clock('callback', at, callbackAt) : null,
    policeMissing ? clock('police_number', at) : null,
  ].filter((started) => started !== null);
  const filed: EventBody & { type: 'filed' } = {
    type: 'filed',
    data: {
      ref,
      kind,
      reporter: 'U0AMIRA',
      sp: { account: 'ACC1', name: 'Ace Plumbing' },
      sj: '556677',
      answers: {},
      title: 'As told',
      severity,
      severityReason: 'As told.',
      tone: 'negative',
      codes: [],
      source: null,
      marks: policeMissing ? ['police_number_missing'] : [],
      subjects: [],
      links: [],
    },
  };
  const state = kind === 'exception' ? 'in_review' : 'open';
  const data = { state, area: 'West', owner: 'U0DANA', unrouted: null, clocks } as const;
  return open(filed, { type: 'routed', data }, at, ref);
}

/** The context of a move on this case under this policy. */
export function contextOf(
  policy: Policy,
  facts: CaseFacts,
  now: Date,
  move: Move,
  rest: Partial<Context> = {},
): Context {
  const given = move.type === 'change_severity' ? move.to : move.type === 'send_to_manager' ? move.severity : null;
  return {
    actor: 'U0DANA',
    now,
    key: null,
    mayAct: true,
    clock: clockMaker(policy, WEST, facts.kind, given ?? facts.severity),
    resume: clockResumer(policy, WEST),
    ...rest,
  };
}

/** Every move; `ahead`: how far in the future its time is, if it has one. */
export const MOVES: Record<MoveType, (at: Date, ahead: number, n: number) => Move> = {
  acknowledge: (at, ahead) => ({ type: 'acknowledge', nextUpdateBy: new Date(+at + ahead) }),
  change_promise: (at, ahead) => ({ type: 'change_promise', nextUpdateBy: new Date(+at + ahead) }),
  add_note: (_at, _ahead, n) => ({ type: 'add_note', id: `n${n}`, text: 'called' }),
  edit_note: (_at, _ahead, n) => ({ type: 'edit_note', id: `n${n - 1}`, text: 'called twice' }),
  delete_note: (_at, _ahead, n) => ({ type: 'delete_note', id: `n${n - 1}` }),
  log_sp_contact: (at, ahead, n) => ({
    type: 'log_sp_contact',
    reached: n % 2 === 0,
    text: 'voicemail',
    ...(n % 3 ? { backBy: new Date(+at + ahead) } : {}),
  }),
  ask_access: () => ({ type: 'ask_access', reason: 'a call-back', hours: 24 }),
  grant_access: () => ({ type: 'grant_access', person: 'U0ASK' }),
  refuse_access: () => ({ type: 'refuse_access', person: 'U0ASK', reason: 'no' }),
  withdraw_access: () => ({ type: 'withdraw_access', person: 'U0ASK' }),
  callback_made: () => ({ type: 'callback_made', text: 'settled' }),
  snooze: (at, ahead) => ({ type: 'snooze', until: new Date(+at + ahead), reason: 'part on order' }),
  wake: () => ({ type: 'wake' }),
  reassign: (_at, _ahead, n) => ({ type: 'reassign', area: null, owner: n % 2 ? 'U0TOM' : 'U0DANA', summary: 'yours' }),
  resolve: (_at, _ahead, n) => ({
    type: 'resolve',
    outcome: n % 2 ? 'no_fault_found' : 'referred_to_legal',
    text: '',
    ...(n % 3 ? {} : { followUpDays: 7 }),
  }),
  approve: () => ({ type: 'approve' }),
  refuse_approval: () => ({ type: 'refuse_approval', reason: 'no' }),
  reopen: () => ({ type: 'reopen', reason: 'again' }),
  dispute: () => ({ type: 'dispute', reason: 'not settled' }),
  void: () => ({ type: 'void', reason: 'mistake' }),
  claim: () => ({ type: 'claim' }),
  escalate: () => ({ type: 'escalate', reason: 'help' }),
  change_severity: (_at, _ahead, n) => ({
    type: 'change_severity',
    to: SEVERITIES[n % 5] ?? 'normal',
    reason: 'worse',
  }),
  link: (_at, _ahead, n) => ({ type: 'link', link: { ref: `SPF-00010${n % 9}`, relation: 'related' } }),
  follow: (_at, _ahead, n) => ({ type: 'follow', follower: `U0F${n}`, because: 'SPF-000100' }),
  merge: () => ({ type: 'merge', into: 'SPF-000200' }),
  absorb: (_at, _ahead, n) => ({ type: 'absorb', ref: `SPF-00030${n % 9}`, followers: [`U0F${n}`] }),
  send_to_manager: (_at, _ahead, n) => ({
    type: 'send_to_manager',
    code: 'COACH',
    severity: n % 2 ? 'normal' : 'high',
    note: '',
    area: 'West',
    owner: 'U0DANA',
  }),
  return_to_agent: () => ({ type: 'return_to_agent', question: 'which day?' }),
  answer: () => ({ type: 'answer', text: 'Tuesday' }),
  add_police_number: (_at, _ahead, n) => ({ type: 'add_police_number', number: `P${n}`, agency: '' }),
  transfer: () => ({ type: 'transfer', connected: false, specialist: null, summary: 'voicemail' }),
  put_on_hold: () => ({ type: 'put_on_hold', reason: 'a claim' }),
  lift_on_appeal: (at) => ({
    type: 'lift_on_appeal',
    appeal: 'PRV-000001',
    filedAt: at,
    grantedBy: 'U0PAT',
    approvedBy: 'U0RITA',
  }),
  erase_words: () => ({ type: 'erase_words', events: 1 }),
  refuse_lifting: () => ({ type: 'refuse_lifting', reason: 'not yet' }),
  lift_hold: () => ({ type: 'lift_hold', reason: 'settled' }),
  apply_policy: () => ({ type: 'apply_policy' }),
  restart_clock: () => ({ type: 'restart_clock' }),
  follow_up: () => ({ type: 'follow_up', text: 'it held' }),
  lapse: () => ({ type: 'lapse' }),
  lift_sanction: () => ({ type: 'lift_sanction', reason: 'settled', what: 'both' }),
  tell_provider: () => ({ type: 'tell_provider', text: 'You are suspended.', to: '' }),
  tick: () => ({ type: 'tick' }),
};
