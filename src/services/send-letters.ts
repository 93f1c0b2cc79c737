import { isGivenUp, type Letter, type LetterContent, pauseOf, titleOf } from '../domain/letters';
import { contactStanding } from './contact-standing';
import type { ServiceDeps } from './deps';
import type { LetterOutcome, SendLetter } from './ports';
import { peopleOf } from './standing';

const PAGE = 200;

/**
 * Sends every letter whose moment has come, once, however many instances run and however often they die: a claim is a
 * versioned write that also sets when the next one may try. One that Slack refuses, or that could not be sent for a day,
 * is kept as failed and the admins are told. Gives how many were sent. A fault of ours is reported, and the rest go on.
 */
export async function sendLetters(
  deps: ServiceDeps,
  send: SendLetter,
  onFault: (letter: Letter, error: unknown) => void,
): Promise<number> {
  const { letters, now } = deps;
  let sent = 0;
  for (const letter of await letters.due(now(), PAGE)) {
    try {
      if (await sendLetter(deps, send, letter)) sent++;
    } catch (error) {
      onFault(letter, error);
    }
  }
  return sent;
}

/** Sends a letter that is due, unless another instance has claimed it; true when it was sent. Rejects when the store is out of reach. */
export async function sendLetter(deps: ServiceDeps, send: SendLetter, letter: Letter): Promise<boolean> {
  const { letters, now } = deps;
  if (!(await letters.claim(letter, new Date(+now() + pauseOf(letter))))) return false;
  if (!(await isWanted(deps, letter.content))) await letters.done(letter.id);
  else if (isGivenUp(letter, now())) await giveUp(deps, letter, 'it could not be sent for a day');
  else return settled(deps, letter, await send(letter, letter.claims > 0));
  return false;
}

/** What a letter is about may have been answered meanwhile. */
async function isWanted(deps: ServiceDeps, content: LetterContent): Promise<boolean> {
  return content.type !== 'reminder' || !(await contactStanding(deps, content.sj)).resolved;
}

/** Keeps what came of it; true when it was sent. */
async function settled(deps: ServiceDeps, letter: Letter, outcome: LetterOutcome): Promise<boolean> {
  const { letters } = deps;
  if (outcome.is === 'sent') await letters.done(letter.id);
  else if (outcome.is === 'refused') await giveUp(deps, letter, outcome.fault);
  return outcome.is === 'sent';
}

/** The admins hear of it, except of a word to an admin that did not reach them. */
async function giveUp(deps: ServiceDeps, letter: Letter, fault: string): Promise<void> {
  const { id, to, content } = letter;
  const { letters, directory, now } = deps;
  if (content.type !== 'undelivered') {
    const { admins } = await peopleOf(deps, await directory.policy());
    for (const admin of admins.filter((one) => one !== to))
      await letters.put({
        id: `undelivered:${id}:${admin}`,
        to: admin,
        about: null,
        content: { type: 'undelivered', to, fault, about: titleOf(content) },
        at: now(),
      });
  }
  await letters.fail(letter, fault, now());
  deps.onAdminMatter(null);
}
