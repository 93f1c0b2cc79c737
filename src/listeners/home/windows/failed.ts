import { dismissWindow, redirectLetterWindow, redirectWindow } from '../../../blocks/home/windows/failed';
import { placeWords } from '../../../blocks/text';
import { isRestricted } from '../../../domain/access';
import { titleOf } from '../../../domain/letters';
import { redirect, remedy } from '../../../services/failed-messages';
import { DEALT_WITH, redirectLetter, whyNowhereElse } from '../../../services/redirect-letter';
import { readFailed } from '../../../slack/ids/failed';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { one } from '../../../slack/read-window';
import type { ListenerDeps } from '../../deps';
import type { HomeWindow } from './window';

const OLD = 'This button belongs to an older page. Open the Home again.';

/** Sends a case's failed messages to another channel or person, or a letter to another person. */
export const redirectFailedHomeWindow: HomeWindow = {
  id: 'redirect_failed',
  async open(deps, _person, about) {
    const failed = readFailed(about.key);
    if (!failed) return { refused: OLD };
    const memory = { ...about, version: null };
    if ('letter' in failed) {
      const letter = await deps.letters.givenUp(failed.letter);
      if (!letter) return { refused: DEALT_WITH };
      const bound = whyNowhereElse(letter.content);
      if (bound) return { refused: bound };
      return { view: redirectLetterWindow(memory, { what: titleOf(letter.content), to: letter.to }) };
    }
    const stored = await deps.cases.byRef(failed.ref);
    if (!stored) return { refused: OLD };
    return { view: redirectWindow(memory, { ...failed, closed: isRestricted(stored.kind) }) };
  },
  async submit(deps, { id: by }, memory, values) {
    const failed = readFailed(memory.key);
    if (!failed) return { is: 'refused', reason: OLD };
    const person = one(values, 'person');
    const sent =
      'letter' in failed
        ? await redirectLetter(deps, failed.letter, { person, by })
        : await redirect(deps, failed, { channel: one(values, 'channel'), person });
    if (sent.ok) return { is: 'saved' };
    return 'faults' in sent ? { is: 'faults', faults: sent.faults } : asFault(sent.reason);
  },
  stored: isDealtWith,
};

/** Whether nothing in this window has failed anymore. */
async function isDealtWith({ cases, letters }: ListenerDeps, { key }: WindowMemory): Promise<boolean> {
  const failed = readFailed(key);
  if (!failed) return false;
  if ('letter' in failed) return !(await letters.givenUp(failed.letter));
  const { outbox = [] } = (await cases.byRef(failed.ref)) ?? {};
  return !outbox.some(({ dead, lane }) => dead !== null && lane === failed.lane);
}

const asFault = (message: string) => ({ is: 'faults' as const, faults: [{ field: 'channel', message }] });

/** Dismisses failed messages, after a confirmation. */
export const dismissFailedHomeWindow: HomeWindow = {
  id: 'dismiss_failed',
  async open(_deps, _person, about) {
    const failed = readFailed(about.key);
    if (!failed) return { refused: OLD };
    const what =
      'letter' in failed
        ? 'Give up this message?'
        : `Give up what *${failed.ref}* could not deliver to ${placeWords(failed.lane)}?`;
    return { view: dismissWindow({ ...about, version: null }, what) };
  },
  async submit(deps, _person, memory) {
    const failed = readFailed(memory.key);
    if (!failed) return { is: 'refused', reason: OLD };
    if ('letter' in failed) {
      await deps.letters.dismiss(failed.letter);
      return { is: 'saved' };
    }
    const done = await remedy(deps, failed.ref, failed.lane, { is: 'dismiss' });
    return done.ok ? { is: 'saved' } : { is: 'refused', reason: done.reason };
  },
  stored: isDealtWith,
};
