import { BUSINESS_DAY, business, HOUR, YEAR } from '../allowances';
import { full, toArea } from '../destinations';
import type { Kind } from '../kind';
import { spFeedback as form, recallOf } from './form';

declare module '../code' {
  interface KindCodes {
    sp_feedback: true;
  }
}

/** SP feedback (domain section 3). */
export const spFeedback: Kind<'sp_feedback'> = {
  prefix: 'SPF',
  label: 'SP feedback',
  several: 'SP feedback reports',
  command: '/sp-feedback',
  usage: '[SP account] [SJ]',
  help: 'File feedback about a service professional.',
  summary: 'File feedback about an SP',
  shortcut: { name: 'File SP feedback', description: 'Start SP feedback with this message as its details' },
  form,
  /** The area's channel; praise to the recognition channel, too. */
  route: (facts, open) => {
    const routed = toArea(facts, open, null);
    const { recognition } = facts.channels;
    if (!routed || !open || facts.tone !== 'positive' || !recognition) return routed;
    return {
      ...routed,
      destinations: [...routed.destinations, { ...full('recognition', recognition, open), show: 'praise' }],
    };
  },
  access: { act: [], area: true, read: null, closed: () => [] },
  hears: 'customer',
  unheard: ({ reason }) => reason === 'internal_feedback',
  clocks: {
    default: { acknowledge: business(4 * HOUR), update: business(2 * BUSINESS_DAY) },
    low: { acknowledge: business(2 * BUSINESS_DAY) },
  },
  repeats: {
    counted: 'SP feedback',
    typed: /^sp feedback$/i,
    standard: { tone: 'negative', count: 3, days: 30 },
  },
  raised: null,
  goesOn: null,
  offer: null,
  takes: {},
  contactRule: null,
  recall: recallOf,
  keptDays: 3 * YEAR,
  transfer: null,
};
