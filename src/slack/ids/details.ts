/** A button of a card that opens everything that was said in its case; its value is the case's reference. */
export const DETAILS_OPEN = 'details_open';
