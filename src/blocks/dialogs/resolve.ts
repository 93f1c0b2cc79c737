import { OUTCOME_CODES, OUTCOMES } from '../../domain/outcomes';
import { choiceInput, type Dialog, text, textInput } from './dialog';

/** Domain section 7: no case is resolved without an outcome. */
export const resolve: Dialog = {
  id: 'resolve',
  title: 'Resolve',
  submit: 'Resolve',
  blocks: () => [
    choiceInput(
      'outcome',
      'Outcome',
      OUTCOMES.filter((outcome) => !outcome.fourEyes).map(({ code, label }) => ({ value: code, label })),
      'static_select',
    ),
    textInput('text', 'What the agent can tell the customer', {
      hint: 'Sent to the agent who filed the report.',
      optional: true,
    }),
  ],
  read: (values) => {
    const outcome = OUTCOME_CODES.find((code) => code === values.outcome);
    return outcome
      ? { move: { type: 'resolve', outcome, text: text(values, 'text') } }
      : { faults: [{ question: 'outcome', message: 'Choose what came of it.' }] };
  },
};
