import type { KnownBlock, ModalView } from '@slack/types';
import type { ClosedDay } from '../../../domain/business-hours';
import type { Shifts } from '../../../domain/due-shift';
import type { Policy } from '../../../domain/policy';
import type { PolicyItem } from '../../../domain/policy-items';
import { countOf } from '../../../domain/wording';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { actions, field, note, sections } from '../../lines';
import { opens } from '../policies';
import { changeLines } from '../policy-words';
import { closedDaysBlocks } from './closed-days';
import { unsetBlocks } from './notice';
import { homeWindow, optionOf } from './parts';

/** Checked in the window: open cases get the new clocks, too. */
export const APPLY = 'open_cases';

/** What is shown with an edit before it is saved. */
export interface Outlook {
  /** What it says at the top. */
  readonly notice?: readonly KnownBlock[];
  /** Sentences about its targets that are not set up. */
  readonly unset?: readonly string[];
  /** For a calendar: its next closed days. */
  readonly closed?: readonly ClosedDay[];
  /** What applying it to open cases would change; null if that takes too long to compute. */
  readonly shifts?: Shifts | null;
}

/** What an edit would change, before it is saved. */
export function policyReviewWindow(
  memory: WindowMemory,
  item: PolicyItem,
  before: Policy,
  after: Policy,
  { notice = [], unset = [], closed = [], shifts = null }: Outlook = {},
): ModalView {
  const lines = changeLines(item, before, after);
  const days = item.is === 'calendar' ? closedDaysBlocks('Then the next closed days are:', closed) : [];
  const ways = lines.length ? [...days, ...tries(item), ...applies(item, shifts)] : [];
  return homeWindow(
    'policy_review',
    { title: 'What would change', submit: lines.length ? 'Save' : undefined, close: 'Back', memory },
    [
      ...notice,
      ...unsetBlocks(unset),
      ...sections(lines.length ? lines : ['Nothing would change: this is how it is now.']).slice(0, 40),
      ...ways,
      note('Back keeps what you typed.'),
    ],
  );
}

/** The items that open cases have stored in their clocks. */
export const setsClocks = ({ is }: PolicyItem): boolean => CLOCKS.includes(is);
const CLOCKS: readonly PolicyItem['is'][] = ['clock', 'ladder', 'calendar', 'time_zone'];

/** Whatever changes when and whom a reminder reaches can be tried out first. */
const tries = ({ is }: PolicyItem): KnownBlock[] =>
  CLOCKS.includes(is) || is === 'quiet_hours'
    ? [
        actions(
          opens('policy_simulate', 'Try it out', 'policy'),
          opens('policy_replay', 'Over the last 30 days', 'policy'),
        ),
      ]
    : [];

/** Open cases store their clocks; everything else applies to them at once. */
const applies = (item: PolicyItem, shifts: Shifts | null): KnownBlock[] =>
  setsClocks(item)
    ? [
        field(
          'apply',
          'Open cases',
          { type: 'checkboxes', options: [optionOf({ value: APPLY, label: 'Apply it to open cases too' })] },
          {
            optional: true,
            hint: `Running clocks keep their due times unless you check this. ${shifts ? `With it, ${shiftWords(shifts)}` : 'You are then told how many change.'} What was already sent is not sent again.`,
          },
        ),
      ]
    : [];

function shiftWords({ open, later, earlier, reminders }: Shifts): string {
  const cases = (count: number) => countOf(count, 'open case');
  const parts = [
    later && `${cases(later)} ${later === 1 ? 'gets' : 'get'} a later due time`,
    earlier && `${cases(earlier)} ${earlier === 1 ? 'gets' : 'get'} an earlier one`,
    reminders && `only reminders change in ${cases(reminders)}`,
  ].filter(Boolean);
  return parts.length ? `${parts.join(', ')}.` : `nothing changes in ${cases(open)}.`;
}
