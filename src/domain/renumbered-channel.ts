/** A channel whose id Slack changed, which it does to a private channel once someone starts to share it. */
export interface RenumberedChannel {
  /** The id that Warmline first knew it by, and goes on using everywhere. */
  readonly id: string;
  /** The ids that Slack gave it later; it answers only to the last one. */
  readonly later: readonly string[];
  /** The `event_ts` of the last change. */
  readonly at: string;
}
