import type { KnownBlock } from '@slack/types';
import { HOME_PART } from '../../slack/ids/home';
import { plainText } from '../text';

/** The option for the first part of a tab, whose own name in a place is empty, because an option needs a value. */
export const FIRST_PART = 'overview';

interface PartGroup {
  readonly label: string;
  readonly parts: readonly { readonly id: string; readonly label: string }[];
}

/** The menu of a tab's parts; the first part's id is empty. */
export function partMenu(groups: readonly PartGroup[], shown: string): KnownBlock {
  const offered = groups.map(({ label, parts }) => ({
    label: plainText(label, 75),
    options: parts.map((part) => ({ text: plainText(part.label, 75), value: part.id || FIRST_PART })),
  }));
  const initial = offered.flatMap(({ options }) => options).find(({ value }) => value === (shown || FIRST_PART));
  return {
    type: 'actions',
    // The same while the part stays, so that a choice during a redraw still arrives; another part, another menu.
    block_id: `home_part:${shown || FIRST_PART}`,
    elements: [
      {
        type: 'static_select',
        action_id: HOME_PART,
        placeholder: plainText('Choose what to see'),
        option_groups: offered,
        ...(initial ? { initial_option: initial } : {}),
      },
    ],
  };
}
