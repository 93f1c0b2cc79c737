import { prefixed, slackLane, type TargetRules } from './target';

const CHANNEL = /^[CG][A-Z0-9]{1,30}$/;

/** Whether this is a Slack channel: its lane is its id. */
export const isChannel = (id: string): boolean => CHANNEL.test(id);

const idOf = (to: string): string => prefixed('channel', to) ?? to;

/** A Slack channel, stored as `channel:ID` or typed as `#name`. */
export const slackChannel: TargetRules = {
  name: 'slack-channel',
  address: { is: isChannel, named: (lane) => ({ channel: lane }) },
  rung: {
    usage: ['channel:ID'],
    hint: ['#channel'],
    is: (to) => prefixed('channel', to) !== null,
    isTyped: (given) => given.startsWith('#') || prefixed('channel', given) !== null,
    async stored(given, names) {
      const found = await names.channel(idOf(given));
      return found.ok ? { ok: true, id: `channel:${found.id}` } : found;
    },
    async typed(to, names) {
      const name = await names.channelName(idOf(to));
      return name === null ? to : `#${name}`;
    },
    reaches: (to) => ({ lanes: [slackLane(idOf(to))] }),
    people: () => [],
    group: () => null,
    onCard: () => 'another channel',
    named: (to) => ({ channel: idOf(to) }),
  },
  unset: null,
  faults: {},
};
