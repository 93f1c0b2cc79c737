import { type Dialog, textInput } from './dialog';
import { readReference } from './reference';

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
    const read = readReference(values);
    return 'faults' in read ? read : { move: { type: 'merge', into: read.ref } };
  },
};
