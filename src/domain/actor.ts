/** Who or what made an event: a Slack user id, or `system` for jobs. */
export type Actor = string;
export const SYSTEM: Actor = 'system';
