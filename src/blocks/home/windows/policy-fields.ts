import type { InputBlock, KnownBlock } from '@slack/types';
import { RUNG_ROLES } from '../../../domain/allowance';
import { holidayPlaces } from '../../../domain/holiday-places';
import { CASE_KINDS, KINDS } from '../../../domain/kinds';
import { AGED, DAYS } from '../../../domain/policy';
import type { Entries } from '../../../domain/policy-entries';
import type { PolicyItem } from '../../../domain/policy-items';
import { SEVERITIES } from '../../../domain/severity';
import { STEPS } from '../../../domain/steps';
import { RUNG_HINTS } from '../../../domain/targets';
import { timeZones } from '../../../domain/time-zones';
import { field, note } from '../../lines';
import { AGED_LABELS, DAY_LABELS, GUEST_WORDS, SEVERITY_NAMES, TIME_LABELS } from '../policy-words';
import { choiceElement, choices, lineElement, optionOf, zoneElement } from './parts';

/** What fits into a window's memory of an edit. */
export const MOST_LIST_CHARACTERS = 1200;

/** The fields of an item of the policy; null: of a clock not chosen yet. */
export const policyFields = (item: PolicyItem | null, entries: Entries): KnownBlock[] =>
  FIELDS[item?.is ?? 'clock']({ item, entries, text: (name) => String(entries[name] ?? '') });

interface Edited {
  readonly item: PolicyItem | null;
  readonly entries: Entries;
  readonly text: (name: string) => string;
}

const PATTERN_HINT =
  'A pattern that the whole number fits, capitals or not: [0-9]{5,12} for 5 to 12 digits, JOB-[0-9]{4}-[0-9]{5} for JOB-2024-00017.';

const KEPT_HINT =
  'In days or years, such as 90 days or 7 years, counted from when a case was closed. A severity may say otherwise: 7 years, critical 10 years. Open cases and those on legal hold are never deleted.';

const FIELDS: Readonly<Record<PolicyItem['is'], (edited: Edited) => KnownBlock[]>> = {
  clock: clockFields,
  ladder: ({ text }) => [ladder('Rungs', 'Leave it empty for the ladder of every other clock.', text)],
  calendar: calendarFields,
  time_zone: ({ text }) => [
    field('zone', 'Time zone', zoneElement(timeZones(), text('zone')), {
      hint: "Clocks of cases without an area follow it, and so does the admins' digest. Areas have their own. Type a city to find it.",
    }),
  ],
  quiet_hours: quietFields,
  audit: ({ text }) => [
    field('grace', 'How late something can be before it is repaired', lineElement(text('grace'), 40), {
      hint: '5 min to 24 h.',
    }),
  ],
  digests: ({ text }) => [
    field('daily_at', 'Daily digest at', lineElement(text('daily_at'), 5), {
      hint: 'In the time zone of the area, such as 09:00.',
    }),
    field('weekly_on', 'Weekly report on', choices(DAYS, DAY_LABELS, text('weekly_on'), 'Which day')),
  ],
  emoji: ({ text }) => [
    field('take', 'Acknowledges, on a card', lineElement(text('take'), 62), {
      optional: true,
      hint: 'Such as :eyes:. Empty: no emoji does it.',
    }),
    field('resolve', 'Offers to resolve, on a card', lineElement(text('resolve'), 62), { optional: true }),
    field('report', 'Offers to start a report, on any message', lineElement(text('report'), 62), { optional: true }),
  ],
  guests: ({ text }) => [
    field('may', 'Workspace guests can do', choices(['nothing', 'what_agents_may'], GUEST_WORDS, text('may'), 'What'), {
      hint: 'Guests named in an area or a role can always take part. People from another company never can.',
    }),
  ],
  numbers: ({ text }) => [
    field('sp_account', 'SP account', lineElement(text('sp_account'), 200), { hint: PATTERN_HINT }),
    field('sp_account_example', 'Example of an SP account', lineElement(text('sp_account_example'), 40)),
    field('sj', 'SJ number', lineElement(text('sj'), 200), { hint: PATTERN_HINT }),
    field('sj_example', 'Example of an SJ number', lineElement(text('sj_example'), 40)),
  ],
  webhooks: ({ text }) => [
    lines(
      'webhooks',
      'Webhooks',
      'One per line: its name, its address, the variable that holds its secret, then the kinds it gets (none: all), need-to-know if it may read those, and anchors if it gets the daily hash of all records. For example "crm https://crm.example.com/hooks WEBHOOK_SECRET_CRM exception".',
      text,
    ),
  ],
  sent_to_manager: ({ text }) => [
    lines(
      'places',
      'Told along with the Area Manager',
      'One per line: "email" for the Area Manager by email, "email:ops@example.com" for a mailbox, or a channel such as "#ops". Empty: none.',
      text,
    ),
  ],
  retention: ({ text }) => [
    ...CASE_KINDS.map((kind, i) =>
      field(kind, KINDS[kind].label, lineElement(text(kind), 150), i ? {} : { hint: KEPT_HINT }),
    ),
    ...AGED.map((aged) => field(aged, AGED_LABELS[aged], lineElement(text(aged), 20))),
  ],
  steps: ({ text }) => [
    field('steps', 'Steps, one after the other', lineElement(text('steps'), 100), {
      hint: `Of ${STEPS.join(', ')}. A raised case proposes the one after the gravest of the last year; a person decides. Empty: none.`,
      optional: true,
    }),
  ],
  repeat_rules: ({ text }) => [
    lines(
      'rules',
      'Rules',
      'One per line, such as "3 negative SP feedback in 30 days" or "2 high-risk reports in 365 days". Empty: none.',
      text,
    ),
  ],
};

