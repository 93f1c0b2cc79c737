import { eventOf } from '../../../domain/events';
import { changeRead } from '../../../domain/reads';
import type { TargetContext } from '../context';
import { outside, type Target } from '../target';

/** It is in the same database as the cases: failures are retried as soon as that answers. */
const RETRY_MS = 1_000;

/** Writes changes of access to the access log, each once, however often it is tried. */
export function accessLogTarget({ accessLog, history, patience }: TargetContext): Target {
  return {
    async draw([parcel]) {
      if (!parcel) return null;
      const { stored, delivery } = parcel;
      const event = 'seq' in delivery.content ? await history.numbered(stored, delivery.content.seq) : null;
      const change = event && eventOf(event).access?.(event);
      if (!change) return null;
      const read = changeRead(stored.ref, event, change, delivery.waits ?? false);
      return outside(parcel, () => accessLog.keep(delivery.id, read));
    },
    bars: async () => null,
    failureOf: (error) => ({ is: 'wait', ms: RETRY_MS, fault: String(error).slice(0, 200) }),
    patience: { waits: patience.outside.waits, forMs: null },
    intervalMs: 0,
    serviceOf: (lane) => lane,
  };
}
