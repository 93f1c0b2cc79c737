import type { KnownBlock } from '@slack/types';
import type { WarmTransfer } from '../../domain/transfer';
import { TRANSFER_CLAIM } from '../../slack/ids/transfer';
import { actions, button } from '../lines';
import { type Part, richLines, WHEN } from '../rich-text';

/** For the leadership channel: a caller who refuses to wait. The first to claim takes the call (domain section 5). */
export function transferCall({ id, agent, sp, sj, claimedBy, claimedAt }: WarmTransfer, onShift: readonly string[]) {
  const subject = [sp && `SP ${sp}`, sj && `SJ ${sj}`].filter(Boolean).join('  ·  ');
  const mentions = onShift.flatMap((person): Part[] => [{ user: person }, ' ']);
  const lines: Part[][] = [
    ['☎️ ', { user: agent }, ' has a caller on the line who refuses to wait.'],
    ...(subject ? [[subject]] : []),
  ];
  if (claimedBy && claimedAt)
    lines.push(['✅ ', { user: claimedBy }, ' took this ', { date: claimedAt, format: WHEN }, '.']);
  const blocks: KnownBlock[] = [richLines(claimedBy ? lines : [mentions, ...lines])];
  if (!claimedBy) blocks.push(actions({ ...button(TRANSFER_CLAIM, 'Claim', id), style: 'primary' }));
  return { text: claimedBy ? 'A caller was taken.' : 'A caller is waiting for a Resolution Specialist.', blocks };
}
