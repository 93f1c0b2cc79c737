import type { ModalView } from '@slack/types';
import { CASE_KINDS, KINDS } from '../../../domain/kinds';
import { clockAllowance, DAYS, type Policy } from '../../../domain/policy';
import { SEVERITIES } from '../../../domain/severity';
import { capital } from '../../../domain/wording';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { note, section } from '../../lines';
import { escapeWithin } from '../../text';
import { homeWindow } from './parts';

type Day = (typeof DAYS)[number];

/** The policy in force in short: how long someone has to answer, and when areas are open. */
export function policyKeepWindow(memory: WindowMemory, policy: Policy): ModalView {
  const { hours, holidays } = policy.calendars.default;
  const week = weekWords((day) => hours[day].map(([from, to]) => `${from}–${to}`).join(', ') || 'closed');
  const answers = CASE_KINDS.map((kind) => {
    const times = SEVERITIES.map((severity) => clockAllowance(policy, kind, severity, 'acknowledge')).filter(
      (one) => one !== null,
    );
    const fastest = times.sort((a, b) => a.minutes - b.minutes)[0];
    const usual = clockAllowance(policy, kind, 'normal', 'acknowledge');
    const words = (one: typeof usual) =>
      one ? `${minutes(one.minutes)}${one.time === 'business' ? ' of opening hours' : ''}` : 'no limit';
    const urgent = fastest && usual && fastest.minutes < usual.minutes ? `, ${words(fastest)} when critical` : '';
    return `• ${KINDS[kind].label}: ${words(usual)}${urgent}`;
  });
  return homeWindow('policy_keep', { title: 'The policy in force', submit: 'Keep it', memory }, [
    section(`*Time to acknowledge*\n${answers.join('\n')}`),
    section(
      `*Opening hours*\n${escapeWithin(week, 600)}\nHolidays: ${holidays ? escapeWithin([holidays.country, holidays.state].filter(Boolean).join(', '), 60) : 'none'}. Each area in its own time zone; cases without an area in ${escapeWithin(policy.time_zone, 60)}.`,
    ),
    note(
      'Critical and high cases run around the clock. All of it can be changed under Policies; open cases keep the clocks they started with.',
    ),
  ]);
}

/** A week with adjacent equal days combined: "Mon–Fri 08:00–18:00, Sat–Sun closed". */
function weekWords(hoursOf: (day: Day) => string): string {
  const runs: { first: Day; last: Day; hours: string }[] = [];
  for (const day of DAYS) {
    const run = runs.at(-1);
    if (run?.hours === hoursOf(day)) run.last = day;
    else runs.push({ first: day, last: day, hours: hoursOf(day) });
  }
  return runs
    .map(
      ({ first, last, hours }) => `${first === last ? capital(first) : `${capital(first)}–${capital(last)}`} ${hours}`,
    )
    .join(', ');
}

const minutes = (count: number): string => {
  if (count % 60 || count === 0) return `${count} minutes`;
  return count === 60 ? '1 hour' : `${count / 60} hours`;
};
