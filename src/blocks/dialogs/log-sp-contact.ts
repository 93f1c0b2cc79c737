import { choiceInput, type Dialog, momentInput, readMoment, text, textInput } from './dialog';

export const logSpContact: Dialog = {
  id: 'log_sp_contact',
  title: 'Log SP contact',
  submit: 'Log contact',
  blocks: () => [
    choiceInput(
      'reached',
      'Did you reach the SP?',
      [
        { value: 'yes', label: 'Yes, reached' },
        { value: 'no', label: 'No, not reached' },
      ],
      'radio_buttons',
    ),
    textInput('text', 'What was said or left', { hint: 'For example: voicemail left, will call back tomorrow.' }),
    momentInput(
      'back_by',
      'The SP promised to get back by',
      null,
      'If nobody logs that the SP was reached by then, whoever answers for the case is reminded.',
    ),
  ],
  read: (values, { now }) => {
    const move = { type: 'log_sp_contact' as const, reached: values.reached === 'yes', text: text(values, 'text') };
    if (values.back_by === undefined) return { move };
    const moment = readMoment(values, 'back_by', now);
    return 'at' in moment ? { move: { ...move, backBy: moment.at } } : moment;
  },
};
