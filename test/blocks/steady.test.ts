import type { KnownBlock } from '@slack/types';
import { actions, button, section } from '../../src/blocks/lines';
import { withSteadyIds } from '../../src/blocks/steady';

const ids = (blocks: readonly KnownBlock[]) => withSteadyIds(blocks).map(({ block_id: id }) => id);
const list = (initial: string) => ({
  type: 'static_select' as const,
  action_id: 'area',
  options: ['East', 'West'].map((value) => ({ text: { type: 'plain_text' as const, text: value }, value })),
  initial_option: { text: { type: 'plain_text' as const, text: initial }, value: initial },
});

it('a block that can be pressed has the same id in every drawing, wherever it stands', () => {
  const covers = actions(button('cover', 'Cover …'), button('calendar', 'Connect …'));
  const [, first] = ids([section('Nothing yet'), covers]);
  const [third] = ids([covers, section('One more')]);
  expect(first).toBe('cover');
  expect(third).toBe(first);
});

it('equal buttons about different things, and twice about the same, have ids of their own', () => {
  const row = (ref: string) => section(ref, button('open', 'Open', ref));
  expect(ids([row('A'), row('B'), row('A')])).toEqual(['open:A', 'open:B', 'open:A~2']);
  const long = row('x'.repeat(2000));
  const all = ids([long, long]);
  expect(new Set(all).size).toBe(2);
  for (const id of all) expect(id?.length).toBeLessThanOrEqual(255);
});

it('a choice has another id once it starts from something else', () => {
  const [east, west, again] = [list('East'), list('West'), list('East')].map((menu) => ids([actions(menu)])[0]);
  expect(west).not.toBe(east);
  expect(again).toBe(east);
});

it('given ids, and blocks that cannot be pressed, stay as they are', () => {
  const given = { ...actions(button('open', 'Open')), block_id: 'open' };
  expect(ids([actions(button('open', 'Open')), given, section('Words')])).toEqual(['open~2', 'open', undefined]);
});
