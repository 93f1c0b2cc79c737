import type { KnownBlock } from '@slack/types';
import { DateTime } from 'luxon';
import type { ClosedDay } from '../../../domain/business-hours';
import { note } from '../../lines';
import { plainText } from '../../text';

/** How many closed days are listed: about a year of public holidays. */
export const CLOSED_LISTED = 12;

/** A calendar's next closed days, each with its name, so that a missing one is noticed. */
export function closedDaysBlocks(heading: string, days: readonly ClosedDay[]): KnownBlock[] {
  const lines = days.map(({ date, name }) => `${dateWords(date)}: ${name ?? 'own day'}`);
  const none = 'None: it is open on every day of its week.';
  return [
    { type: 'section', text: plainText(`${heading}\n${lines.join('\n') || none}`, 3000) },
    note(
      'Missing a day? Add a line to Own days: "2026-11-27 closed". Working on one of them? Add its hours: "2026-11-11 09:00-17:00".',
    ),
  ];
}

const dateWords = (date: string) =>
  DateTime.fromISO(date, { zone: 'utc' }).setLocale('en-US').toFormat('ccc, LLL d, yyyy');
