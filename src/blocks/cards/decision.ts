import type { KnownBlock } from '@slack/types';
import type { CaseFacts } from '../../domain/case';
import { outcomeLabel } from '../../domain/outcomes';
import { type Part, quote, richLines, WHEN } from '../rich-text';

/** What waits for somebody else before the case can go on. */
export function pending({ approval, question }: CaseFacts): KnownBlock[] {
  return [
    ...(approval
      ? [
          richLines([
            [
              '👥 ',
              { user: approval.by },
              ' asks for: ',
              { bold: outcomeLabel(approval.outcome) },
              '. A second Area Manager or an admin has to approve it.',
            ],
          ]),
          ...(approval.text ? [quote(approval.text)] : []),
        ]
      : []),
    ...(question ? [richLines([['❓ ', { user: question.by }, ' asked the agent:']]), quote(question.text)] : []),
  ];
}

/** What came of the case, once it is resolved. */
export function result({ resolution }: CaseFacts): KnownBlock[] {
  if (!resolution) return [];
  const lines: Part[][] = [
    [
      '✅ ',
      { bold: outcomeLabel(resolution.outcome) },
      ' by ',
      { user: resolution.by },
      ' ',
      { date: resolution.at, format: WHEN },
    ],
  ];
  return [richLines(lines), ...(resolution.text ? [quote(resolution.text)] : [])];
}
