/** The window in which someone names a cover. */
export const COVER_CALLBACK = 'cover';

/** What can be done about a cover; the button's value is its id. */
export type CoverChoice = 'accept' | 'decline' | 'withdraw';
export const coverButtonId = (choice: CoverChoice): string => `cover:${choice}`;
export const COVER_BUTTON = /^cover:(accept|decline|withdraw)$/;
export const readCoverChoice = (actionId: string): CoverChoice | null =>
  (COVER_BUTTON.exec(actionId)?.[1] as CoverChoice | undefined) ?? null;

/** The window of someone's calendar, its button, and those in it; a button's value is the person, or empty. */
export const CALENDAR_CALLBACK = 'calendar';
export const CALENDAR_OPEN = 'calendar:open';
export const CALENDAR_READ = 'calendar:read';
export const CALENDAR_REMOVE = 'calendar:remove';
export const CALENDAR_RESTORE = 'calendar:restore';
