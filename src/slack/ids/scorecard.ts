/** Opens an SP's scorecard as a window; its value is the account. */
export const SCORECARD_OPEN = 'scorecard_open';

/** The option of a card's More menu that opens it. */
const OPTION = 'scorecard|';
export const packScorecard = (account: string): string => `${OPTION}${account}`;
/** The account, or null for another option. */
export const readScorecard = (value: string): string | null =>
  value.startsWith(OPTION) ? value.slice(OPTION.length) : null;
