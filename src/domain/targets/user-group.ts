import { prefixed, type TargetRules } from './target';

/** The limit of people that a rung to a group reaches: a larger group does not answer for a case. */
export const MOST_CALLED = 100;

const GROUP = /^S[A-Z0-9]{2,}$/;

/** Whether this is the id of a user group. */
export const isGroup = (id: string): boolean => GROUP.test(id);

const idOf = (to: string): string => prefixed('group', to) ?? to;

/** The people of a user group, each by DM: stored as `group:ID` or typed as `@handle`. */
export const userGroup: TargetRules = {
  name: 'user-group',
  address: null,
  rung: {
    usage: ['group:ID'],
    hint: ['@user-group'],
    is: (to) => prefixed('group', to) !== null,
    isTyped: (given) => given.startsWith('@') || prefixed('group', given) !== null,
    async stored(given, names) {
      const found = await names.group(idOf(given).replace(/^@/, ''));
      return found.ok ? { ok: true, id: `group:${found.id}` } : found;
    },
    async typed(to, names) {
      const handle = await names.groupHandle(idOf(to));
      return handle === null ? to : `@${handle}`;
    },
    reaches: (to, { groups }) => ({ people: groups.get(idOf(to)) ?? [] }),
    people: (to, groups) => groups.get(idOf(to)) ?? [],
    group: idOf,
    onCard: () => 'DM to a group',
    named: (to) => ({ group: idOf(to) }),
  },
  unset: null,
  faults: {},
};
