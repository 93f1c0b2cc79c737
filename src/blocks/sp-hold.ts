import type { SpHold } from '../domain/sp-hold';
import { homeWindowId } from '../slack/ids/home-window';
import { actions, button } from './lines';
import type { Message } from './message';
import { type Part, quote, richLines } from './rich-text';
import { escapeText } from './text';

const DAY = '{date_short}';

/** That an SP is on legal hold; the reason, and who asks to lift it, are for admins. */
export const holdParts = ({ by, at, reason, lifting }: SpHold, full: boolean): Part[][] => [
  [
    '⚖️ ',
    { bold: 'Legal hold' },
    ' on all cases of this SP since ',
    { date: new Date(at), format: DAY },
    ...(full ? [', by ', { user: by } as Part, `: ${reason}`] : []),
  ],
  ...(full && lifting ? [[{ user: lifting.by } as Part, ` asks to lift it: ${lifting.reason}`]] : []),
];

/** The message to an admin who may agree. */
export function holdLiftingMessage({ account, reason, lifting }: SpHold): Message {
  return {
    text: escapeText(`SP ${account}: someone asks to lift its legal hold`),
    blocks: [
      richLines([
        [
          '⚖️ ',
          ...(lifting ? [{ user: lifting.by } as Part] : ['Someone']),
          ' asks to lift the legal hold on SP ',
          { bold: account },
          `, placed for this reason: ${reason}. Another admin has to agree:`,
        ],
      ]),
      ...(lifting ? [quote(lifting.reason)] : []),
      actions(holdButton(account)),
    ],
  };
}

/** Opens the window about an SP's hold. */
export const holdButton = (account: string) => button(homeWindowId('sp_hold'), 'Legal hold', account);
