import { isGivenUp, type Letter, type LetterContent, pauseOf, titleOf } from '../domain/letters';
import { contactStanding } from './contact-standing';
import type { ServiceDeps } from './deps';
import type { LetterOutcome, SendLetter } from './ports/letters';
import { peopleOf } from './standing';
import { isOnTheLine } from './transfer-line';

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
  for (const together of bundles(await letters.due(now(), PAGE))) {
    const claimed: Letter[] = [];
    for (const letter of together) {
      try {
        if (await isToBeSent(deps, letter)) claimed.push(letter);
      } catch (error) {
        onFault(letter, error);
      }
    }
    const [first] = claimed;
    if (!first) continue;
    try {
      sent += await sendTogether(deps, send, claimed);
    } catch (error) {
      onFault(first, error);
    }
  }
  return sent;
}

/** Sends a letter that is due, unless another instance has claimed it; true when it was sent. Rejects when the store is out of reach. */
export async function sendLetter(deps: ServiceDeps, send: SendLetter, letter: Letter): Promise<boolean> {
  return (await isToBeSent(deps, letter)) && (await sendTogether(deps, send, [letter])) > 0;
}

/** Claims a letter; false when another instance has it, when it has nothing left to say, or when it was given up. */
async function isToBeSent(deps: ServiceDeps, letter: Letter): Promise<boolean> {
  const { letters, now } = deps;
  if (!(await letters.claim(letter, new Date(+now() + pauseOf(letter))))) return false;
  if (!(await isWanted(deps, letter.content))) await letters.done(letter.id);
  else if (isGivenUp(letter, now())) await giveUp(deps, letter, 'it could not be sent for a day');
  else return true;
  return false;
}

/** Sends claimed letters to one person as one message; how many were sent. */
async function sendTogether(deps: ServiceDeps, send: SendLetter, claimed: readonly Letter[]): Promise<number> {
  const [first] = claimed;
  if (!first) return 0;
  const isAgain = claimed.some(({ claims }) => claims > 0);
  const ids = claimed.map(({ id }) => id);
  return settled(deps, claimed, await send(asOne(first, claimed), isAgain, ids));
}

/** So many alarms go into one message. */
const MOST_TOGETHER = 20;

/** Alarms for one person go out as one message; everything else by itself. */
function bundles(due: readonly Letter[]): readonly (readonly Letter[])[] {
  const alarms = due.filter(({ content, passedOn }) => content.type === 'alarms' && !passedOn);
  const others = due.filter((letter) => !alarms.includes(letter)).map((letter) => [letter]);
  const people = [...new Set(alarms.map(({ to }) => to))];
  const bundled = people.flatMap((person) => {
    const theirs = alarms.filter(({ to }) => to === person);
    return Array.from({ length: Math.ceil(theirs.length / MOST_TOGETHER) }, (_, i) =>
      theirs.slice(i * MOST_TOGETHER, (i + 1) * MOST_TOGETHER),
    );
  });
  return [...bundled, ...others];
}

/** A letter that says what all of them say. */
const asOne = (first: Letter, letters: readonly Letter[]): Letter =>
  first.content.type === 'alarms'
    ? {
        ...first,
        content: {
          type: 'alarms',
          about: letters.flatMap(({ content }) => (content.type === 'alarms' ? content.about : [])),
        },
      }
    : first;

/** What a letter is about may have been answered meanwhile. */
async function isWanted(deps: ServiceDeps, content: LetterContent): Promise<boolean> {
  if (content.type === 'caller') return isOnTheLine(deps, content.transfer.id);
  return content.type !== 'reminder' || !(await contactStanding(deps, content.sj)).resolved;
}

/** Keeps what came of them; how many were sent. What is said of one that cannot go is said of each. */
async function settled(deps: ServiceDeps, claimed: readonly Letter[], outcome: LetterOutcome): Promise<number> {
  const { letters } = deps;
  if (outcome.is !== 'sent') {
    if (outcome.is === 'refused') for (const letter of claimed) await giveUp(deps, letter, outcome.fault);
    return 0;
  }
  for (const id of outcome.ids) await letters.done(id);
  return outcome.ids.length;
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
