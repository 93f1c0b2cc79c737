import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '../domain/actor';
import { who } from '../domain/case-words';
import { type Cover, type CoverState, coverFault } from '../domain/cover';
import type { CoverBoard } from '../domain/cover-board';
import type { Fault } from '../domain/forms/form';
import { dateOf, dayAt, momentOf, readDate } from '../domain/local-time';
import { fault } from '../domain/moves/dialog';
import { zoneOr } from '../domain/preferences';
import type { ServiceDeps } from './deps';
import { personOf } from './standing';
import { strangerFault } from './stranger';

/** A person's covers that are not over; null for someone who answers for no area and is in no cover. */
export async function coverBoard(deps: ServiceDeps, person: Actor): Promise<CoverBoard | null> {
  const [covers, calendar, zone, { isManager, isAdmin }] = await Promise.all([
    deps.covers.notOver(),
    deps.calendars.find(person),
    zoneOf(deps, person),
    personOf(deps, person),
  ]);
  const standing = covers.filter(({ state }) => state === 'asked' || state === 'accepted');
  const mine = standing.filter((cover) => cover.person === person);
  const theirs = standing.filter((cover) => cover.deputy === person);
  if (!isManager && !isAdmin && !calendar && !mine.length && !theirs.length) return null;
  return { mine, theirs, calendar, person, zone, today: dateOf(dayAt(zone, deps.now())) };
}

/** A person's own time zone, else the policy's. */
export async function zoneOf({ people, directory }: ServiceDeps, person: Actor): Promise<string> {
  const [account, policy] = await Promise.all([people.account(person), directory.policy()]);
  return zoneOr(account.timeZone, policy.time_zone);
}

export interface CoverRequest {
  readonly id: string;
  readonly person: Actor;
  readonly deputy: Actor;
  /** First and last day, `YYYY-MM-DD`, in the person's time zone. */
  readonly from: string;
  readonly to: string;
}

/** Asks someone to cover (domain section 7); a letter tells the deputy. Returns what is wrong in which field. */
export async function askForCover(
  deps: ServiceDeps,
  { id, person, deputy, from, to }: CoverRequest,
): Promise<{ readonly cover: Cover } | { readonly faults: readonly Fault[] }> {
  const [zone, covers, { isManager, isAdmin }, stranger] = await Promise.all([
    zoneOf(deps, person),
    deps.covers.notOver(),
    personOf(deps, person),
    strangerFault(deps, deputy),
  ]);
  if (!isManager && !isAdmin) return fault('deputy', 'Only an Area Manager, a deputy or an admin names a cover.');
  const [first, last] = [readDate(from), readDate(to)];
  if (first === null) return fault('from', 'Choose a day.');
  if (last === null) return fault('to', 'Choose a day.');
  if (stranger) return fault('deputy', stranger);
  const days = { from: momentOf(zone, first), until: momentOf(zone, last + 1) };
  const cover: Cover = { id, person, deputy, ...days, state: 'asked' };
  const earlier = covers.find((one) => one.id === id);
  if (earlier && !isDeepStrictEqual({ ...earlier, state: 'asked' }, cover)) return fault('deputy', ASKED_BEFORE);
  const wrong = coverFault(cover, covers, momentOf(zone, dayAt(zone, deps.now())));
  if (wrong) return { faults: [wrong] };
  await deps.covers.ask(cover);
  await tellOfCover(deps, cover);
  return { cover };
}

const ASKED_BEFORE =
  'Your first request was saved after all. Close this, withdraw it with /warmline cover, and ask again.';

export type CoverAnswer = 'accept' | 'decline' | 'withdraw';
const TO: Record<CoverAnswer, CoverState> = { accept: 'accepted', decline: 'declined', withdraw: 'withdrawn' };
const FROM: Record<CoverAnswer, readonly CoverState[]> = {
  accept: ['asked'],
  decline: ['asked', 'accepted'],
  withdraw: ['asked', 'accepted'],
};

