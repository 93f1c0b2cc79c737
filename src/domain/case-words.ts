import { type Actor, type CaseState, SYSTEM } from './case';

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

/** A person in a sentence, in the form that Slack shows as a name. */
export const who = (actor: Actor): string => (actor === SYSTEM ? 'Warmline' : `<@${actor}>`);
