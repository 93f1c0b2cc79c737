import type { Person } from './access';
import type { Actor } from './actor';

/** A caller on the line who refuses to wait, offered to the Resolution Specialists (domain section 5). */
export interface WarmTransfer {
  /** The id of the form window in which it was requested. */
  readonly id: string;
  readonly agent: Actor;
  /** Empty where not given. */
  readonly sp: string;
  readonly sj: string;
  readonly askedAt: Date;
  readonly claimedBy: Actor | null;
  readonly claimedAt: Date | null;
}

/** Who may take a caller, and is asked to. */
export const mayTakeCallers = ({ isAdmin, roles }: Pick<Person, 'isAdmin' | 'roles'>): boolean =>
  isAdmin || roles.includes('resolution_specialist') || roles.includes('leadership');
