import { type Dialog, text, textInput } from './dialog';

export const voidCase: Dialog = {
  id: 'void',
  title: 'Void',
  submit: 'Void',
  blocks: () => [
    textInput('reason', 'Why was it filed by mistake?', { hint: 'The record is kept; Reopen brings it back.' }),
  ],
  read: (values) => ({ move: { type: 'void', reason: text(values, 'reason') } }),
};
