import { randomBytes } from 'node:crypto';
import type { CaseEvent, SealedEvent } from '../domain/event';
import { contentHash, eventHash } from '../proof/verify.cjs';

/** Chains new events of a case to the hash of its newest stored one (empty for a new case). */
export function seal(caseId: string, last: string, events: readonly CaseEvent[]): SealedEvent[] {
  let previous = last;
  return events.map((event) => {
    const salt = randomBytes(16).toString('base64url');
    const content = contentHash(salt, event);
    const hash = eventHash(caseId, { ...event, content, previous });
    const sealed = { ...event, salt, content, previous, hash };
    previous = hash;
    return sealed;
  });
}
