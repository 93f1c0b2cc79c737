export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A fault as a sentence. */
export const sentence = (text: string): string => `${capital(text)}${/[.!?]$/.test(text) ? '' : '.'}`;

/** A count as people read it: 1,234. */
export const amount = (count: number): string => count.toLocaleString('en-US');

/** "1 case", "1,234 cases". */
export const countOf = (count: number, noun: string): string => `${amount(count)} ${noun}${count === 1 ? '' : 's'}`;
