import type { Change, StoredCase } from './ports/cases';

/** A case as stored after this change. */
export const storedAfter = (based: StoredCase, { facts, events, mailbox }: Change): StoredCase => ({
  id: based.id,
  version: based.version + 1,
  ...facts,
  ...mailbox,
  events: [...based.events, ...events],
});
