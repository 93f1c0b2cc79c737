import type { Calendar } from '../../src/domain/calendar';
import { MONDAY } from './cases';

/** A calendar that cannot be read, with the longest possible address. */
export const unreadCalendar = (absences: number): Calendar => ({
  person: 'U0TOM',
  deputy: 'U0DANA',
  url: `https://${'a'.repeat(60)}.${'b'.repeat(60)}.example.com/x`,
  words: ['OOO'],
  by: 'U0TOM',
  addedAt: MONDAY,
  nextAt: MONDAY,
  readAt: null,
  failing: { since: MONDAY, why: 'login' },
  absences,
  uncovered: [],
  removedAt: null,
});
