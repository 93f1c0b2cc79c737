/** A card's button that opens the full text of its case; its value is the case's reference. */
export const DETAILS_OPEN = 'details_open';
