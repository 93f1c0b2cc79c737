import { choiceInput, type Dialog, text, textInput } from './dialog';

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
  ],
  read: (values) => ({
    move: { type: 'log_sp_contact', reached: values.reached === 'yes', text: text(values, 'text') },
  }),
};
