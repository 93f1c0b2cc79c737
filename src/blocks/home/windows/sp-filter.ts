import type { ModalView } from '@slack/types';
import { DIALOG_INPUT } from '../../../slack/ids/case-dialog';
import { SP_FILTER_CALLBACK } from '../../../slack/ids/desk';
import { plainText } from '../../text';

/** Asks for the SP to filter a queue by; remembers `place`, where on Home it was opened. */
export const spFilterWindow = (place: string, typed: string): ModalView => ({
  type: 'modal',
  callback_id: SP_FILTER_CALLBACK,
  private_metadata: place,
  title: plainText('Filter by SP'),
  submit: plainText('Show'),
  close: plainText('Cancel'),
  blocks: [
    {
      type: 'input',
      block_id: 'sp',
      optional: true,
      label: plainText('SP name or account number'),
      hint: plainText('Part of the name is enough, or the beginning of the number. Leave it empty for all SPs.'),
      element: {
        type: 'plain_text_input',
        action_id: DIALOG_INPUT,
        max_length: 60,
        focus_on_load: true,
        ...(typed ? { initial_value: typed } : {}),
      },
    },
  ],
});
