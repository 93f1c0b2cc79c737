import { type Dialog, text, textInput } from './dialog';

export const refuseApproval: Dialog = {
  id: 'refuse_approval',
  title: 'Refuse approval',
  submit: 'Refuse',
  blocks: () => [textInput('reason', 'Reason', { hint: 'Sent to the person who asked. The case stays open.' })],
  read: (values) => ({ move: { type: 'refuse_approval', reason: text(values, 'reason') } }),
};
