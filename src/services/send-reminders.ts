import { contactStanding } from './contact-standing';
import type { ServiceDeps } from './deps';
import type { Reminder, SendReminder } from './ports';

const PAGE = 200;
/** How long an instance has to send what it claimed before another one takes over, ms. */
const CLAIM_MS = 2 * 60_000;
/** After so many claims it is given up. */
const MOST_CLAIMS = 10;

/**
 * Sends every reminder whose moment has come, once, however many instances run and however often they die: a claim is
 * a versioned write that also sets when the next one may try. Gives how many were sent. One that fails is reported and
 * the rest go on.
 */
export async function sendReminders(
  deps: ServiceDeps,
  send: SendReminder,
  onFault: (reminder: Reminder, error: unknown) => void,
): Promise<number> {
  const { reminders, now } = deps;
  let sent = 0;
  for (const reminder of await reminders.due(now(), PAGE)) {
    try {
      if (!(await reminders.claim(reminder, new Date(+now() + CLAIM_MS)))) continue;
      const { resolved } = await contactStanding(deps, reminder.sj);
      const outcome = resolved ? 'refused' : await send(reminder, reminder.claims > 0);
      if (outcome === 'sent') sent++;
      if (outcome !== 'later' || reminder.claims + 1 >= MOST_CLAIMS) await reminders.done(reminder.id);
    } catch (error) {
      onFault(reminder, error);
    }
  }
  return sent;
}
