import type { Logger } from 'pino';
import { letterMessage } from '../blocks/digests/letter';
import type { Message } from '../blocks/message';
import { plainMessage } from '../blocks/plain';
import { weeklyCharts } from '../charts/weekly';
import type { Letter } from '../domain/letters';
import type { LinkTo } from '../domain/mailbox';
import type { SendLetter } from '../services/ports/letters';
import { classify } from './targets/slack/classify';
import type { Place } from './targets/slack/find';
import type { Sender } from './targets/slack/sender';
import type { Posted } from './targets/target';

/** How far back to look for a letter that may have arrived, by Slack's clock: this machine's may be hours ahead. */
const LOOK_BACK_MS = 24 * 60 * 60_000;

/** A letter that fails this often for an unknown reason is given up, after about an hour. */
const MOST_TRIES = 5;

/** Sends letters; looks first for one that may have arrived, so that no one gets it twice. */
export const letterSender =
  (sender: Sender, linkTo: LinkTo, log: Logger): SendLetter =>
  async (letter, again, ids) => {
    const { id, to, at, thread, claims } = letter;
    const message = await letterMessage(letter, linkTo);
    try {
      const channel = await sender.channelOf(to);
      const place = { channel, threadTs: thread?.ts ?? null, broadcast: thread?.broadcast ?? false };
      const arrived = again ? await lookedFor(sender, place, ids, new Date(+at - LOOK_BACK_MS)) : null;
      if (arrived?.size && arrived.size < ids.length) return { is: 'sent', ids: [...arrived.keys()] };
      const posted = arrived?.get(id) ?? (await postedSomehow(sender, log, place, message, ids));
      await attach(sender, log, letter, posted, again);
      return { is: 'sent', ids, place: posted };
    } catch (error) {
      const { is, fault } = classify(error);
      log.warn({ letter: id, fault }, 'delivery: a letter was not sent');
      const isLater =
        is === 'wait' || is === 'unknown' || is === 'blocked' || (is === 'unheard' && claims < MOST_TRIES);
      return isLater ? { is: 'later', fault, perhaps: is === 'unknown' } : { is: 'refused', fault };
    }
  };

/** What an earlier attempt left in the thread, or in the channel if the thread is gone. */
async function lookedFor(
  sender: Sender,
  place: Place,
  ids: readonly string[],
  since: Date,
): Promise<ReadonlyMap<string, Posted>> {
  try {
    return await sender.findAll(place, ids, since);
  } catch (error) {
    if (!place.threadTs || classify(error).is !== 'gone') throw error;
    return sender.findAll({ channel: place.channel, threadTs: null }, ids, since);
  }
}

/** Posts it; if Slack refuses its content, once more in its plainest form. */
async function postedSomehow(
  sender: Sender,
  log: Logger,
  place: Place,
  message: Message,
  ids: readonly string[],
): Promise<Posted> {
  try {
    return await inThread(sender, place, message, ids);
  } catch (error) {
    const failure = classify(error);
    const isContent = failure.is === 'refused' || (failure.is === 'unreachable' && failure.plainFirst);
    if (!isContent) throw error;
    log.error({ letters: ids, fault: failure.fault }, 'delivery: a letter was refused; it goes out as plain text');
    return inThread(sender, place, plainMessage(message), ids);
  }
}

/** In its thread, or in the channel if the parent message was deleted meanwhile. */
async function inThread(sender: Sender, place: Place, message: Message, ids: readonly string[]): Promise<Posted> {
  try {
    return await sender.post(place, message, ...ids);
  } catch (error) {
    if (!place.threadTs || classify(error).is !== 'gone') throw error;
    return sender.post({ channel: place.channel, threadTs: null }, message, ...ids);
  }
}

/** Adds a report's charts to its thread. If Slack refuses them, the report says the same in words. */
async function attach(sender: Sender, log: Logger, letter: Letter, posted: Posted, again: boolean): Promise<void> {
  if (letter.content.type !== 'weekly_report') return;
  const charts = await weeklyCharts(letter.content).catch((error: unknown) => {
    log.error(
      { err: error, letter: letter.id },
      'delivery: the charts of a report could not be drawn; it goes out without them',
    );
    return [];
  });
  const [first] = charts;
  if (!first) return;
  const thread = { channel: posted.channel, threadTs: posted.ts };
  try {
    if (again && (await sender.find(thread, letter.id, new Date(+letter.at - LOOK_BACK_MS), first.title))) return;
    await sender.upload(thread, charts);
  } catch (error) {
    const { is, fault } = classify(error);
    if (is === 'wait' || is === 'unknown' || is === 'blocked') throw error;
    log.error(
      { letter: letter.id, fault },
      'delivery: Slack did not accept the charts of a report; it goes out without them',
    );
  }
}
