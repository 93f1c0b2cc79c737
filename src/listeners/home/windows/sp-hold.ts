import { HOLD_ANSWERS, spHoldWindow } from '../../../blocks/home/windows/sp-hold';
import { isStoredNumber } from '../../../domain/forms/numbers';
import type { HoldAnswer, SpHold } from '../../../domain/sp-hold';
import { holdOf, holdSp } from '../../../services/hold-sp';
import { redrawCards } from '../../../services/redraw-cards';
import { one, type WindowValues } from '../../../slack/read-window';
import { faultIn, type HomeWindow } from './window';

/** Puts all cases of an SP on legal hold, and lifts that with two admins (domain section 10). */
export const spHoldHomeWindow: HomeWindow = {
  id: 'sp_hold',
  async open(deps, { id }, about) {
    if (!isStoredNumber(about.key)) return { refused: 'This button names no SP. Open the SP again.' };
    const { hold, version } = await holdOf(deps, about.key);
    const memory = { ...about, version };
    return { view: spHoldWindow(memory, hold, hold?.lifting?.by === id) };
  },
  async submit(deps, { id: by }, { key: account, version }, values) {
    const { hold } = await holdOf(deps, account);
    const answer = answerOf(hold, values);
    if ('field' in answer) return { is: 'faults', faults: [answer] };
    const refused = await holdSp(deps, { account, by, expected: version, answer });
    return refused === null ? { is: 'saved', goOn: () => redrawCards(deps, account) } : faultIn('', refused);
  },
};

function answerOf(
  hold: SpHold | null,
  values: WindowValues,
): HoldAnswer | { readonly field: string; readonly message: string } {
  if ('answer' in values) {
    const chosen = HOLD_ANSWERS.find((is) => is === one(values, 'answer'));
    if (!chosen) return { field: 'answer', message: 'Choose an answer.' };
    return { is: chosen };
  }
  const reason = one(values, 'reason').trim();
  if (!reason) return { field: 'reason', message: 'Say why: it stays in the history.' };
  return { is: hold ? 'ask' : 'put', reason };
}
