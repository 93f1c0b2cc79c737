import type { InputBlock, KnownBlock, ModalView, PlainTextElement, PlainTextOption } from '@slack/types';
import { zonesNear } from '../../../domain/time-zones';
import { type HomeWindowId, homeWindowId, packWindow, type WindowMemory } from '../../../slack/ids/home-window';
import { withSteadyIds } from '../../steady';
import { plainText, truncate } from '../../text';

/** Slack's limit of options in a menu or a group, and of groups. */
export const MOST_OPTIONS = 100;

interface Window {
  readonly title: string;
  /** None: there is nothing to save. */
  readonly submit?: string | undefined;
  /** The label of its close button; by default "Cancel", or "Close" if there is nothing to save. */
  readonly close?: string;
  readonly memory: WindowMemory;
}
export const homeWindow = (
  id: HomeWindowId,
  { title, submit, close, memory }: Window,
  blocks: readonly KnownBlock[],
): ModalView => ({
  type: 'modal',
  callback_id: homeWindowId(id),
  private_metadata: packWindow(memory),
  title: plainText(title, 24),
  ...(submit ? { submit: plainText(submit, 24) } : {}),
  close: plainText(close ?? (submit ? 'Cancel' : 'Close'), 24),
  blocks: withSteadyIds(blocks),
});

export const lineElement = (initial: string, max: number): InputBlock['element'] => ({
  type: 'plain_text_input',
  max_length: max,
  ...(initial ? { initial_value: initial.slice(0, max) } : {}),
});
export const personElement = (initial: string | null): InputBlock['element'] => ({
  type: 'users_select',
  placeholder: plainText('No one'),
  ...(initial ? { initial_user: initial } : {}),
});
/** A channel, including private ones; `secret`: only private ones. */
export const channelElement = (initial: string | null, secret = false): InputBlock['element'] => ({
  type: 'conversations_select',
  placeholder: plainText('No channel'),
  filter: { include: secret ? ['private'] : ['public', 'private'], exclude_bot_users: true },
  ...(initial ? { initial_conversation: initial } : {}),
});

export interface Choice {
  readonly value: string;
  readonly label: string;
}
interface OptionGroup {
  label: PlainTextElement;
  options: PlainTextOption[];
}
export const optionOf = ({ value, label }: Choice): PlainTextOption => ({ text: plainText(label, 75), value });

/** Options up to Slack's limit, as one list or in groups of a hundred, in the given order. */
export function offered(
  choices: readonly Choice[],
): { readonly options: PlainTextOption[] } | { readonly option_groups: OptionGroup[] } {
  if (choices.length <= MOST_OPTIONS) return { options: choices.map(optionOf) };
  const groups: Choice[][] = [];
  for (let i = 0; i < Math.min(choices.length, MOST_OPTIONS * MOST_OPTIONS); i += MOST_OPTIONS)
    groups.push(choices.slice(i, i + MOST_OPTIONS));
  return {
    option_groups: groups.map((group) => ({
      label: plainText(`${truncate(group[0]?.label ?? '', 30)} – ${truncate(group.at(-1)?.label ?? '', 30)}`, 75),
      options: group.map(optionOf),
    })),
  };
}

/** One of many; null: none preselected. */
export function choiceElement(
  choices: readonly Choice[],
  initial: string | null,
  placeholder: string,
): InputBlock['element'] {
  const chosen = choices.find(({ value }) => value === initial);
  return {
    type: 'static_select',
    placeholder: plainText(placeholder, 150),
    ...offered(chosen ? [chosen, ...choices.filter((one) => one !== chosen)].slice(0, MOST_OPTIONS ** 2) : choices),
    ...(chosen ? { initial_option: optionOf(chosen) } : {}),
  };
}

/** One of a few labeled options. */
export const choices = <T extends string>(
  values: readonly T[],
  labels: Readonly<Record<T, string>>,
  initial: string | null,
  placeholder: string,
): InputBlock['element'] =>
  choiceElement(
    values.map((value) => ({ value, label: labels[value] })),
    initial,
    placeholder,
  );

/** A time zone: those in use first, then others of the same countries. The current value stays available. */
export function zoneElement(
  all: readonly string[],
  initial: string,
  used: readonly string[] = [],
): InputBlock['element'] {
  const first = [...new Set([...(initial ? [initial] : []), ...used])].slice(0, MOST_OPTIONS);
  const option = (zone: string) => optionOf({ value: zone, label: zone });
  const near = zonesNear(first)
    .filter((zone) => all.includes(zone) && !first.includes(zone))
    .slice(0, MOST_OPTIONS);
  const rest = offered(
    all.filter((zone) => !first.includes(zone) && !near.includes(zone)).map((zone) => ({ value: zone, label: zone })),
  );
  const others = 'options' in rest ? [{ label: plainText('Others'), options: rest.options }] : rest.option_groups;
  return {
    type: 'static_select',
    placeholder: plainText('Choose a time zone', 150),
    option_groups: [
      ...(first.length ? [{ label: plainText('In use here'), options: first.map(option) }] : []),
      ...(near.length
        ? [
            {
              label: plainText(first.length > 1 ? 'The same countries' : 'The same country'),
              options: near.map(option),
            },
          ]
        : []),
      ...others,
    ],
    ...(initial ? { initial_option: option(initial) } : {}),
  };
}
