import type { ModalView } from '@slack/types';
import type { CaseFacts } from '../../domain/case';
import { KINDS } from '../../domain/kinds';
import { maskedNotice, type PersonalDatum } from '../../domain/personal-data';
import { type Part, richLines } from '../rich-text';
import { plainText } from '../text';

/** What the agent sees after adding what they typed to an open case instead of filing another one. */
export function addedModal(
  { ref, owner, kind }: Pick<CaseFacts, 'ref' | 'owner' | 'kind'>,
  masked: readonly PersonalDatum[],
): ModalView {
  const has: Part[] = owner ? ['It is with ', { user: owner }, '.'] : ['It has no owner yet; an admin gives it one.'];
  return {
    type: 'modal',
    title: plainText('Added', 24),
    close: plainText('Done'),
    blocks: [
      richLines([['✅ What you typed was added to ', { bold: ref }, ' as a note. Nothing else was filed.'], has]),
      ...(masked.length ? [richLines([['🔒 ', maskedNotice(masked)]])] : []),
      { type: 'divider' },
      richLines([
        [{ bold: `You can tell the ${KINDS[kind].hears}:` }],
        ['“We are on this already. I have added what you told me, so that you need not say it again.”'],
      ]),
      {
        type: 'context',
        elements: [
          plainText('You follow this case now: you get a DM when it is acknowledged and when it is resolved.'),
        ],
      },
    ],
  };
}

/** Why what was typed could not be added; the form with everything typed lies under this window. */
export const notAddedModal = (reason: string): ModalView => ({
  type: 'modal',
  title: plainText('Not added', 24),
  close: plainText('Back to the form'),
  blocks: [richLines([[reason, ' Everything you typed is still in the form.']])],
});
