import { type Dialog, text, textInput } from './dialog';

/** Domain section 6: the agent answers the Admin team's question, and the case comes back to the review. */
export const answer: Dialog = {
  id: 'answer',
  title: 'Answer',
  submit: 'Answer',
  blocks: ({ question }) => [
    textInput('answer', question ? question.text.slice(0, 1900) : 'Your answer', {
      hint: 'The review goes on as soon as you answer.',
    }),
  ],
  read: (values) => ({ move: { type: 'answer', text: text(values, 'answer') } }),
};
