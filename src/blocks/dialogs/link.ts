import { type Dialog, textInput } from './dialog';
import { readReference } from './reference';

/** Two cases that belong together: each card then names the other. */
export const link: Dialog = {
  id: 'link',
  title: 'Link to a case',
  submit: 'Link',
  blocks: () => [
    textInput('ref', 'The other case', {
      short: true,
      hint: 'Its reference, e.g. SPF-000123. Both go on; each card names the other.',
    }),
  ],
  read: (values) => {
    const read = readReference(values);
    return 'faults' in read ? read : { move: { type: 'link', link: { ref: read.ref, relation: 'related' } } };
  },
};
