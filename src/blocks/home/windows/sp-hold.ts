import type { KnownBlock, ModalView } from '@slack/types';
import type { SpHold } from '../../../domain/sp-hold';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { field, remark } from '../../lines';
import { richLines } from '../../rich-text';
import { holdParts } from '../../sp-hold';
import { choices, homeWindow, lineElement } from './parts';

export const HOLD_ANSWERS = ['agree', 'refuse'] as const;
const ANSWERS: Readonly<Record<(typeof HOLD_ANSWERS)[number], string>> = {
  agree: 'Lift the hold',
  refuse: 'Refuse: keep the hold',
};
const MOST = 300;

/** Puts an SP on legal hold, asks to lift that, or answers such a request; `own`: the reader made it. */
export function spHoldWindow(memory: WindowMemory, hold: SpHold | null, own: boolean): ModalView {
  const reason = (hint: string, optional = false) =>
    field('reason', 'Reason', lineElement('', MOST), { hint, optional });
  const stands: KnownBlock[] = hold ? [richLines(holdParts(hold, true))] : [];
  const asked = hold?.lifting;
  return homeWindow(
    'sp_hold',
    { title: 'Legal hold on an SP', submit: hold ? (asked ? 'Answer' : 'Ask to lift') : 'Hold', memory },
    [
      ...stands,
      ...(hold
        ? []
        : [remark(`No case of SP ${memory.key} is deleted, however old it gets, until two admins lift the hold.`)]),
      ...(asked
        ? [
            field(
              'answer',
              'Your answer',
              choices(own ? ['refuse'] : HOLD_ANSWERS, ANSWERS, own ? 'refuse' : null, 'Choose an answer'),
            ),
            ...(own ? [remark('You asked for this yourself: another admin has to agree. You can take it back.')] : []),
          ]
        : [reason(hold ? 'Another admin has to agree before the hold ends.' : 'Only admins can read it.')]),
    ],
  );
}
