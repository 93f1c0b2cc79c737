import { dialogButton } from '../blocks/case-dialog';
import { richLines } from '../blocks/rich-text';
import { definitionOf, isMoveType, type Move, type MoveType } from '../domain/move';
import { dialogContext } from '../services/dialog-context';
import { makeMove } from '../services/merge-cases';
import { withNames } from '../services/stranger';
import type { ListenerDeps } from './deps';
import { type PrivatePlace, tellPrivately } from './tell';

interface Press extends PrivatePlace {
  readonly ref: string;
  readonly move: MoveType;
  /** The person whom its button names, if any. */
  readonly about?: string;
  /** What it was pressed on is drawn again, and says what was made. */
  readonly isShown?: boolean;
  /** What made it, so that a repetition changes nothing. */
  readonly key: string;
}

/** Makes a move that needs no window, by its defaults; the person who made it is told at once, with the way to change it, unless they are shown. */
export async function makeAtOnce(deps: ListenerDeps, press: Press): Promise<void> {
  const { ref, move, about = '', user: by, key } = press;
  const stored = await deps.cases.byRef(ref);
  const { atOnce } = definitionOf(move).dialog ?? {};
  if (!stored || !atOnce) return tellPrivately(press, `${ref} is no longer in the records.`);
  const asked = atOnce.asked(stored, await dialogContext(deps, stored, { reader: by, move, about }));
  const made = await makeMove(deps, { find: { id: stored.id }, move: { type: move, ...asked } as Move, by, key });
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
