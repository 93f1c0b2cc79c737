import { CODE_OPTIONS, EXCEPTION_CODES } from '../../domain/exception-codes';
import { SEVERITIES, type Severity } from '../../domain/kinds';
import { choiceInput, type Dialog, text, textInput } from './dialog';

const PRIORITIES = [
  { value: 'high', label: 'High' },
  { value: 'elevated', label: 'Elevated' },
  { value: 'normal', label: 'Normal' },
  { value: 'low', label: 'Recognition' },
] as const satisfies readonly { value: Severity; label: string }[];

/** Domain section 6, step 3: code, priority and a note, then it goes to the area's channel. */
export const sendToManager: Dialog = {
  id: 'send_to_manager',
  title: 'Send to AM',
  submit: 'Send',
  blocks: (facts, { areas }) => [
    choiceInput(
      'code',
      'Code',
      CODE_OPTIONS.map(({ code, label, description }) => ({ value: code, label, description })),
      'static_select',
      { ...(facts.codes[0] ? { initial: facts.codes[0] } : {}) },
    ),
    choiceInput('priority', 'Priority', PRIORITIES, 'radio_buttons', { initial: facts.severity }),
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
