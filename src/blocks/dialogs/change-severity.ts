import { SEVERITIES } from '../../domain/kinds';
import { choiceInput, type Dialog, text, textInput } from './dialog';

const LABELS = { critical: 'Critical', high: 'High', elevated: 'Elevated', normal: 'Normal', low: 'Recognition' };

export const changeSeverity: Dialog = {
  id: 'change_severity',
  title: 'Change severity',
  submit: 'Change',
  blocks: (facts) => [
    choiceInput(
      'severity',
      'Severity',
      SEVERITIES.map((value) => ({ value, label: LABELS[value] })),
      'radio_buttons',
      { hint: `Now: ${LABELS[facts.severity]}. An open case gets the clock of its new severity.` },
    ),
    textInput('reason', 'Reason', { short: true }),
  ],
  read: (values) => {
    const to = SEVERITIES.find((severity) => severity === values.severity);
    return to
      ? { move: { type: 'change_severity', to, reason: text(values, 'reason') } }
      : { faults: [{ question: 'severity', message: 'Choose a severity.' }] };
  },
};
