import { dialogButton } from '../blocks/case-dialog';
import { richLines } from '../blocks/rich-text';
import { definitionOf, isMoveType } from '../domain/move';
import type { Move, MoveType } from '../domain/moves/declared';
import { dialogContext } from '../services/dialog-context';
import { makeMove } from '../services/merge-cases';
import type { StoredCase } from '../services/ports/cases';
import { withNames } from '../services/stranger';
import type { ListenerDeps } from './deps';
import { type PrivatePlace, tellPrivately } from './tell';

interface Press extends PrivatePlace {
  /** As read for this press, when the person's right was checked. */
  readonly stored: StoredCase;
  readonly move: MoveType;
  /** The person named by its button, if any. */
  readonly about?: string;
  /** What it was pressed on is redrawn with the result. */
  readonly isShown?: boolean;
  /** What caused it, so that repeating it changes nothing. */
  readonly key: string;
}

/**
 * Makes a move that needs no window, with its defaults; tells the person at once, with the button to change it, unless
 * what they pressed shows the result.
 */
export async function makeAtOnce(deps: ListenerDeps, press: Press): Promise<void> {
  const { stored, move, about = '', user: by, key } = press;
  const { ref } = stored;
  const { atOnce } = definitionOf(move).dialog ?? {};
  if (!atOnce) throw new Error(`${move} asks for a window.`);
  const asked = atOnce.asked(stored, await dialogContext(deps, stored, { reader: by, move, about }));
  const made = await makeMove(deps, { find: { read: stored }, move: { type: move, ...asked } as Move, by, key });
  if ('faults' in made) return tellPrivately(press, made.faults.map(({ message }) => message).join(' '));
  if (!made.ok) return tellPrivately(press, await withNames(deps, made.reason));
  if (press.isShown) return;
  const promise = made.stored.acknowledged?.nextUpdateBy;
  await tellPrivately(press, `✅ ${ref}: ${atOnce.said}`, [
    richLines([
      ['✅ ', { bold: ref }, `  ${atOnce.said}`, ...(promise ? [' Next update by ', { date: promise }, '.'] : [])],
    ]),
    ...(isMoveType(atOnce.change)
      ? [{ type: 'actions' as const, elements: [dialogButton(atOnce.change, ref, about)] }]
      : []),
  ]);
}
