import type { StaticSelect } from '@slack/types';
import { homeArgId } from '../../slack/ids/home';
import { plainText } from '../text';
import { type Choice, optionOf } from './windows/parts';

/** A menu over what a page shows, with the current choice, by default the first. */
export function argMenu(
  name: string,
  placeholder: string,
  choices: readonly Choice[],
  chosen: string | null | undefined,
): StaticSelect {
  const initial = choices.find(({ value }) => value === chosen) ?? choices[0];
  return {
    type: 'static_select',
    action_id: homeArgId(name),
    placeholder: plainText(placeholder),
    options: choices.map(optionOf),
    ...(initial ? { initial_option: optionOf(initial) } : {}),
  };
}
