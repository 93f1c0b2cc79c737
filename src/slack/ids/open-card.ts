/** A link button to a case's card. */
export const OPEN_CARD = 'open_card';
