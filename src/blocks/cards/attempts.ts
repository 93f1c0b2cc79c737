import type { KnownBlock } from '@slack/types';
import type { CaseFacts } from '../../domain/case';
import { KINDS } from '../../domain/kinds';
import { type Part, richLines, WHEN } from '../rich-text';
import { truncate } from '../text';

/** The attempts to contact the SP, and why the case did not wait (domain section 6). `most`: each text's limit. */
export function attempts(
  { kind, filedAt, contacts, answers, marks }: CaseFacts,
  most = Number.POSITIVE_INFINITY,
): KnownBlock[] {
  const { contactRule } = KINDS[kind];
  if (!contactRule) return [];
  const before = contacts.filter(({ at }) => at <= filedAt);
  const lines = before.map(({ at, by, reached, text }, i): Part[] => [
    '📞 ',
    { bold: `Attempt ${i + 1}: ` },
    reached ? 'reached ' : 'not reached ',
    { date: at, format: WHEN },
    ' by ',
    { user: by },
    `. ${truncate(text, most)}`,
  ]);
  const overridden: Part[][] = marks.includes('contact_override')
    ? [['⚠️ ', { bold: 'Contact rule overridden: ' }, truncate(contactRule.override(answers), most)]]
    : [];
  const all = [...lines, ...overridden];
  return all.length ? [richLines(all)] : [];
}
