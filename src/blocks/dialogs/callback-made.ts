import { type Dialog, text, textInput } from './dialog';

/** Domain section 5: a promised callback is made, or it is called for. */
export const callbackMade: Dialog = {
  id: 'callback_made',
  title: 'Callback made',
  submit: 'Save',
  blocks: () => [
    textInput('outcome', 'What came of the call', {
      hint: 'Kept as a note. Nobody is reminded of this callback any more.',
    }),
  ],
  read: (values) => ({ move: { type: 'callback_made', text: text(values, 'outcome') } }),
};
