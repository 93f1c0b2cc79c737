import type { Actor } from '../actor';
import type { MoveDefinition } from './definition';
import { LIVE } from './shared';

declare module './declared' {
  interface Moves {
    absorb: { readonly ref: string; readonly followers: readonly Actor[] };
  }
}

/** The other half of `merge`: `ref` is continued here and linked once, and its followers hear from here. */
export const absorb: MoveDefinition<'absorb', never, 'linked' | 'follower_added'> = {
  label: 'Take over a duplicate',
  named: null,
  who: 'system',
  states: LIVE,
  hindrance: null,
  dialog: null,
  texts: { ref: 'code' },
  recalls: ({ ref }) => ({ link: ref }),
  decide: (facts, { ref, followers }, { link: recalled }) => {
    const links = recalled ? [...facts.links, recalled] : facts.links;
    const known = links.some((link) => link.ref === ref && link.relation === 'has_duplicate');
    const hears = [facts.reporter, ...facts.followers, ...facts.subjects];
    const added = [...new Set(followers)].filter((id) => !hears.includes(id));
    return [
      ...(known ? [] : [{ type: 'linked' as const, data: { ref, relation: 'has_duplicate' as const } }]),
      ...added.map((follower) => ({ type: 'follower_added' as const, data: { follower, because: ref } })),
    ];
  },
  events: {},
};
