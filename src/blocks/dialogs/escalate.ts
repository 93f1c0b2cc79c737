import { type Dialog, text, textInput } from './dialog';

export const escalate: Dialog = {
  id: 'escalate',
  title: 'Escalate',
  submit: 'Escalate',
  blocks: () => [
    textInput('reason', 'What do you need from leadership?', {
      hint: 'The leadership channel is told that this case needs them. The case stays yours.',
    }),
  ],
  read: (values) => ({ move: { type: 'escalate', reason: text(values, 'reason') } }),
};
