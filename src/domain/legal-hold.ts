import type { CaseFacts } from './case';
import type { EventBase } from './event';
import type { Mark } from './forms/form';
import type { OutcomeCode } from './outcomes';

/** What puts a case on hold automatically, and why. */
const NAMED: readonly { readonly mark?: Mark; readonly outcome?: OutcomeCode; readonly reason: string }[] = [
  { mark: 'lawsuit', reason: 'A lawsuit is named.' },
  { mark: 'lawyer', reason: 'A lawyer is named.' },
  { mark: 'law_enforcement', reason: 'Law enforcement is named.' },
  { outcome: 'referred_to_legal', reason: 'It was referred to legal.' },
  { outcome: 'reported_to_police', reason: 'It was reported to law enforcement.' },
];

/** The facts that decide whether a case is on hold. */
export type Holdable = Pick<CaseFacts, 'marks' | 'resolution' | 'legalHold'>;
/** Why a case is on hold, or null. What a person placed or lifted takes precedence. */
export function holdReason({ legalHold, marks, resolution }: Holdable): string | null {
  if (legalHold) return legalHold.reason;
  if (legalHold === null) return null;
  const named = NAMED.find(
    ({ mark, outcome }) => (mark && marks.includes(mark)) || (outcome && resolution?.outcome === outcome),
  );
  return named?.reason ?? null;
}

const reasonOf = (code: OutcomeCode | undefined) => NAMED.find(({ outcome }) => outcome && outcome === code)?.reason;

type Placing = Pick<CaseFacts, 'legalHold'>;
/** A reopened case has no outcome anymore. The hold that its outcome placed stays, because only two people lift one. */
export function holdKept({ legalHold, resolution }: Pick<CaseFacts, 'legalHold' | 'resolution'>): Placing {
  const reason = reasonOf(resolution?.outcome);
  if (!resolution || !reason || legalHold !== undefined) return {};
  return { legalHold: { by: resolution.by, at: resolution.at, reason, lifting: null } };
}

/** An outcome that calls for a hold places it again if an earlier one was lifted. */
export function heldAgain(
  { legalHold }: Placing,
  { at, actor: by, data }: EventBase & { readonly data: { readonly outcome: OutcomeCode } },
): Placing {
  const reason = reasonOf(data.outcome);
  return reason && legalHold === null ? { legalHold: { by, at, reason, lifting: null } } : {};
}

/** When a case was closed; null while it is open. For a void case, its newest event counts. */
export const closedAt = ({ state, resolution, changedAt }: Pick<CaseFacts, 'state' | 'resolution' | 'changedAt'>) => {
  if (state !== 'resolved' && state !== 'void') return null;
  return (state === 'resolved' ? resolution?.at : null) ?? changedAt;
};
