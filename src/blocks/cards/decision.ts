import type { KnownBlock } from '@slack/types';
import { SYSTEM } from '../../domain/actor';
import type { CaseFacts } from '../../domain/case';
import { holdReason } from '../../domain/legal-hold';
import { LIFTABLE_WORDS } from '../../domain/moves/lift-sanction';
import { factPieces } from '../../domain/moves/sanctions';
import { named } from '../../domain/moves/shared';
import { factsOf, outcomeLabel } from '../../domain/outcomes';
import { type Part, quote, richLines, WHEN } from '../rich-text';
import { truncate } from '../text';

/** What waits for someone else before the case can continue. `most`: the limit for each text. */
export function pending({ approval, question, sanction }: CaseFacts, most = Number.POSITIVE_INFINITY): KnownBlock[] {
  const lifting = sanction?.lifting;
  return [
    ...(approval
      ? [
          richLines([
            [
              '👥 ',
              { user: approval.by },
              ' asks for: ',
              { bold: outcomeLabel(approval.outcome) },
              ...factPieces(approval.outcome, approval),
              ...waitsFor(approval.from),
            ],
          ]),
          ...(approval.text ? [quote(truncate(approval.text, most))] : []),
        ]
      : []),
    ...(question
      ? [richLines([['❓ ', { user: question.by }, ' asked the agent:']]), quote(truncate(question.text, most))]
      : []),
    ...(lifting
      ? [
          richLines([['🔓 ', { user: lifting.by }, ` asks to end ${LIFTABLE_WORDS[lifting.what]}:`]]),
          quote(truncate(lifting.reason, most)),
        ]
      : []),
  ];
}

/** Who may approve it. */
function waitsFor(from: readonly string[] | undefined): readonly Part[] {
  if (!from) return ['. A second Area Manager or an admin has to approve it.'];
  if (!from.length) return ['. No one else can approve it yet: an admin can change that under People and roles.'];
  return ['. Waits for approval by ', ...named(from), '.'];
}

/** The outcome of the case, once it is resolved. `most`: as above. */
export function result({ resolution }: CaseFacts, most = Number.POSITIVE_INFINITY): KnownBlock[] {
  if (!resolution) return [];
  const lines: Part[][] = [
    [
      '✅ ',
      { bold: outcomeLabel(resolution.outcome) },
      ' by ',
      { user: resolution.by },
      ...(resolution.askedBy ? [', asked by ', { user: resolution.askedBy }] : []),
      ' ',
      { date: resolution.at, format: WHEN },
    ],
    ...facts(resolution),
  ];
  return [richLines(lines), ...(resolution.text ? [quote(truncate(resolution.text, most))] : [])];
}

/** The facts of an outcome, one per line. */
const facts = (resolution: NonNullable<CaseFacts['resolution']>): Part[][] =>
  factsOf(resolution.outcome, resolution).map(({ label, value }) => [
    `${label}: `,
    value instanceof Date ? { date: value, format: WHEN } : { bold: value },
  ]);

/** Why the case is on hold, and who asks to lift that. */
export function onHold(facts: CaseFacts): KnownBlock[] {
  const reason = holdReason(facts);
  if (reason === null) return [];
  const { legalHold } = facts;
  const lifting = legalHold?.lifting;
  return [
    richLines([
      [
        '⚖️ ',
        { bold: 'Legal hold: ' },
        reason,
        ...(legalHold && legalHold.by !== SYSTEM ? [' (', { user: legalHold.by } as Part, ')'] : []),
      ],
      ...(lifting ? [[{ user: lifting.by } as Part, ' asks to lift it: ', lifting.reason]] : []),
    ]),
  ];
}
