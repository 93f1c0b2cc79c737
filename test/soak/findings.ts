/** Something wrong, with what is needed to investigate it. */
export interface Problem {
  readonly what: string;
  readonly about: string;
  readonly details: string;
}

/** An audit's results: what is wrong, and how much it checked. */
export interface Findings {
  readonly problems: readonly Problem[];
  readonly counts: Readonly<Record<string, number>>;
}
