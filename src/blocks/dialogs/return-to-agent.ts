import { type Dialog, text, textInput } from './dialog';

export const returnToAgent: Dialog = {
  id: 'return_to_agent',
  title: 'Return with a question',
  submit: 'Return',
  blocks: () => [
    textInput('question', 'Question for the agent', { hint: 'The agent gets it by DM and answers there.' }),
  ],
  read: (values) => ({ move: { type: 'return_to_agent', question: text(values, 'question') } }),
};
