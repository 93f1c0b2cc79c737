import type { InputBlock, Overflow, StaticSelect } from '@slack/types';
import { homeArgId } from '../../slack/ids/home';
import { HOME_MORE, type HomeWindowId, packHomeMore } from '../../slack/ids/home-window';
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

interface ArgInput {
  readonly block: string;
  readonly arg: string;
  readonly label: string;
  readonly placeholder: string;
  /** The most characters. */
  readonly most: number;
  readonly typed: string;
}
/** A field for what a page shows; Enter shows it. */
export const argInput = ({ block, arg, label, placeholder, most, typed }: ArgInput): InputBlock => ({
  type: 'input',
  block_id: block,
  dispatch_action: true,
  optional: true,
  label: plainText(label),
  element: {
    type: 'plain_text_input',
    action_id: homeArgId(arg),
    placeholder: plainText(placeholder),
    max_length: most,
    ...(typed ? { initial_value: typed.slice(0, most) } : {}),
  },
});

/** The menu of a row: each option opens a window about `key`. */
export const rowMenu = (
  key: string,
  ...options: readonly (readonly [label: string, window: HomeWindowId])[]
): Overflow => ({
  type: 'overflow',
  action_id: HOME_MORE,
  options: options.map(([label, window]) => ({ text: plainText(label, 75), value: packHomeMore(window, key) })),
});
