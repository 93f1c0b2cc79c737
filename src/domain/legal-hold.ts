import type { CaseFacts } from './case';
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

/** When a case was closed; null while it is open. For a void case, its newest event counts. */
export const closedAt = ({ state, resolution, changedAt }: Pick<CaseFacts, 'state' | 'resolution' | 'changedAt'>) => {
  if (state !== 'resolved' && state !== 'void') return null;
  return (state === 'resolved' ? resolution?.at : null) ?? changedAt;
};
