import type { CaseFacts } from '../../domain/case';
import { type Hearing, hearerOf } from '../../domain/hearer';
import { maskedNotice, type PersonalDatum } from '../../domain/personal-data';
import { note } from '../lines';
import type { Message } from '../message';
import { type Part, richLines } from '../rich-text';

/** What the agent is told after adding to an open case instead of filing another one. */
export function addedMessage(
  facts: Pick<CaseFacts, 'ref' | 'owner' | 'kind' | 'answers'>,
  typed: Hearing,
  masked: readonly PersonalDatum[],
): Message {
  const { ref, owner } = facts;
  const hearer = hearerOf(facts) && hearerOf(typed);
  const has: Part[] = owner ? ['It is with ', { user: owner }, '.'] : ['It has no owner yet; an admin gives it one.'];
  const lines: Part[][] = [
    ['✅ What you typed was added to ', { bold: ref }, ' as a note. Nothing else was filed. ', ...has],
    ...(masked.length ? [['🔒 ', maskedNotice(masked)]] : []),
    hearer
      ? [
          { bold: `You can tell the ${hearer}: ` },
          '“We are already on this. I have added what you told me, so you will not have to repeat it.”',
        ]
      : ['This is internal: no one on the line needs to know.'],
  ];
  return {
    text: `What you typed was added to ${ref}.`,
    blocks: [
      richLines(lines),
      note('You follow this case now: you get a DM when it is acknowledged and when it is resolved.'),
    ],
  };
}