function clockFields({ item, text }: Edited): KnownBlock[] {
  const removes = item ? ' Leave it empty to remove this clock.' : '';
  return [
    field('length', 'How long', lineElement(text('length'), 60), {
      optional: item !== null,
      hint: `30 min, 4 h, 1 h 30 min or 2 days (of 24 hours around the clock, of 10 opening hours).${removes}`,
    }),
    field('time', 'Counted in', choices(['business', 'always'], TIME_LABELS, text('time'), 'Which time'), {
      hint: 'Critical and high cases run around the clock, whatever is set here.',
    }),
    ladder('Ladder of its own', 'Leave it empty for the ladder of this clock.', text),
  ];
}

function calendarFields({ item, text }: Edited): KnownBlock[] {
  return [
    ...DAYS.map((day) =>
      field(day, DAY_LABELS[day], lineElement(text(day), 60), {
        optional: true,
        ...(day === 'mon' ? { hint: 'Hours with their breaks: 08:00-12:00, 13:00-18:00. Empty: closed.' } : {}),
      }),
    ),
    field('holidays', 'Public holidays', choiceElement([...holidayPlaces()], text('holidays') || null, 'None'), {
      optional: true,
      hint: 'Days a country or state is closed. One that falls on a weekend counts on the day it is observed.',
    }),
    lines(
      'days',
      'Own days',
      'One per line, with the hours of that day: "2026-12-24 08:00-12:00" or "2026-12-26 closed".',
      text,
    ),
    ...(item?.is === 'calendar' && item.area !== 'default' ? [OF_ONE_AREA] : []),
  ];
}

const OF_ONE_AREA: KnownBlock = note(
  'What you save here applies to this area only. To go back to the calendar of every area, clear all days and own days.',
);

function quietFields({ entries }: Edited): KnownBlock[] {
  const options = SEVERITIES.map((value) => optionOf({ value, label: SEVERITY_NAMES[value] }));
  const chosen = options.filter(({ value }) => entries.bypass?.includes(value ?? ''));
  return [
    field(
      'bypass',
      'Severities that ignore quiet hours',
      { type: 'checkboxes', options, ...(chosen.length ? { initial_options: chosen } : {}) },
      { optional: true },
    ),
  ];
}

const TARGETS = [...RUNG_ROLES, ...RUNG_HINTS].join(', ').replace(/, ([^,]*)$/, ' or $1');
const LADDER_HINT = `One rung per line: how long after the due time, and to whom: ${TARGETS}. For example "30 min: owner" or "2 h: leadership, every 30 min, 7 times".`;

const ladder = (label: string, ifEmpty: string, text: Edited['text']): InputBlock =>
  lines('ladder', label, `${LADDER_HINT} ${ifEmpty}`, text);

/** A list, one entry per line. It may be empty. */
function lines(block: string, label: string, hint: string, text: Edited['text']): InputBlock {
  const initial = text(block).slice(0, MOST_LIST_CHARACTERS);
  return field(
    block,
    label,
    {
      type: 'plain_text_input',
      multiline: true,
      max_length: MOST_LIST_CHARACTERS,
      ...(initial ? { initial_value: initial } : {}),
    },
    { hint, optional: true },
  );
}
