import { EXCEPTION_CODES, SEVERITIES } from '../../domain/kinds';
import { choiceInput, type Dialog, text, textInput } from './dialog';

/** Domain section 6, step 3: code, priority and a note, then it goes to the area's channel. */
export const sendToManager: Dialog = {
  id: 'send_to_manager',
  title: 'Send to AM',
  submit: 'Send',
  blocks: (facts, { areas }) => [
    choiceInput(
      'code',
      'Code',
      EXCEPTION_CODES.map((value) => ({ value, label: value })),
      'static_select',
      { ...(facts.codes[0] ? { initial: facts.codes[0] } : {}) },
    ),
    choiceInput(
      'priority',
      'Priority',
      SEVERITIES.filter((value) => value !== 'critical' && value !== 'low').map((value) => ({
        value,
        label: value.charAt(0).toUpperCase() + value.slice(1),
      })),
      'radio_buttons',
      { initial: 'normal' },
    ),
    ...(areas.length
      ? [
          choiceInput(
            'area',
            'Area',
            areas.slice(0, 100).map(({ name }) => ({ value: name, label: name })),
            'static_select',
            areas.some(({ name }) => name === facts.area) && facts.area ? { initial: facts.area } : {},
          ),
        ]
      : []),
    textInput('note', 'Note for the Area Manager', { optional: true }),
  ],
  read: (values, { areas }) => {
    const code = EXCEPTION_CODES.find((one) => one === values.code);
    const severity = SEVERITIES.find((one) => one === values.priority);
    const area = areas.find(({ name }) => name === values.area);
    if (!area?.channel || !area.areaManager)
      return {
        faults: [{ question: 'area', message: 'This area has no channel or no Area Manager yet. Choose another.' }],
      };
    if (!code || !severity) return { faults: [{ question: 'code', message: 'Choose a code and a priority.' }] };
    const note = text(values, 'note');
    return { move: { type: 'send_to_manager', code, severity, note, area: area.name, owner: area.areaManager } };
  },
};
