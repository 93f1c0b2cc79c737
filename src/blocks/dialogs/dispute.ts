import { type Dialog, text, textInput } from './dialog';

/** Domain section 7: for 7 days, whoever filed it can dispute the outcome. */
export const dispute: Dialog = {
  id: 'dispute',
  title: 'Dispute the outcome',
  submit: 'Dispute',
  blocks: () => [
    textInput('reason', 'What is not settled?', { hint: 'The case is open again, and its owner is told.' }),
  ],
  read: (values) => ({ move: { type: 'dispute', reason: text(values, 'reason') } }),
};
