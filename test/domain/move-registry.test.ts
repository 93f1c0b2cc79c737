import { CLOCK_NAMES } from '../../src/domain/allowance';
import { dialogOf, isMoveType, MOVE_TYPES, moveLabel, standing } from '../../src/domain/move';
import * as MOVES from '../../src/domain/moves';
import type { Stands } from '../../src/domain/moves/dialog';

const twice = (all: readonly unknown[]) => all.filter((one, i) => all.indexOf(one) !== i);

describe('all moves', () => {
  it('define each type of event once', () => {
    expect(twice(Object.values(MOVES).flatMap(({ events }) => Object.keys(events)))).toEqual([]);
  });

  it.each<[string, (stands: Stands) => number | undefined]>([
    ["the card's row", ({ row, rowIn }) => row ?? rowIn?.place],
    ["the card's menu", ({ menu }) => menu],
    ['a desk', ({ desk }) => desk],
    ['the review', ({ review }) => review],
    ...CLOCK_NAMES.map((clock): [string, (stands: Stands) => number | undefined] => [
      `a nudge of the clock ${clock}`,
      ({ nudge }) => nudge?.[clock],
    ]),
  ])('have different places in %s', (_where, at) => {
    const places = standing(at).map((move) => at(dialogOf(move)?.stands ?? {}));
    expect(twice(places)).toEqual([]);
  });

  it('have different places in refusals', () => {
    const named = Object.values(MOVES).flatMap(({ named }) => named ?? []);
    expect(twice(named)).toEqual([]);
  });

  it("have windows whose titles and buttons are within Slack's limits", () => {
    const words = MOVE_TYPES.flatMap((move) => {
      const dialog = dialogOf(move);
      return dialog ? [dialog.title, dialog.submit, ...(dialog.several ? [`${moveLabel(move)} 50 cases`] : [])] : [];
    });
    expect(words.filter((word) => word.length > 24)).toEqual([]);
  });

  it('are not found under other names', () => {
    expect(['acknowledge', 'void'].every(isMoveType)).toBe(true);
    expect(['', 'toString', '__proto__', 'default'].some(isMoveType)).toBe(false);
  });
});
