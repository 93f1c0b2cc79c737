import type { KnownBlock, ModalView } from '@slack/types';
import type { Policy } from '../../../domain/policy';
import type { PolicyItem } from '../../../domain/policy-items';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { mrkdwn, plainText } from '../../text';
import { opens } from '../policies';
import { changeLines } from '../policy-words';
import { field, homeWindow, optionOf } from './parts';

/** Ticked in the window: the open cases get the new clocks, too. */
export const APPLY = 'open_cases';

/** What an edit would change, before it is saved. */
export function policyReviewWindow(
  memory: WindowMemory,
  item: PolicyItem,
  before: Policy,
  after: Policy,
  notice: readonly KnownBlock[] = [],
): ModalView {
  const lines = changeLines(item, before, after);
  const ways = lines.length ? [...tries(item), ...applies(item)] : [];
  return homeWindow({
    id: 'policy_review',
    title: 'What would change',
    ...(lines.length ? { submit: 'Save' } : {}),
    close: 'Back',
    memory,
    blocks: [
      ...notice,
      ...sections(lines.length ? lines : ['Nothing would change: this is how it stands now.']),
      ...ways,
      { type: 'context', elements: [plainText('Back keeps what you typed.')] },
    ],
  });
}

const CLOCKS: readonly PolicyItem['is'][] = ['clock', 'ladder', 'calendar', 'time_zone'];

/** Whatever changes whom a reminder reaches, and when, can be tried out first. */
const tries = ({ is }: PolicyItem): KnownBlock[] =>
  CLOCKS.includes(is) || is === 'quiet_hours'
    ? [
        {
          type: 'actions',
          elements: [
            opens('policy_simulate', 'Try it out', 'policy'),
            opens('policy_replay', 'Over the last 30 days', 'policy'),
          ],
        },
      ]
    : [];

/** Open cases carry their clocks; everything else holds for them at once. */
const applies = ({ is }: PolicyItem): KnownBlock[] =>
  CLOCKS.includes(is)
    ? [
        field(
          {
            block: 'apply',
            label: 'Open cases',
            optional: true,
            hint: 'Without this they keep the clocks they began with. What was said already is not said again.',
          },
          { type: 'checkboxes', options: [optionOf({ value: APPLY, label: 'Apply it to open cases, too' })] },
        ),
      ]
    : [];

/** Lines in as few sections as Slack's limit of 3,000 characters allows. */
function sections(lines: readonly string[]): KnownBlock[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + line.length < 2900) texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line.slice(0, 2900));
  }
  return texts.slice(0, 40).map((text) => ({ type: 'section', text: mrkdwn(text) }));
}
