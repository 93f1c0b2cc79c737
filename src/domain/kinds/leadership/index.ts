import { BUSINESS_DAY, business, HOUR, YEAR } from '../allowances';
import { firstOf, full } from '../destinations';
import type { Kind } from '../kind';
import { leadership as form } from './form';

declare module '../code' {
  interface KindCodes {
    leadership: true;
  }
}

/** Leadership and sensitive issues (domain section 5). */
export const leadership: Kind<'leadership'> = {
  prefix: 'LDR',
  label: 'Leadership concern',
  several: 'leadership concerns',
  command: '/leadership',
  usage: '[SP account] [SJ]',
  help: 'Record a caller who wants leadership or has a sensitive concern.',
  summary: 'Record a caller who wants leadership',
  shortcut: null,
  form,
  /** The leadership channel; with sensitive issues, the risk channel, too. */
  route: (facts, _open, closed) => {
    const main = facts.channels.leadership ?? closed;
    if (!main) return null;
    const last = closed ?? main;
    const { risk } = facts.channels;
    const sensitive = facts.marks.includes('sensitive') && risk ? [full('risk', risk, last)] : [];
    return {
      area: facts.area?.name ?? null,
      owner: firstOf(facts, 'resolution_specialist', 'leadership'),
      state: 'open',
      unrouted: null,
      destinations: [full('main', main, last), ...sensitive],
    };
  },
  access: {
    act: ['leadership', 'resolution_specialist', 'risk'],
    area: false,
    read: ['leadership', 'resolution_specialist', 'risk'],
    closed: (marks) => (marks.includes('sensitive') ? ['leadership', 'risk'] : ['leadership']),
  },
  hears: 'customer',
  unheard: null,
  clocks: { default: { acknowledge: business(HOUR), update: business(BUSINESS_DAY) } },
  repeats: null,
  raised: null,
  goesOn: null,
  offer: null,
  takes: {},
  contactRule: null,
  recall: null,
  keptDays: 7 * YEAR,
  transfer: {
    isWanted: ({ path }) => path === 'refuses',
    taken: (specialist) => ({ specialist }),
    /** Recorded from the start. */
    moves: ({ path, transfer, specialist, handover }) =>
      path === 'refuses'
        ? [
            {
              type: 'transfer',
              connected: transfer === 'connected',
              specialist: typeof specialist === 'string' ? specialist : null,
              summary: String(handover ?? ''),
            },
          ]
        : [],
  },
};
