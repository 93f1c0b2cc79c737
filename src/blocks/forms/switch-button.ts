import type { Button } from '@slack/types';
import type { CaseKind } from '../../domain/kinds';
import { KINDS } from '../../domain/kinds';
import { FORM_SWITCH } from '../../slack/ids/form';
import { plainText } from '../text';

/** Goes on in another form, with everything that fits. */
export const switchButton = (to: CaseKind): Button => ({
  type: 'button',
  action_id: FORM_SWITCH,
  value: to,
  text: plainText(`Continue as a ${KINDS[to].label.toLowerCase()}`, 75),
});
