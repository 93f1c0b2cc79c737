/** The window in which someone names a cover. */
export const COVER_CALLBACK = 'cover';

/** What can be done about a cover; the button's value is its id. */
export type CoverChoice = 'accept' | 'decline' | 'withdraw';
export const coverButtonId = (choice: CoverChoice): string => `cover:${choice}`;
export const COVER_BUTTON = /^cover:(accept|decline|withdraw)$/;
export const readCoverChoice = (actionId: string): CoverChoice | null =>
  (COVER_BUTTON.exec(actionId)?.[1] as CoverChoice | undefined) ?? null;
