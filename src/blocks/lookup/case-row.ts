import type { PlainTextElement, SectionBlock } from '@slack/types';
import type { Sight } from '../../domain/access';
import type { CaseFacts } from '../../domain/case';
import { stateWord } from '../../domain/case-words';
import { responseDue } from '../../domain/clocks';
import { KINDS } from '../../domain/kinds';
import { OPEN_CARD } from '../../slack/ids/open-card';
import { dialogButton } from '../case-dialog';
import { keptBy, spName } from '../subject';
import { dateToken, escapeWithin, literal, mrkdwn, plainText, userMention } from '../text';

/** A case in a list that one person sees. */
export interface CaseRow {
  readonly facts: CaseFacts;
  readonly sight: Sight;
  /** The address of its card, or null. */
  readonly card: string | null;
}

/** One case in a list: what it is, where it stands, and the way to its card. */
export const caseRow = (row: CaseRow): SectionBlock => ({
  type: 'section',
  text: mrkdwn(row.sight === 'text' ? inFull(row.facts) : existence(row)),
  ...(row.sight === 'text' ? { fields: subjectFields(row.facts) } : {}),
  ...(row.sight === 'existence'
    ? { accessory: dialogButton('ask_access', row.facts.ref) }
    : row.card
      ? { accessory: { type: 'button', action_id: OPEN_CARD, text: plainText('Open the card'), url: row.card } }
      : {}),
});

/** Whom and what job a case is about, as they are called. */
export const subjectFields = (facts: Pick<CaseFacts, 'sp' | 'sj'>): PlainTextElement[] => [
  literal(`SP ${spName(facts)}`, 200),
  ...(facts.sj ? [literal(`SJ ${facts.sj}`, 60)] : []),
];

function inFull(record: CaseFacts): string {
  const { ref, title, state, severity, owner, filedAt, resolution, approval } = record;
  const due = responseDue(record);
  const facts = [
    severity,
    owner && `with ${userMention(owner)}`,
    `filed ${dateToken(filedAt)}`,
    due && `${due.what} due ${dateToken(due.at)}`,
    approval && `${userMention(approval.by)} asked for a second approval ${dateToken(approval.at)}`,
    resolution &&
      `${resolution.askedBy ? `asked by ${userMention(resolution.askedBy)}, approved` : 'resolved'} by ${userMention(resolution.by)} ${dateToken(resolution.at)}`,
  ];
  return `*${ref}* ${escapeWithin(title, 300)}: *${stateWord(state)}*\n${facts.filter(Boolean).join('  ·  ')}`;
}

/** Of a need-to-know case: that it is there (domain section 10). */
const existence = ({ facts, card }: CaseRow): string => {
  const { ref, kind, severity, state } = facts;
  const name = card ? `<${card}|${ref}>` : ref;
  return `🔒 *${name}* ${KINDS[kind].label}: *${stateWord(state)}*, ${severity}. ${keptBy(facts)}`;
};
