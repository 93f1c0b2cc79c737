import type { ModalView } from '@slack/types';
import { formOf } from '../../domain/forms';
import type { CaseKind } from '../../domain/kinds';
import { richLines } from '../rich-text';
import { plainText } from '../text';

/** What is left of an open form whose words went into a need-to-know report: nothing of them. */
export const wentOnModal = (from: CaseKind, ref: string): ModalView => ({
  type: 'modal',
  title: plainText(formOf(from).title, 24),
  close: plainText('Done'),
  blocks: [
    richLines([
      [
        '✅ This continues as ',
        { bold: ref },
        ', which has everything you typed. Nothing is filed here, and no one else can read it.',
      ],
    ]),
  ],
});
