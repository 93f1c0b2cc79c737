import { accountInLane } from '../../../domain/targets/directory';
import type { TargetContext } from '../context';
import { outside, type Target } from '../target';

type DirectoryDeps = Pick<TargetContext, 'standings' | 'now' | 'patience'>;

/**
 * Tells the directory what a case sets for its SP (domain section 12): its current state, with the number of its newest
 * event. The directory recognizes older and repeated ones, so each counts once even if this process dies anywhere.
 */
export const directoryTarget = ({ standings, now, patience }: DirectoryDeps): Target => ({
  async draw([parcel]) {
    if (!parcel) return null;
    const { ref, seq, sanction } = parcel.stored;
    if (!sanction) return null;
    const { standing, banned } = sanction;
    const account = accountInLane(parcel.delivery.lane);
    return outside(parcel, () => standings.hear(account, { ref, seq, standing, banned }, now()));
  },
  bars: async () => null,
  failureOf: (error) => ({ is: 'unheard', fault: String(error).slice(0, 200), own: false }),
  patience: patience.slack,
  intervalMs: 0,
  serviceOf: () => 'directory',
});
