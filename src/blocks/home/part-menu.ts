import type { KnownBlock } from '@slack/types';
import { HOME_PART } from '../../slack/ids/home';
import { plainText } from '../text';

/** Stands for the first part of a tab, whose own name in a place is empty: an option has to have a value. */
export const FIRST_PART = 'overview';

/** The menu that chooses the part of a tab; the first part's id is empty. */
export function partMenu(parts: readonly { readonly id: string; readonly label: string }[], shown: string): KnownBlock {
  const options = parts.map(({ id, label }) => ({ text: plainText(label, 75), value: id || FIRST_PART }));
  const initial = options.find(({ value }) => value === (shown || FIRST_PART));
  return {
    type: 'actions',
    // As long as the part stays, so that what is chosen while it is drawn anew still arrives; another part, another choice.
    block_id: `home_part:${shown || FIRST_PART}`,
    elements: [
      {
        type: 'static_select',
        action_id: HOME_PART,
        placeholder: plainText('Choose what to see'),
        options,
        ...(initial ? { initial_option: initial } : {}),
      },
    ],
  };
}
