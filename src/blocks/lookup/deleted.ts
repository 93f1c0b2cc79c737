import { dateToken } from '../text';

/** What a lookup says about a deleted case. */
export const deletedText = ({ ref, closedAt, deletedAt }: { ref: string; closedAt: Date; deletedAt: Date }): string =>
  `*${ref}* was closed ${dateToken(closedAt)}, and its record was deleted ${dateToken(deletedAt)}, as the retention policy says.`;
