import stringify from 'safe-stable-stringify';
import { type CaseDocument, factsOf, fieldsOf } from '../../src/db/case-document';
import { replay } from '../../src/domain/apply';
import type { SealedEvent } from '../../src/domain/event';
import type { CardPlace } from '../../src/domain/mailbox';
import { followChain } from '../../src/proof/verify.cjs';
import type { StoredCase } from '../../src/services/ports/cases';
import type { Findings, Problem } from './findings';

/** A case as its document, and as the app reads it, with all of its events. */
export interface Kept {
  readonly document: CaseDocument;
  readonly stored: StoredCase;
  /** Former places of its cards that its document no longer has. */
  readonly left: readonly CardPlace[];
}

/** The records alone: each case follows from its events, its chain is intact, and nothing was given up. */
export async function auditRecords(
  kept: readonly Kept[],
  letters: readonly { _id: string; failedAt: Date | null; fault: string | null }[],
): Promise<Findings> {
  const problems: Problem[] = [];
  const found = (what: string, about: string, details: string) => problems.push({ what, about, details });
  for (const { document, stored } of kept) {
    const { ref, events, outbox } = stored;
    const broken = breakIn(stored.id, events as readonly SealedEvent[]);
    if (broken) found('the chain of events is broken', ref, broken);
    const [is, should] = [plain(factsOf(stored)), plain(replay(events))];
    for (const field of new Set([...Object.keys(is), ...Object.keys(should)]))
      if (stringify(is[field]) !== stringify(should[field]))
        found(
          'the facts are not what the events say',
          ref,
          `${field} is ${stringify(is[field])}, and should be ${stringify(should[field])}`,
        );
    const kept = plain(document);
    for (const [field, value] of Object.entries(plain(fieldsOf(stored))))
      if (stringify(kept[field]) !== stringify(value))
        found(
          'a derived field is stale',
          ref,
          `${field} is ${stringify(kept[field])}, and should be ${stringify(value)}`,
        );
    for (const { key, type } of events)
      if (key !== null && events.filter((other) => other.key === key && other.type === type).length > 1)
        found('an event is there twice', ref, `${type} by ${key}`);
    for (const { id, dead } of outbox) if (dead !== null) found('a message was given up', ref, `${id}: ${dead}`);
  }
  for (const { _id, failedAt, fault } of letters) if (failedAt) found('a letter was given up', _id, String(fault));
  const events = kept.reduce((sum, { stored }) => sum + stored.events.length, 0);
  return { problems, counts: { events, letters: letters.length } };
}

const plain = (value: object) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;

/** Why a chain of events is broken, or null. */
function breakIn(caseId: string, events: readonly SealedEvent[]): string | null {
  const chain = followChain(caseId);
  return events.map((event) => chain.next(event)).find((why) => why !== null) ?? null;
}
