import { type Dialog, text, textInput } from './dialog';

const REF = /^(SPF|EXC|HRR|LDR|PRV)-\d{6,}$/;

/** The other case goes on in this one's place; whoever filed this one hears from there. */
export const merge: Dialog = {
  id: 'merge',
  title: 'Mark duplicate',
  submit: 'Mark duplicate',
  blocks: () => [
    textInput('ref', 'Duplicate of', {
      short: true,
      hint: 'The reference of the case that goes on, e.g. SPF-000123. Whoever filed this one follows that one.',
    }),
  ],
  read: (values) => {
    const into = text(values, 'ref').toUpperCase();
    return REF.test(into)
      ? { move: { type: 'merge', into } }
      : { faults: [{ question: 'ref', message: 'Type a reference such as SPF-000123.' }] };
  },
};
