import type { Logger } from 'pino';
import { reminderMessage } from '../blocks/contacts/reminder';
import type { SendReminder } from '../services/ports';
import { classify } from './classify';
import type { Sender } from './sender';

/** What arrived shortly before the moment, by Slack's clock, counts as arrived. */
const LOOK_BACK_MS = 5 * 60_000;

/** Sends reminders as DMs; one that may have arrived already is looked for first, so that nobody gets it twice. */
export const reminderSender =
  (sender: Sender, log: Logger): SendReminder =>
  async ({ id, to, at, sp, sj }, again) => {
    const deliveryId = `reminder:${id}`;
    try {
      const place = { channel: await sender.channelOf(to), threadTs: null };
      const arrived = again && (await sender.find(place, deliveryId, new Date(+at - LOOK_BACK_MS)));
      if (!arrived) await sender.post(place, reminderMessage({ sp, sj }), deliveryId);
      return 'sent';
    } catch (error) {
      const failure = classify(error);
      log.warn({ reminder: id, fault: failure.fault }, 'delivery: a reminder was not sent');
      return failure.is === 'wait' || failure.is === 'unknown' ? 'later' : 'refused';
    }
  };
