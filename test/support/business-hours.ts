import { type Calendar, type CalendarRules, calendarFor } from '../../src/domain/business-hours';

export type Hours = CalendarRules['hours']['mon'];
export const closed: CalendarRules['hours'] = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
export const weekdays = (...day: Hours) => ({ ...closed, mon: day, tue: day, wed: day, thu: day, fri: day });
export const daily = (...day: Hours) => ({ ...weekdays(...day), sat: day, sun: day });
export const rules = (hours: CalendarRules['hours'], rest: Partial<CalendarRules> = {}): CalendarRules => ({
  hours,
  holidays: null,
  days: {},
  ...rest,
});
export function calendar(given: CalendarRules, zone: string): Calendar {
  const made = calendarFor(given, zone);
  if (!made.ok) throw new Error(made.fault);
  return made.calendar;
}
