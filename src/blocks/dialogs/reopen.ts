import { type Dialog, text, textInput } from './dialog';

export const reopen: Dialog = {
  id: 'reopen',
  title: 'Reopen',
  submit: 'Reopen',
  blocks: () => [textInput('reason', 'Reason', { hint: 'The case is open again and its clock starts anew.' })],
  read: (values) => ({ move: { type: 'reopen', reason: text(values, 'reason') } }),
};
