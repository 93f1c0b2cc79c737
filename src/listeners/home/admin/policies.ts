import { POLICY_LISTS, policiesBlocks } from '../../../blocks/home/policies';
import { KIND_KEYS } from '../../../domain/policy-items';
import type { Part } from './part';

const SIZE = 10;

/** The policy in force: clocks, ladders, calendars and the rest, each with its window. */
export const policiesPart: Part = {
  id: 'policies',
  label: 'Policies',
  async draw(deps, _person, { page, args }) {
    const [policy, areas] = await Promise.all([deps.directory.policy(), deps.directory.areas()]);
    return policiesBlocks({
      policy,
      areas: areas.map(({ name }) => name).sort((a, b) => a.localeCompare(b)),
      list: POLICY_LISTS.find((known) => known === args.show) ?? 'clocks',
      kind: KIND_KEYS.find((known) => known === args.kind) ?? null,
      page,
      size: SIZE,
    });
  },
};
