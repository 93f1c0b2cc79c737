import { prefixed, type TargetRules } from './target';

const PERSON = /^[UW][A-Z0-9]{1,30}$/;

/** Whether this is a person in Slack: the lane of their DMs is their id. */
export const isPerson = (id: string): boolean => PERSON.test(id);

const idOf = (to: string): string => prefixed('user', to) ?? to;

/** A person, by DM: stored as `user:ID` or typed as their email address. */
export const slackPerson: TargetRules = {
  name: 'slack-person',
  address: { is: isPerson, named: (lane) => ({ user: lane }) },
  rung: {
    usage: ['user:ID'],
    hint: ['the email address of someone in Slack'],
    is: (to) => prefixed('user', to) !== null,
    isTyped: (given) => prefixed('user', given) !== null || /^[^@\s:]+@[^@\s]+$/.test(given),
    async stored(given, names) {
      const found = await names.person(idOf(given));
      return found.ok ? { ok: true, id: `user:${found.id}` } : found;
    },
    typed: async (to) => to,
    reaches: (to) => ({ people: [idOf(to)] }),
    people: (to) => [idOf(to)],
    group: () => null,
    onCard: () => 'DM to someone else',
    named: (to) => ({ user: idOf(to) }),
  },
  unset: null,
  faults: {},
};
