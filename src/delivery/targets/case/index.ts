import { refInLane } from '../../../domain/targets/case';
import type { TargetContext } from '../context';
import { outside, type Target } from '../target';

type CaseDeps = Pick<TargetContext, 'history' | 'actOn' | 'patience'>;

/**
 * Tells another case a decision about it (domain section 12). That case recognizes the event by its number, so it
 * counts once even if this process dies anywhere.
 */
export const caseTarget = ({ history, actOn, patience }: CaseDeps): Target => ({
  async draw([parcel]) {
    if (!parcel) return null;
    const { stored, delivery } = parcel;
    const ref = refInLane(delivery.lane);
    const event = 'seq' in delivery.content ? await history.numbered(stored, delivery.content.seq) : null;
    if (!ref || !event) return null;
    return outside(parcel, () => actOn(ref, stored, event));
  },
  bars: async () => null,
  failureOf: (error) => ({ is: 'unheard', fault: String(error).slice(0, 200), own: false }),
  patience: patience.slack,
  intervalMs: 0,
  serviceOf: () => 'case',
});
