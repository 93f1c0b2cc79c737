import { isRestricted } from '../domain/access';
import { ANSWERS } from '../domain/asks';
import type { CaseEvent, CaseFacts } from '../domain/case';
import type { AskedFor } from '../domain/mailbox';
import { LIFTABLE_WORDS } from '../domain/moves/lift-sanction';
import { aboutCase, dmActions } from './dms';
import type { Message } from './message';
import { type Part, quote, richLines } from './rich-text';
import { escapeText } from './text';

type Lifting = Exclude<AskedFor, 'approval'>;

/**
 * The DM to someone who may agree to a lifting: the request and its reason with the buttons, and later who answered it
 * and how. For a need-to-know case, it only says that one waits (domain section 10).
 */
export function liftingAsk(facts: CaseFacts, what: Lifting, answer: CaseEvent | null, card: string | null): Message {
  const { ref } = facts;
  const lifting = what === 'sanction' ? facts.sanction?.lifting : facts.legalHold?.lifting;
  if (!lifting || answer)
    return {
      text: escapeText(`${ref}: no second person is needed anymore`),
      blocks: [richLines([answered(answer), aboutCase(facts)]), ...dmActions(ref, [], card)],
    };
  const open = !isRestricted(facts.kind);
  const line: Part[] = [
    '👥 ',
    { user: lifting.by },
    open ? ` asks you to agree that ${endOf(facts, what)}.` : ' asks you to agree to a request.',
  ];
  return {
    text: escapeText(`${ref} waits for you to agree`),
    blocks: [
      ...(open && lifting.reason
        ? [richLines([aboutCase(facts), line]), quote(lifting.reason)]
        : [richLines([line, aboutCase(facts)])]),
      ...dmActions(ref, ANSWERS[what], card),
    ],
  };
}

const endOf = ({ sanction }: CaseFacts, what: Lifting): string =>
  what === 'sanction' ? `${LIFTABLE_WORDS[sanction?.lifting?.what ?? 'both']} ends` : 'the legal hold ends';

function answered(event: CaseEvent | null): Part[] {
  const { type, actor } = event ?? {};
  if (actor && (type === 'sanction_lifted' || type === 'hold_lifted'))
    return ['🔓 ', { user: actor }, ' agreed to this.'];
  if (actor && type === 'lifting_refused') return ['🚫 ', { user: actor }, ' refused this.'];
  return ['👥 This needs no second person anymore.'];
}
