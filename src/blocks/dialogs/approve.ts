import { outcomeLabel } from '../../domain/outcomes';
import { plainText } from '../text';
import type { Dialog } from './dialog';

/** Domain section 7: starred outcomes need a second pair of eyes. */
export const approve: Dialog = {
  id: 'approve',
  title: 'Approve',
  submit: 'Approve',
  blocks: ({ approval }) => [
    {
      type: 'section',
      text: plainText(
        approval
          ? `Resolve this case with the outcome "${outcomeLabel(approval.outcome)}"? It cannot be approved by whoever asked for it.`
          : 'Nothing waits for approval any more.',
      ),
    },
  ],
  read: () => ({ move: { type: 'approve' } }),
};
