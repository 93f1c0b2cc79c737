import { sendReminders } from '../services/send-reminders';
import type { Job } from './job';

/** Sends the reminders that people asked for and whose moment has come (domain section 6). */
export const remind: Job = async (deps) => ({
  sent: await sendReminders(deps, deps.sendReminder, (reminder, error) =>
    deps.log.error({ err: error, reminder: reminder.id }, 'remind: this one could not be sent; it is tried again'),
  ),
});
