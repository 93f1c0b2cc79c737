import type { KnownBlock } from '@slack/types';
import { type CaseFacts, successorOf } from '../../domain/case';
import { header, remark } from '../lines';
import { quote, richLines } from '../rich-text';
import { spName } from '../subject';
import { dateToken, escapeWithin, userMention } from '../text';
import { type CardContext, warnings } from './case-card';

/** Praise for everyone: what was done well, in the reporter's words, and nothing to work on. */
export function praiseCard(facts: CaseFacts, { answers, post }: CardContext): KnownBlock[] {
  const { ref, area, reporter, filedAt, state } = facts;
  const isGone = state === 'void';
  const done = isGone ? [] : answers.filter(({ kind }) => kind === 'many_of');
  const words = isGone ? [] : answers.filter(({ long }) => long);
  const title = !isGone
    ? `🎉 Well done, ${spName(facts)}`
    : successorOf(facts)
      ? `🔗 ${ref} was filed twice`
      : `🚫 ${ref} was filed by mistake`;
  const from = [
    ref,
    ...(area ? [escapeWithin(area, 200)] : []),
    `heard by ${userMention(reporter)} ${dateToken(filedAt)}`,
  ];
  return [
    { type: 'divider' },
    header(title),
    ...(done.length ? [richLines(done.map(({ value }) => [{ bold: value }]))] : []),
    ...words.map(({ value }) => quote(value)),
    remark(from.join('  ·  ')),
    ...warnings({ unrouted: null }, post),
  ];
}
