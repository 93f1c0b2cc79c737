/** What can be wrong with a case or a channel that no person is asked about (domain section 7). */
export type AlarmKind =
  /** A rung should have fired and did not. */
  | 'overdue'
  /** Nothing reminds anyone of an open case. */
  | 'no_next_step'
  /** Its whole ladder was climbed, and no one answered. */
  | 'unanswered'
  | 'no_owner'
  | 'undelivered'
  /** Slack refuses every message until someone repairs the installation. */
  | 'slack_refuses'
  /** Messages were given up though no one knows why they fail. */
  | 'set_aside'
  /** Something is dated in the future: the clock of a machine was, or is, wrong. */
  | 'clock'
  /** The clock of a machine and Slack's are more than a day apart: nothing is deleted for its age. */
  | 'clocks_apart'
  /** People of another company read a need-to-know channel, or everyone may. */
  | 'shared_outside'
  /** A record is not what it was when it was made. */
  | 'broken_record';

/** Something that an admin has to look at, until its reason is gone. */
export interface Alarm {
  /** Made of what it is about, e.g. `overdue:SPF-000123`: the same trouble is one alarm. */
  readonly id: string;
  readonly kind: AlarmKind;
  readonly ref: string | null;
  /** A sentence for admins; no word of what a case says. */
  readonly about: string;
  readonly since: Date;
}
