import type { KnownBlock, ModalView } from '@slack/types';
import { CLOCK_NAMES } from '../../../domain/allowance';
import type { ClosedDay } from '../../../domain/business-hours';
import type { Entries } from '../../../domain/policy-entries';
import { KIND_KEYS, type PolicyItem, SEVERITY_KEYS } from '../../../domain/policy-items';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { field, header, note } from '../../lines';
import { CLOCK_LABELS, itemName, KIND_NAMES, SEVERITY_NAMES } from '../policy-words';
import { closedDaysBlocks } from './closed-days';
import { unsetBlocks } from './notice';
import { choices, homeWindow } from './parts';
import { policyFields } from './policy-fields';

/**
 * Edits one item of the policy; null: a clock not chosen yet. Saving first shows what changes. `closed`: a calendar's
 * next closed days. `unset`: sentences about its targets that are not set up.
 */
export function policyEditWindow(
  memory: WindowMemory,
  item: PolicyItem | null,
  entries: Entries,
  { closed = [], unset = [] }: { readonly closed?: readonly ClosedDay[]; readonly unset?: readonly string[] } = {},
): ModalView {
  const title = item ? itemName(item) : 'A clock that the policy does not set yet';
  return homeWindow(
    'policy_edit',
    { title: item ? 'Change the policy' : 'Add a clock', submit: 'Review the change', memory },
    [
      header(title),
      ...(item ? [] : whichClock()),
      ...policyFields(item, entries),
      ...unsetBlocks(unset),
      ...(item?.is === 'calendar' ? closedDaysBlocks('The next closed days now are:', closed) : []),
      note('Nothing is saved yet: the next window shows what would change.'),
    ],
  );
}

const whichClock = (): KnownBlock[] => [
  field('clock', 'Clock', choices(CLOCK_NAMES, CLOCK_LABELS, null, 'Which clock')),
  field('kind', 'Kind of case', choices(KIND_KEYS, KIND_NAMES, null, 'Which kind')),
  field('severity', 'Severity', choices(SEVERITY_KEYS, SEVERITY_NAMES, null, 'Which severity')),
];
