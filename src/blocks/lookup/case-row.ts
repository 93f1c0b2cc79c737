import type { PlainTextElement, SectionBlock } from '@slack/types';
import type { Sight } from '../../domain/access';
import { type CaseFacts, successorOf } from '../../domain/case';
import { stateWord } from '../../domain/case-words';
import { responseDue } from '../../domain/clocks';
import { KINDS } from '../../domain/kinds';
import { dialogButton } from '../case-dialog';
import { keptBy, spName } from '../subject';
import { dateToken, escapeWithin, mrkdwn, plainText, userMention } from '../text';

/** A case in one person's list. */
export interface CaseRow {
  readonly record: CaseFacts;
  readonly sight: Sight;
  /** Its card's link, or null. */
  readonly link: string | null;
}

/** One case in a list: what it is, its state, and the link to its card. */
export const caseRow = (row: CaseRow): SectionBlock => ({
  type: 'section',
  text: mrkdwn(row.sight === 'text' ? inFull(row) : existence(row)),
  ...(row.sight === 'text' ? { fields: subjectFields(row.record) } : {}),
  ...(row.sight === 'existence' ? { accessory: dialogButton('ask_access', row.record.ref) } : {}),
});

/** One case in a list of one SP's cases, so without the SP. */
export function caseRowOfSp(row: CaseRow): SectionBlock {
  const { fields: _subject, ...block } = caseRow(row);
  return row.sight === 'text' ? { ...block, text: mrkdwn(inFull(row, row.record.sj)) } : block;
}

const reference = ({ record, link }: CaseRow): string => (link ? `<${link}|${record.ref}>` : record.ref);

/** The SP and job of a case. */
export const subjectFields = (facts: Pick<CaseFacts, 'sp' | 'sj'>): PlainTextElement[] => [
  plainText(`SP ${spName(facts)}`, 200),
  ...(facts.sj ? [plainText(`SJ ${facts.sj}`, 60)] : []),
];

/** Where a case that was closed as a duplicate continues. */
export function continuesIn(facts: Pick<CaseFacts, 'state' | 'links'>): string | null {
  const successor = successorOf(facts);
  return successor && `continues in ${successor}`;
}

function inFull(row: CaseRow, sj: string | null = null): string {
  const { title, state, severity, owner, filedAt, resolution, approval } = row.record;
  const due = responseDue(row.record);
  const facts = [
    `*${stateWord(state)}*`,
    continuesIn(row.record),
    sj && `SJ ${escapeWithin(sj, 60)}`,
    severity === 'normal' || severity === 'low' ? null : severity,
    due && `${due.what} due ${dateToken(due.at)}`,
    !resolution && owner && `with ${userMention(owner)}`,
    `filed ${dateToken(filedAt, '{date_short_pretty}')}`,
    approval && `${userMention(approval.by)} asked for a second approval ${dateToken(approval.at)}`,
    resolution &&
      `${resolution.askedBy ? `asked by ${userMention(resolution.askedBy)}, approved` : 'resolved'} by ${userMention(resolution.by)} ${dateToken(resolution.at)}`,
  ];
  return `*${reference(row)}*  ${escapeWithin(title, 300)}\n${facts.filter(Boolean).join('  ·  ')}`;
}

/** For a need-to-know case: that it exists (domain section 10). */
const existence = (row: CaseRow): string => {
  const { kind, severity, state } = row.record;
  return `🔒 *${reference(row)}* ${KINDS[kind].label}: *${stateWord(state)}*, ${severity}. ${keptBy(row.record)}`;
};
