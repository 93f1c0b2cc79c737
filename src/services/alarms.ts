import type { Alarm } from '../domain/alarms';
import type { ServiceDeps } from './deps';

const LONGEST = 10;

/** The alarms that are open, oldest first, and how many there are in all. For admins alone. */
export async function openAlarms({
  alarms,
}: Pick<ServiceDeps, 'alarms'>): Promise<{ readonly alarms: readonly Alarm[]; readonly total: number }> {
  const [oldest, total] = await Promise.all([alarms.open(LONGEST), alarms.count()]);
  return { alarms: oldest, total };
}
