import type { Button, KnownBlock, ModalView } from '@slack/types';
import type { Actor } from '../../domain/actor';
import { CALENDAR_FAULTS, type Calendar, DEFAULT_WORDS, maskedAddress } from '../../domain/calendar';
import type { LetterContent } from '../../domain/letters';
import {
  CALENDAR_CALLBACK,
  CALENDAR_OPEN,
  CALENDAR_READ,
  CALENDAR_REMOVE,
  CALENDAR_RESTORE,
} from '../../slack/ids/cover';
import { windowBlock } from '../../slack/ids/home-window';
import { actions, asking, button, field, note, section } from '../lines';
import type { Message } from '../message';
import { type Part, richLines, WHEN } from '../rich-text';
import { dateToken, escapeWithin, plainText } from '../text';

const AGO = '{ago}';
const TITLE = 'Calendar for covers';

/** What a person's calendar window is about. */
export interface CalendarWindow {
  /** Null: an admin chooses. */
  readonly person: Actor | null;
  readonly calendar: Calendar | null;
  /** Whether another person looks at it. */
  readonly isOther: boolean;
}

/** Asks for the address of someone's calendar, or shows its state (domain section 7). */
export function calendarModal({ person, calendar, isOther }: CalendarWindow): ModalView {
  const kept = calendar?.removedAt ? null : calendar;
  return asking(
    CALENDAR_CALLBACK,
    { title: TITLE, submit: kept ? 'Save' : 'Connect', close: 'Close', memory: person ?? '' },
    [
      ...(person && isOther ? [richLines([['The calendar of ', { user: person }]])] : []),
      ...(calendar ? stateBlocks(calendar) : [intro]),
      ...(person ? [] : [personInput]),
      addressInput(kept, calendar),
      deputyInput(kept),
      wordsInput(kept),
    ],
  );
}

const intro = note(
  'Absences in the calendar become covers: the deputy is asked by DM for each, up to 60 days ahead. It is read every half hour, and no title of an entry is kept.',
);

const personInput = field(
  'person',
  'Whose calendar is it?',
  { type: 'users_select' },
  { hint: 'They hear by DM that you gave its address.' },
);

/** A new field for each address: otherwise, Slack would show the old text again, and an address is a secret. */
const addressInput = (kept: Calendar | null, calendar: Calendar | null): KnownBlock =>
  field(
    windowBlock('address', calendar && +calendar.addedAt),
    'Address of the calendar',
    { type: 'plain_text_input', max_length: 1000, placeholder: plainText('https://… or webcal://…') },
    {
      hint: `${kept ? `Leave this empty to keep the address on ${maskedAddress(kept.url)} ` : ''}Your calendar program gives it as “secret address in iCal format” or “publish calendar, ICS link”. Anyone who has it can read the calendar, so Warmline never shows it again.`,
      optional: kept !== null,
    },
  );

const deputyInput = (kept: Calendar | null): KnownBlock =>
  field(
    'deputy',
    'Who covers?',
    { type: 'users_select', ...(kept ? { initial_user: kept.deputy } : {}) },
    { hint: 'They are asked for each absence, and accept or decline.' },
  );

const wordsInput = (kept: Calendar | null): KnownBlock =>
  field(
    'words',
    'Which entries are absences?',
    { type: 'plain_text_input', max_length: 500, initial_value: (kept?.words ?? DEFAULT_WORDS).join(', ') },
    {
      hint: 'Those marked “out of office”, and those whose title has one of these words. Put commas between them.',
      optional: true,
    },
  );

function stateBlocks(calendar: Calendar): KnownBlock[] {
  const { person, removedAt, nextAt, uncovered } = calendar;
  const press = (action_id: string, text: string): Button => button(action_id, text, person);
  if (removedAt)
    return [
      section(
        `🗑️ This calendar is removed. Its address is forgotten, and the covers made of it end, at ${dateToken(nextAt, '{time}')}.`,
        press(CALENDAR_RESTORE, 'Undo'),
      ),
    ];
  return [
    section(calendarState(calendar)),
    ...(uncovered.length
      ? [richLines([['No cover was asked for:'], ...uncovered.slice(0, 10).map(uncoveredLine)])]
      : []),
    actions(press(CALENDAR_READ, 'Read it now'), {
      ...press(CALENDAR_REMOVE, 'Remove calendar'),
      style: 'danger',
    }),
    { type: 'divider' },
  ];
}

const uncoveredLine = ({ from, until, why }: Calendar['uncovered'][number]): Part[] => [
  '• ',
  { date: from, format: WHEN },
  ' until ',
  { date: new Date(+until - 60_000), format: WHEN },
  `: ${why}`,
];

/** One or two sentences: since when it cannot be read and why, or what was found. */
export function calendarState({ url, failing, readAt, absences }: Calendar): string {
  const name = escapeWithin(maskedAddress(url), 120);
  const found = absences === 1 ? '1 absence ahead' : `${absences} absences ahead`;
  if (failing)
    return `:warning: The calendar on ${name} cannot be read since ${dateToken(failing.since)}. ${CALENDAR_FAULTS[failing.why]} ${readAt ? 'What was read before still counts.' : 'No cover comes from it yet.'}`;
  if (!readAt) return `⏳ The calendar on ${name} is being read.`;
  return `📅 The calendar on ${name} was read ${dateToken(readAt, AGO)}: ${found}.`;
}

/** The link to a calendar in the window of covers. */
export const calendarRow = (person: Actor, calendar: Calendar | null): KnownBlock =>
  section(
    calendar && !calendar.removedAt
      ? calendarState(calendar)
      : '*Or let your calendar ask*\nAbsences in it become covers, without this window.',
    button(CALENDAR_OPEN, calendar ? 'Change …' : 'Connect …', person),
  );

/** A DM to the person whose calendar an admin connected, changed or removed. */
export function calendarMessage({ by, deputy }: LetterContent & { type: 'calendar' }): Message {
  const said: Part[] = deputy
    ? [' gave the address of your calendar: ', { user: deputy }, ' is asked to cover for each absence in it.']
    : [' removed your calendar: its absences no longer become covers.'];
  return {
    text: deputy ? 'Your calendar makes covers now' : 'Your calendar makes no covers anymore',
    blocks: [richLines([['📅 ', { user: by }, ...said, ' See and change this with /warmline cover.']])],
  };
}
