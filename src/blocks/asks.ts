import { isRestricted } from '../domain/access';
import type { Actor } from '../domain/actor';
import { ANSWERS } from '../domain/asks';
import type { CaseFacts } from '../domain/case';
import type { CaseEvent } from '../domain/event';
import type { AskedFor } from '../domain/mailbox';
import { LIFTABLE_WORDS } from '../domain/moves/lift-sanction';
import { factPieces } from '../domain/moves/sanctions';
import { outcomeLabel } from '../domain/outcomes';
import { dmBlocks } from './dms';
import type { Message } from './message';
import { type Part, WHEN } from './rich-text';
import { escapeText } from './text';

type Lifting = Exclude<AskedFor, 'approval'>;

/**
 * The DM to someone who may approve an outcome: the request with its buttons, and later who answered it and how. For a
 * need-to-know case, it only says that one waits (domain section 10).
 */
export function approvalAsk(facts: CaseFacts, answer: CaseEvent | null, card: string | null): Message {
  const { ref, approval } = facts;
  if (!approval || answer)
    return {
      text: escapeText(`${ref}: no approval is needed anymore`),
      blocks: dmBlocks(facts, approvalAnswered(answer), null, [], card),
    };
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
    blocks: dmBlocks(facts, line, open && approval.text, ANSWERS.approval, card),
  };
}

/** The same to someone who may agree to a lifting. */
export function liftingAsk(facts: CaseFacts, what: Lifting, answer: CaseEvent | null, card: string | null): Message {
  const { ref } = facts;
  const lifting = what === 'sanction' ? facts.sanction?.lifting : facts.legalHold?.lifting;
  if (!lifting || answer)
    return {
      text: escapeText(`${ref}: no second person is needed anymore`),
      blocks: dmBlocks(facts, liftingAnswered(answer), null, [], card),
    };
  const open = !isRestricted(facts.kind);
  const line: Part[] = [
    '👥 ',
    { user: lifting.by },
    open ? ` asks you to agree that ${endOf(facts, what)}.` : ' asks you to agree to a request.',
  ];
  return {
    text: escapeText(`${ref} waits for you to agree`),
    blocks: dmBlocks(facts, line, open && lifting.reason, ANSWERS[what], card),
  };
}

const endOf = ({ sanction }: CaseFacts, what: Lifting): string =>
  what === 'sanction' ? `${LIFTABLE_WORDS[sanction?.lifting?.what ?? 'both']} ends` : 'the legal hold ends';

function approvalAnswered(event: CaseEvent | null): Part[] {
  if (event?.type === 'resolved') return ['✅ ', { user: event.actor }, ' approved this.'];
  if (event?.type === 'approval_refused') return refused(event.actor);
  return ['👥 This needs no approval anymore.'];
}

function liftingAnswered(event: CaseEvent | null): Part[] {
  if (event?.type === 'sanction_lifted' || event?.type === 'hold_lifted')
    return ['🔓 ', { user: event.actor }, ' agreed to this.'];
  if (event?.type === 'lifting_refused') return refused(event.actor);
  return ['👥 This needs no second person anymore.'];
}

const refused = (user: Actor): Part[] => ['🚫 ', { user }, ' refused this.'];
