/** Problems with a case or a channel that only an admin can fix (domain section 7). */
export type AlarmKind =
  /** A rung should have fired and did not. */
  | 'overdue'
  /** Nothing reminds anyone of an open case. */
  | 'no_next_step'
  /** Its whole ladder has run, and no one answered. */
  | 'unanswered'
  | 'no_owner'
  | 'undelivered'
  /** Slack refuses every message until someone fixes the installation. */
  | 'slack_refuses'
  /** Messages were given up, for an unknown reason. */
  | 'set_aside'
  /** Something has a date in the future: a machine's clock was, or is, wrong. */
  | 'clock'
  /** A machine's clock and Slack's differ by more than a day: nothing is deleted by age. */
  | 'clocks_apart'
  /** People of another company, or everyone in the workspace, can read a need-to-know channel. */
  | 'shared_outside'
  /** A record was changed after it was written. */
  | 'broken_record';

/** Something for an admin to look at, until its cause is gone. */
export interface Alarm {
  /** Based on what it is about, e.g. `overdue:SPF-000123`, so the same trouble is one alarm. */
  readonly id: string;
  readonly kind: AlarmKind;
  readonly ref: string | null;
  /** A sentence for admins, without any of the case's text. */
  readonly about: string;
  readonly since: Date;
}
