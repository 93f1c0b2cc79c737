import type { ModalView } from '@slack/types';
import { clockTime } from '../../../domain/preferences';
import type { ToldByHour } from '../../../domain/simulator';
import { amount } from '../../../domain/wording';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { remark, section } from '../../lines';
import { placeWords } from '../../text';
import { homeWindow } from './parts';

/** Offers to count whom the last 30 days' cases would have reached. */
export const policyReplayWindow = (memory: WindowMemory): ModalView =>
  homeWindow(
    'policy_replay',
    { title: 'Over the last 30 days', submit: 'Count', close: memory.edit ? 'Back' : 'Cancel', memory },
    [
      section(
        `Every case filed in the last 30 days is replayed: people do what they did, and the reminders follow ${memory.edit ? 'the policy in force, and the one with your change' : 'the policy in force'}.\nYou get the counts by person and hour as a direct message. Nothing is saved, no one else is told, and no case text is shown.`,
      ),
      remark('Duty, covers and quiet hours count as they are today. Cases about you are left out.'),
    ],
  );

const MOST_PEOPLE = 30;
/** Slack keeps a message in one piece up to this length. */
const MOST_CHARACTERS = 3800;

/** The counts by person and hour, biggest changes first. `told`: the policy in force, and the edited one if any. */
export function replayText(cases: number, told: readonly (readonly ToldByHour[])[]): string {
  const [inForce = [], edited] = told;
  const all = [...new Set([...inForce, ...(edited ?? [])].map(({ who }) => who))];
  const [old, now] = [inForce, edited ?? inForce].map((list) => new Map(list.map((row) => [row.who, row])));
  const rows = all.map((who) => {
    const [before, after] = [hours(old?.get(who)), hours(now?.get(who))];
    return { who, before, after, from: sum(before), to: sum(after) };
  });
  rows.sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from) || b.to - a.to);
  const [from, to] = [rows.reduce((total, row) => total + row.from, 0), rows.reduce((total, row) => total + row.to, 0)];
  const change = (a: number, b: number) => (edited ? `${amount(a)} → ${amount(b)}` : amount(b));
  const lines = [
    `*${amount(cases)} ${cases === 1 ? 'case' : 'cases'} of the last 30 days: ${change(from, to)} reminders*${edited ? ' (in force → with your change)' : ''}`,
    ...(rows.length
      ? ['By person or channel, then by hour of their own day:']
      : ['No one would have been reminded of anything.']),
  ];
  let shown = 0;
  for (const { who, before, after, from: a, to: b } of rows) {
    const each = before.flatMap((count, hour) => {
      const next = after[hour] ?? 0;
      return count || next
        ? [`${clockTime(hour * 60)}: ${edited && count !== next ? `*${amount(count)}→${amount(next)}*` : amount(next)}`]
        : [];
    });
    const line = `• ${placeWords(who)}  *${change(a, b)}*:  ${each.join(', ')}`;
    if (shown === MOST_PEOPLE || lines.join('\n').length + line.length > MOST_CHARACTERS) break;
    lines.push(line);
    shown++;
  }
  if (rows.length > shown) lines.push(`and ${amount(rows.length - shown)} more, whose counts change less`);
  return lines.join('\n');
}
const hours = (row: ToldByHour | undefined) => row?.hours ?? Array.from({ length: 24 }, () => 0);
const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
