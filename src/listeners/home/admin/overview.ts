import { type Need, overviewBlocks, type Step } from '../../../blocks/home/overview';
import { amount } from '../../../domain/wording';
import { type AdminCounts, adminCounts, COUNTED } from '../../../services/admin-desk';
import { type SetUp, setUpEnd, setUpOf } from '../../../services/set-up';
import type { Part, PartContext } from './part';

/** What waits for an admin now, and what is left of the set-up. */
export const overviewPart: Part = {
  id: '',
  label: 'Overview',
  async draw(deps, _person, _place, { parts, later }) {
    const [waiting, setUp] = await Promise.all([adminCounts(deps), setUpOf(deps, later)]);
    const steps = stepsOf(setUp, parts);
    const isEnd = steps.every(({ done }) => done) && (await setUpEnd(deps)) !== null;
    return overviewBlocks(needsOf(waiting, parts), steps, isEnd);
  },
};

type Parts = PartContext['parts'];
const known = (parts: Parts, part: string) => (parts.has(part) ? part : null);

/** The most urgent first. */
function needsOf({ alarms, review, unrouted, failed }: AdminCounts, parts: Parts): Need[] {
  const of = (count: number, one: string, many: string, part: string): Need[] => {
    if (!count) return [];
    const number = count >= COUNTED ? `${amount(COUNTED)}+` : amount(count);
    return [{ text: `*${number}* ${count === 1 ? one : many}`, part: known(parts, part) }];
  };
  return [
    ...of(alarms, 'alarm: something is stuck', 'alarms: something is stuck', 'alarms'),
    ...of(review, 'exception waits for review', 'exceptions wait for review', 'review'),
    ...of(unrouted, 'case has no area: no one owns it', 'cases have no area: no one owns them', 'unrouted'),
    ...of(failed, 'message could not be delivered', 'messages could not be delivered', 'failed'),
  ];
}

/** The steps of the set-up, in order. */
export function stepsOf(done: SetUp, parts: Parts): Step[] {
  const to = (part: string): Step['go'] => (parts.has(part) ? { part } : null);
  return [
    {
      done: done.areas,
      title: 'Areas',
      about: 'At least one territory with its channel and its Area Manager.',
      go: to('areas'),
    },
    {
      done: done.channels,
      title: 'Channels',
      about:
        'Where reports go that no area takes, or that only some people may read: fallback, risk, leadership, Provider Advocates.',
      go: to('channels'),
    },
    {
      done: done.people,
      title: 'People',
      about: 'Someone who may read each kind of need-to-know report.',
      go: to('people'),
    },
    {
      done: done.providers,
      title: 'SPs',
      about: parts.has('sps')
        ? 'The directory that gives the area of each SP account.'
        : 'The directory that gives the area of each SP account: import sps.csv on the server.',
      go: to('sps'),
    },
    {
      done: done.policy,
      title: 'Policy',
      about: 'How long people have, and when areas are open. A cautious policy is already in place: review it.',
      go: { window: 'policy_keep' },
    },
    {
      done: done.test,
      title: 'A test escalation',
      about: 'File one as an agent would: type `/sp-feedback` in any channel, and follow it to its area.',
      go: { desk: true },
    },
  ];
}