/**
 * Accepts, declines or withdraws a cover, and tells the other person by letter; repeating it changes nothing. Refuses,
 * in words, what is not theirs to answer or no longer possible. `cover`: as it is now.
 */
export async function answerCover(
  deps: ServiceDeps,
  id: string,
  by: Actor,
  answer: CoverAnswer,
): Promise<{ readonly cover: Cover | null; readonly refused: string | null }> {
  const cover = await deps.covers.byId(id);
  if (!cover) return { cover, refused: 'This cover is no longer in the records.' };
  const mayAnswer = answer === 'withdraw' ? cover.person : cover.deputy;
  if (by !== mayAnswer) return { cover, refused: `Only ${who(mayAnswer)} can answer this.` };
  if (cover.state === TO[answer]) return { cover, refused: null };
  if (cover.until <= deps.now()) return { cover, refused: 'These days are over.' };
  if (answer === 'accept' && coverFault(cover, await deps.covers.notOver(), cover.from))
    return {
      cover,
      refused: `One of you now has another cover on some of these days. Ask ${who(cover.person)} to name other days.`,
    };
  const settled = await deps.covers.settle(id, FROM[answer], TO[answer]);
  if (!settled) return { cover, refused: WHY_NOT[cover.state](cover) };
  const after = { ...cover, state: TO[answer] };
  await tellOfCover(deps, after);
  return { cover: after, refused: null };
}

const WHY_NOT: Record<CoverState, (cover: Cover) => string> = {
  asked: () => 'This was answered at the same moment. Look again with `/warmline cover`.',
  accepted: ({ deputy }) => `${who(deputy)} already accepted this.`,
  declined: ({ deputy }) => `${who(deputy)} already declined this.`,
  withdrawn: ({ person }) => `${who(person)} already withdrew this.`,
  gone: ({ person }) => `This is no longer in the calendar of ${who(person)}.`,
};

type Telling = Pick<ServiceDeps, 'letters' | 'covers' | 'now'>;

/** Withdraws earlier news that was not sent: only the newest counts. */
export async function tellOfCover(deps: Telling, cover: Cover): Promise<void> {
  const letter = letterOf(cover);
  // An existing letter was sent, or will be: nothing withdraws it.
  if (!(await deps.letters.known([letter.id])).has(letter.id)) {
    await deps.letters.withdraw(letter.about);
    await putCoverLetter(deps, cover);
  }
  await deps.covers.told(cover);
}

/** Tells the deputy that a cover's days changed. */
export async function tellOfDays(deps: Telling, cover: Cover): Promise<void> {
  const about = `cover:${cover.id}`;
  await deps.letters.put({
    id: `${about}:${+cover.from}:${+cover.until}`,
    to: cover.deputy,
    about,
    content: { type: 'cover_shortened', cover },
    at: deps.now(),
  });
  await deps.covers.told(cover);
}

/** How many are read at once; each is one whose process died right there. */
const MOST_OWING = 100;

/** Sends missing news about covers: a process that dies between a change and its letter leaves it to the next run. */
export async function tellOwed(deps: Telling): Promise<void> {
  for (const { cover, owes } of await deps.covers.owing(MOST_OWING))
    await (owes === 'days' ? tellOfDays(deps, cover) : tellOfCover(deps, cover));
}

/** Writes the letter for a cover's state; repeating it writes nothing. */
export async function putCoverLetter(
  { letters, now }: Pick<ServiceDeps, 'letters' | 'now'>,
  cover: Cover,
): Promise<void> {
  await letters.put({ ...letterOf(cover), content: { type: 'cover', cover }, at: now() });
}

function letterOf({ id, state, person, deputy }: Cover) {
  const about = `cover:${id}`;
  return { id: `${about}:${state}`, about, to: state === 'accepted' || state === 'declined' ? person : deputy };
}
