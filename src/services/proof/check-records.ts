import { everyAlarm } from '../alarms';
import type { ServiceDeps } from '../deps';
import type { Finding, Look } from '../look';
import { type Broken, checkRecord } from './check-record';

/** Every case is checked within this many runs (28 days of one every ten minutes), if `MOST` suffices: two million. */
const ROUND = 28 * 24 * 6;
/** A run checks at least and at most this many; the rest wait for the next. */
const [FEWEST, MOST] = [20, 500];

/** The alarm for a broken record. */
export const brokenAlarm = ({ ref, seq, why }: Broken): Finding => ({
  id: `broken_record:${ref}`,
  kind: 'broken_record',
  ref,
  about: `The record of ${ref} does not hold at event ${seq}: ${why}. Someone changed it outside Warmline, or a restore is incomplete. Keep the database as it is, and compare it with a backup.`,
});

/**
 * Checks the next share of all cases, so that a round takes four weeks (longer beyond two million), and raises an alarm
 * for each broken one. May run on any number of instances at once: each takes other cases.
 */
export async function checkRecords(
  { records, history, alarms, now }: ServiceDeps,
  onFault: (ref: string, error: unknown) => void,
): Promise<{ checked: number; broken: number }> {
  const share = Math.ceil((await records.about()) / ROUND);
  const claimed = await records.claim(Math.min(MOST, Math.max(FEWEST, share)));
  let broken = 0;
  for (const stored of claimed) {
    try {
      const fault = await checkRecord(history, stored);
      if (!fault) continue;
      broken++;
      await alarms.raise({ ...brokenAlarm(fault), since: now() });
    } catch (error) {
      onFault(stored.ref, error);
    }
  }
  return { checked: claimed.length, broken };
}

/** How many records are checked again at once; the alarms of others stay. */
const MOST_AGAIN = 500;

/** Records that were broken and still are, as far as they can be checked now. */
export const stillBroken: Look = async ({ deps }) => {
  const broken = (await everyAlarm(deps)).filter(({ kind }) => kind === 'broken_record');
  const found: Finding[] = broken.slice(MOST_AGAIN);
  for (const { ref } of broken.slice(0, MOST_AGAIN)) {
    const stored = ref === null ? null : await deps.records.byRef(ref);
    const fault = stored && (await checkRecord(deps.history, stored));
    if (fault) found.push(brokenAlarm(fault));
  }
  return found;
};
