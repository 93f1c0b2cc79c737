import { chosen } from '../../forms/common';
import { always, BUSINESS_DAY, business, HOUR, urgent, YEAR } from '../allowances';
import { full, ofArea, whyUnrouted } from '../destinations';
import type { Kind } from '../kind';
import { fromException, fromFeedback } from './carry-over';
import { highRisk as form } from './form';

declare module '../code' {
  interface KindCodes {
    high_risk: true;
  }
}

/** High-risk report (domain section 4). */
export const highRisk: Kind<'high_risk'> = {
  prefix: 'HRR',
  label: 'High-risk report',
  several: 'high-risk reports',
  command: '/high-risk',
  usage: '[SP account] [SJ]',
  help: 'Report a safety issue, the police, a lawsuit, or threats.',
  summary: 'Report a safety issue, police, a lawsuit or threats',
  shortcut: {
    name: 'File high-risk report',
    description: 'Start a high-risk report with this message as what happened',
  },
  form,
  /** The risk channel in full; the area's channel as a redacted card; the Provider Advocates if the SP is at risk. */
  route: (facts, open, closed) => {
    const main = facts.channels.risk ?? closed;
    if (!main || !open) return null;
    const last = closed ?? main;
    const unrouted = whyUnrouted(facts);
    const channel = unrouted ? open : (facts.area?.channel ?? open);
    const advocates = facts.marks.includes('sp_at_risk') ? facts.channels.provider_advocate : null;
    return {
      ...ofArea(facts),
      state: 'open',
      unrouted,
      destinations: [
        full('main', main, last),
        { id: 'area', channel, fallback: open, show: 'redacted' },
        ...(advocates ? [full('advocates', advocates, last)] : []),
      ],
    };
  },
  access: {
    act: ['risk'],
    area: true,
    read: ['risk'],
    closed: (marks) => (marks.includes('sp_at_risk') ? ['risk', 'provider_advocate'] : ['risk']),
  },
  hears: 'customer',
  unheard: null,
  clocks: {
    critical: { acknowledge: urgent(15), update: always(HOUR) },
    high: { acknowledge: urgent(HOUR), update: always(4 * HOUR) },
    elevated: { acknowledge: always(4 * HOUR), update: business(BUSINESS_DAY) },
    default: { acknowledge: always(4 * HOUR), update: business(BUSINESS_DAY), police_number: always(4 * HOUR) },
  },
  repeats: {
    counted: 'high-risk reports',
    typed: /^high[- ]risk(?: reports?)?$/i,
    standard: { count: 2, days: 365 },
  },
  raised: null,
  /** A provider report when the SP is the one at risk. */
  goesOn: (answers) => (chosen(answers, 'at_risk').includes('sp') ? 'provider_report' : null),
  offer: {
    say: 'Is anyone at risk?',
    warned: {
      title: 'This looks high-risk.',
      say: 'If anyone is in danger now, call the emergency services first.',
    },
  },
  takes: { sp_feedback: fromFeedback, exception: fromException },
  contactRule: null,
  recall: null,
  keptDays: 7 * YEAR,
  transfer: null,
};
