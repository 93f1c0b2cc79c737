import type { KnownBlock } from '@slack/types';
import { FORM_LINES } from '../../slack/ids/form';
import { TRANSFER_PING } from '../../slack/ids/transfer';
import { button } from '../lines';
import { type Part, richLines } from '../rich-text';

/** The state of a warm transfer, as its form shows it (domain section 5). */
export interface TransferLine {
  readonly onShift: readonly string[];
  readonly askedAt: Date | null;
  readonly claimedBy: string | null;
}

/** Who could take the caller, the button that asks them, and who took the call. */
export function transferBlocks(transfer: TransferLine | null | undefined): KnownBlock[] {
  if (!transfer) return [];
  const { onShift, askedAt, claimedBy } = transfer;
  const names = onShift.flatMap((id, i): Part[] => [i ? ', ' : '', { user: id }]);
  const shift: Part[] = onShift.length
    ? ['☎️ On shift now: ', ...names, '.']
    : ['☎️ No Resolution Specialist is on shift now. Leave a voicemail, and choose “Unavailable, voicemail left”.'];
  const state: Part[] = claimedBy
    ? ['✅ ', { user: claimedBy }, ' takes the caller: put them through, and choose “Connected”.']
    : askedAt
      ? ['⏳ Asked in the leadership channel at ', { date: askedAt, format: '{time}' }, '. No one has claimed it yet.']
      : [];
  return [
    { ...richLines(state.length ? [shift, state] : [shift]), block_id: FORM_LINES.transfer },
    ...(onShift.length && !askedAt
      ? [
          {
            type: 'actions' as const,
            block_id: FORM_LINES.ping,
            elements: [button(TRANSFER_PING, 'Ping them')],
          },
        ]
      : []),
  ];
}
