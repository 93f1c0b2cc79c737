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
      OUTCOMES.map(({ code, label, fourEyes }) => ({ value: code, label: fourEyes ? `${label} *` : label })),
      'static_select',
      { hint: 'Outcomes marked * wait until a second Area Manager or an admin approves them.' },
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
