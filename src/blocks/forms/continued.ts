import type { ModalView } from '@slack/types';
import { formOf } from '../../domain/forms';
import type { CaseKind } from '../../domain/kinds/code';
import { shown } from '../lines';
import { richLines } from '../rich-text';

/** Replaces an open form whose text went into a need-to-know report; contains none of it. */
export const continuedModal = (from: CaseKind, ref: string): ModalView =>
  shown(
    formOf(from).title,
    [
      richLines([
        [
          '✅ This continues as ',
          { bold: ref },
          ', which has everything you typed. Nothing is filed here, and no one else can read it.',
        ],
      ]),
    ],
    'Done',
  );
