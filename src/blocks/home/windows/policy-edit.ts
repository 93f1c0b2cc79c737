import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { ClosedDay } from '../../../domain/business-hours';
import { holidayPlaces } from '../../../domain/holiday-places';
import { SEVERITIES } from '../../../domain/kinds';
import { CLOCK_NAMES } from '../../../domain/policy';
import { DAYS, type Entries, KIND_KEYS, type PolicyItem, SEVERITY_KEYS } from '../../../domain/policy-items';
import { timeZones } from '../../../domain/time-zones';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { plainText } from '../../text';
import {
  CLOCK_LABELS,
  DAY_LABELS,
  GUEST_WORDS,
  itemName,
  KIND_NAMES,
  SEVERITY_NAMES,
  TIME_LABELS,
} from '../policy-words';
import { closedDaysBlocks } from './closed-days';
import { choiceElement, field, homeWindow, lineElement, optionOf, zoneElement } from './parts';

/** As much as fits into what a window may remember of an edit. */
export const MOST_LIST_CHARACTERS = 1200;

/**
 * Edits one item of the policy; null: a clock that is still to be named. Saving shows first what changes. `closed`: of a
 * calendar, the next days on which it is closed.
 */
export function policyEditWindow(
  memory: WindowMemory,
  item: PolicyItem | null,
  entries: Entries,
  closed: readonly ClosedDay[] = [],
): ModalView {
  const title = item ? itemName(item) : 'A clock that the policy does not set yet';
  return homeWindow({
    id: 'policy_edit',
    title: item ? 'Change the policy' : 'Add a clock',
    submit: 'Review the change',
    memory,
    blocks: [
      { type: 'header', text: plainText(title, 150) },
      ...(item ? [] : whichClock()),
      ...fieldsOf(item, (name) => String(entries[name] ?? ''), entries),
      ...(item?.is === 'calendar' ? closedDaysBlocks('As it stands, the next closed days are:', closed) : []),
      { type: 'context', elements: [plainText('Nothing is saved yet: the next window shows what would change.')] },
    ],
  });
}

const whichClock = (): KnownBlock[] => [
  field(
    { block: 'clock', label: 'Clock' },
    choiceElement(
      CLOCK_NAMES.map((value) => ({ value, label: CLOCK_LABELS[value] })),
      null,
      'Which clock',
    ),
  ),
  field(
    { block: 'kind', label: 'Kind of case' },
    choiceElement(
      KIND_KEYS.map((value) => ({ value, label: KIND_NAMES[value] })),
      null,
      'Which kind',
    ),
  ),
  field(
    { block: 'severity', label: 'Severity' },
    choiceElement(
      SEVERITY_KEYS.map((value) => ({ value, label: SEVERITY_NAMES[value] })),
      null,
      'Which severity',
    ),
  ),
];

const LADDER_HINT =
  'One rung per line: how long after the due time, and to whom: thread, owner, deputy, manager, leadership, #channel, @user-group, the e-mail address of someone in Slack, email (mails whoever is on duty) or email:ops@example.com. For example "30 min: owner" or "2 h: leadership, every 30 min, 7 times".';

