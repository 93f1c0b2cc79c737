import { type Actor, SYSTEM } from './actor';
import type { CaseState } from './case';
import type { Severity } from './severity';

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
export const stateWord = (state: CaseState): string => STATE_WORDS[state];

export const SEVERITY_WORD: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  elevated: 'Elevated',
  normal: 'Normal',
  low: 'Recognition',
};

/** A person in a sentence, in the form that Slack shows as a name. */
export const who = (actor: Actor): string => (actor === SYSTEM ? 'Warmline' : `<@${actor}>`);
