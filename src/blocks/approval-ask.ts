import { isRestricted } from '../domain/access';
import type { CaseEvent, CaseFacts } from '../domain/case';
import { factPieces } from '../domain/moves/sanctions';
import { outcomeLabel } from '../domain/outcomes';
import { aboutCase, dmActions } from './dms';
import type { Message } from './message';
import { type Part, quote, richLines, WHEN } from './rich-text';
import { escapeText } from './text';

/**
 * The DM to someone who may approve an outcome: the request with its buttons, and later who answered it and how. For a
 * need-to-know case, it only says that one waits (domain section 10).
 */
export function approvalAsk(facts: CaseFacts, answer: CaseEvent | null, card: string | null): Message {
  const { ref, approval } = facts;
  if (!approval || answer) {
    const line = answered(answer);
    return {
      text: escapeText(`${ref}: no approval is needed anymore`),
      blocks: [richLines([line, aboutCase(facts)]), ...dmActions(ref, [], card)],
    };
  }
  const open = !isRestricted(facts.kind);
  const due = facts.clocks.find(({ name }) => name === 'approval')?.dueAt;
  const line: Part[] = [
    '👥 ',
    { user: approval.by },
    open ? ' asks for your approval: ' : ' asks you to approve an outcome',
    ...(open ? [{ bold: outcomeLabel(approval.outcome) }, ...factPieces(approval.outcome, approval)] : []),
    '.',
    ...(due ? [' Please answer by ', { date: due, format: WHEN }, '.'] : []),
  ];
  return {
    text: escapeText(`${ref} waits for your approval`),
    blocks: [
      ...(open && approval.text
        ? [richLines([aboutCase(facts), line]), quote(approval.text)]
        : [richLines([line, aboutCase(facts)])]),
      ...dmActions(ref, ['approve', 'refuse_approval'], card),
    ],
  };
}

function answered(event: CaseEvent | null): Part[] {
  if (event?.type === 'resolved') return ['✅ ', { user: event.actor }, ' approved this.'];
  if (event?.type === 'approval_refused') return ['🚫 ', { user: event.actor }, ' refused this.'];
  return ['👥 This needs no approval anymore.'];
}