function fieldsOf(item: PolicyItem | null, text: (name: string) => string, entries: Entries): KnownBlock[] {
  switch (item?.is ?? 'clock') {
    case 'clock':
      return [
        field(
          {
            block: 'length',
            label: 'How long',
            optional: item !== null,
            hint: `30 min, 4 h, 1 h 30 min or 2 days (of 24 hours around the clock, of 10 opening hours).${item ? ' Leave it empty to remove this clock.' : ''}`,
          },
          lineElement(text('length'), 60),
        ),
        field(
          {
            block: 'time',
            label: 'Counted in',
            hint: 'Critical and high cases run around the clock, whatever is set here.',
          },
          choiceElement(
            (['business', 'always'] as const).map((value) => ({ value, label: TIME_LABELS[value] })),
            text('time'),
            'Which time',
          ),
        ),
        lines(
          'ladder',
          'Ladder of its own',
          `${LADDER_HINT} Leave it empty for the ladder of this clock.`,
          text('ladder'),
          true,
        ),
      ];
    case 'ladder':
      return [
        lines(
          'ladder',
          'Rungs',
          `${LADDER_HINT} Leave it empty for the ladder of every other clock.`,
          text('ladder'),
          true,
        ),
      ];
    case 'calendar':
      return [
        ...DAYS.map((day) =>
          field(
            {
              block: day,
              label: DAY_LABELS[day],
              optional: true,
              ...(day === 'mon' ? { hint: 'Hours with their breaks: 08:00-12:00, 13:00-18:00. Empty: closed.' } : {}),
            },
            lineElement(text(day), 60),
          ),
        ),
        field(
          {
            block: 'holidays',
            label: 'Public holidays',
            optional: true,
            hint: 'Days a country or state is closed. One that falls on a weekend counts on the day it is observed.',
          },
          choiceElement([...holidayPlaces()], text('holidays') || null, 'None'),
        ),
        lines(
          'days',
          'Own days',
          'One per line, with the hours of that day: "2026-12-24 08:00-12:00" or "2026-12-26 closed".',
          text('days'),
          true,
        ),
        ...(item?.is === 'calendar' && item.area !== 'default'
          ? [
              {
                type: 'context' as const,
                elements: [
                  plainText(
                    'What you save here applies to this area only. To go back to the calendar of every area, clear all days and own days.',
                  ),
                ],
              },
            ]
          : []),
      ];
    case 'time_zone':
      return [
        field(
          {
            block: 'zone',
            label: 'Time zone',
            hint: "Clocks of cases without an area follow it, and so does the admins' digest. Areas have their own. Type a city to find it.",
          },
          zoneElement(timeZones(), text('zone')),
        ),
      ];
    case 'quiet_hours': {
      const options = SEVERITIES.map((value) => optionOf({ value, label: SEVERITY_NAMES[value] }));
      const chosen = options.filter(({ value }) => entries.bypass?.includes(value ?? ''));
      return [
        field(
          { block: 'bypass', label: 'Severities that ignore quiet hours', optional: true },
          { type: 'checkboxes', options, ...(chosen.length ? { initial_options: chosen } : {}) },
        ),
      ];
    }
    case 'audit':
      return [
        field(
          { block: 'grace', label: 'How late something can be before it is repaired', hint: '5 min to 24 h.' },
          lineElement(text('grace'), 40),
        ),
      ];
    case 'digests':
      return [
        field(
          { block: 'daily_at', label: 'Daily digest at', hint: 'In the time zone of the area, such as 09:00.' },
          lineElement(text('daily_at'), 5),
        ),
        field(
          { block: 'weekly_on', label: 'Weekly report on' },
          choiceElement(
            DAYS.map((value) => ({ value, label: DAY_LABELS[value] })),
            text('weekly_on'),
            'Which day',
          ),
        ),
      ];
    case 'guests':
      return [
        field(
          {
            block: 'may',
            label: 'Workspace guests can do',
            hint: 'Guests named in an area or a role can always take part. People from another company never can.',
          },
          choiceElement(
            (['nothing', 'what_agents_may'] as const).map((value) => ({ value, label: GUEST_WORDS[value] })),
            text('may'),
            'What',
          ),
        ),
      ];
    case 'emoji':
      return [
        field(
          {
            block: 'take',
            label: 'Acknowledges, on a card',
            optional: true,
            hint: 'Such as :eyes:. Empty: no emoji does it.',
          },
          lineElement(text('take'), 62),
        ),
        field(
          { block: 'resolve', label: 'Offers to resolve, on a card', optional: true },
          lineElement(text('resolve'), 62),
        ),
        field(
          { block: 'report', label: 'Offers to begin a report, on any message', optional: true },
          lineElement(text('report'), 62),
        ),
      ];
    case 'webhooks':
      return [
        lines(
          'webhooks',
          'Webhooks',
          'One per line: its name, its address, the variable that holds its secret, then the kinds it gets (none: all), and need-to-know if it may read those. For example "crm https://crm.example.com/hooks WEBHOOK_SECRET_CRM exception".',
          text('webhooks'),
          true,
        ),
      ];
    case 'sent_to_manager':
      return [
        lines(
          'places',
          'Told along with the Area Manager',
          'One per line: "email" for the Area Manager by e-mail, "email:ops@example.com" for a mailbox, or a channel by its id, as in "channel:C0123ABCD". Empty: none.',
          text('places'),
          true,
        ),
      ];
    case 'repeat_rules':
      return [
        lines(
          'rules',
          'Rules',
          'One per line, such as "3 negative SP feedback in 30 days" or "2 high-risk reports in 365 days". Empty: none.',
          text('rules'),
          true,
        ),
      ];
  }
}

const lines = (block: string, label: string, hint: string, initial: string, optional: boolean): InputBlock =>
  field(
    { block, label, hint, optional },
    {
      type: 'plain_text_input',
      multiline: true,
      max_length: MOST_LIST_CHARACTERS,
      ...(initial ? { initial_value: initial.slice(0, MOST_LIST_CHARACTERS) } : {}),
    },
  );
