import { caseOf, isGivenUp, type Letter, type LetterContent, pauseOf, titleOf } from '../domain/letters';
import { contactStanding } from './contact-standing';
import type { ServiceDeps } from './deps';
import type { LetterOutcome, SendLetter } from './ports/letters';
import { peopleOf } from './standing';
import { isOnTheLine } from './transfer-line';

const PAGE = 200;

/**
 * Sends every letter that is due, once, however many instances run or die: a claim is a versioned write that also sets
 * when the next one may try. A letter that Slack refuses, or that could not be sent for a day, is kept as failed, and
 * the admins are told. Returns how many were sent. Our own faults are reported, and the rest continue.
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
        if ((await claim(deps, letter)) === 'mine') claimed.push(letter);
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

/**
 * Sends a due letter unless another instance has it (`taken`). `perhaps`: Slack's answer was lost. Rejects if the store is
 * down.
 */
export async function sendLetter(
  deps: ServiceDeps,
  send: SendLetter,
  letter: Letter,
): Promise<'sent' | 'perhaps' | 'taken' | 'not_sent'> {
  const claimed = await claim(deps, letter);
  if (claimed !== 'mine') return claimed === 'taken' ? 'taken' : 'not_sent';
  const outcome = await send(letter, letter.claims > 0, [letter.id]);
  if (await settled(deps, [letter], outcome)) return 'sent';
  return outcome.is === 'later' && outcome.perhaps ? 'perhaps' : 'not_sent';
}

/** Claims a letter. `taken`: another instance has it · `over`: it is no longer needed, or was given up. */
async function claim(deps: ServiceDeps, letter: Letter): Promise<'mine' | 'taken' | 'over'> {
  const { letters, now } = deps;
  if (!(await letters.claim(letter, new Date(+now() + pauseOf(letter))))) return 'taken';
  if (!(await isWanted(deps, letter.content))) await letters.done(letter.id);
  else if (isGivenUp(letter, now())) await giveUp(deps, letter, 'it could not be sent for a day');
  else return 'mine';
  return 'over';
}

/** Sends claimed letters to one person as one message; returns how many were sent. */
async function sendTogether(deps: ServiceDeps, send: SendLetter, claimed: readonly Letter[]): Promise<number> {
  const [first] = claimed;
  if (!first) return 0;
  const isAgain = claimed.some(({ claims }) => claims > 0);
  const ids = claimed.map(({ id }) => id);
  return settled(deps, claimed, await send(asOne(first, claimed), isAgain, ids));
}

/** How many alarms are sent as one message. */
const MOST_TOGETHER = 20;

/** Alarms for one person become one message; everything else is separate. */
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

/** Whether it is still needed: its matter may have been answered meanwhile. */
async function isWanted(deps: ServiceDeps, content: LetterContent): Promise<boolean> {
  if (content.type === 'caller') return isOnTheLine(deps, content.transfer.id);
  if (content.type !== 'reminder') return true;
  const { resolved, needs } = await contactStanding(deps, content.sj);
  // If it was resolved and came up again, the 24 hours started anew.
  return !resolved && needs !== 'wait';
}

/** Stores the result; returns how many were sent. A failure applies to each of them. */
async function settled(deps: ServiceDeps, claimed: readonly Letter[], outcome: LetterOutcome): Promise<number> {
  const { letters } = deps;
  if (outcome.is !== 'sent') {
    if (outcome.is === 'refused') for (const letter of claimed) await giveUp(deps, letter, outcome.fault);
    return 0;
  }
  const { place } = outcome;
  // First: once a letter is done, no one looks for its message again. A purge of the case then deletes it, too.
  for (const { content } of place ? claimed : []) {
    const ref = caseOf(content);
    if (ref && place) await deps.cases.remember(ref, place);
  }
  for (const id of outcome.ids) await letters.done(id);
  return outcome.ids.length;
}

/** The admins are told, unless it was a message to an admin. */
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
