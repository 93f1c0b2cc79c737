import { tellOwed } from '../services/covers';
import { sendLetters } from '../services/send-letters';
import type { Job } from './job';

/** Sends letters that are due: reminders, digests, reports (architecture section 3). */
export const letters: Job = async (deps) => {
  await tellOwed(deps);
  return {
    sent: await sendLetters(deps, deps.sendLetter, (letter, error) =>
      deps.log.error({ err: error, letter: letter.id }, 'letters: this one could not be sent; it is tried again'),
    ),
  };
};
