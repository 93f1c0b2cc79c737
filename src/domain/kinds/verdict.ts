import type { Severity } from '../severity';

/** A severity with one sentence about its causes. */
export interface SeverityVerdict {
  readonly severity: Severity;
  readonly reason: string;
}

const list = new Intl.ListFormat('en-US', { type: 'conjunction' });
/** "Critical because the police are involved and a lawsuit is pending." */
export const because = (severity: string, causes: readonly string[]) =>
  `${severity.charAt(0).toUpperCase()}${severity.slice(1)} because ${list.format(causes)}.`;
