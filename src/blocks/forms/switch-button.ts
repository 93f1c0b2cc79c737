import type { Button } from '@slack/types';
import { KINDS } from '../../domain/kinds';
import type { CaseKind } from '../../domain/kinds/code';
import { FORM_SWITCH, switchValue } from '../../slack/ids/form';
import { button } from '../lines';

/** Continues in another form, with everything that fits. `from`: the id of a filed case; else the form on screen. */
export const switchButton = (to: CaseKind, from?: string): Button =>
  button(FORM_SWITCH, `Continue as a ${KINDS[to].label.toLowerCase()}`, switchValue(to, from));
