/** The codes of all kinds: each kind's folder declares its own. A code is stored: it never changes once data exists. */
// biome-ignore lint/suspicious/noEmptyInterface: the folders fill it.
export interface KindCodes {}
export type CaseKind = keyof KindCodes;
