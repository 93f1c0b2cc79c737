import { chosen, translated } from '../../forms/common';
import { always, BUSINESS_DAY, business, HOUR, urgent, YEAR } from '../allowances';
import { firstOf, full } from '../destinations';
import type { Kind } from '../kind';
import { providerReport as form } from './form';

/** What happened to an SP, in the terms of a provider report. */
const SAME_TREATMENT: Readonly<Record<string, string>> = {
  threats: 'threatened',
  threatening_rude: 'threatened',
  sexual_misconduct: 'harassed',
  post_service_contact: 'harassed',
};

declare module '../code' {
  interface KindCodes {
    provider_report: true;
  }
}

/** Provider report: here the SP is the victim (domain section 2). */
export const providerReport: Kind<'provider_report'> = {
  prefix: 'PRV',
  label: 'Provider report',
  several: 'provider reports',
  command: '/provider-report',
  usage: '[SP account] [SJ]',
  help: 'Report that an SP was threatened, harassed or mistreated.',
  summary: 'Report that an SP was threatened, harassed or mistreated',
  shortcut: null,
  form,
  /** The Provider Advocates, and no one else. */
  route: (facts, _open, closed) => {
    const main = facts.channels.provider_advocate ?? closed;
    if (!main) return null;
    return {
      area: facts.area?.name ?? null,
      owner: firstOf(facts, 'provider_advocate'),
      state: 'open',
      unrouted: null,
      destinations: [full('main', main, closed ?? main)],
    };
  },
  access: { act: ['provider_advocate'], area: false, read: ['provider_advocate'], closed: () => ['provider_advocate'] },
  hears: 'SP',
  unheard: null,
  clocks: {
    critical: { acknowledge: urgent(15), update: always(HOUR) },
    high: { acknowledge: urgent(HOUR), update: always(4 * HOUR) },
    default: { acknowledge: business(4 * HOUR), update: business(BUSINESS_DAY) },
  },
  /** Never: the SP is the victim. */
  repeats: null,
  raised: null,
  goesOn: null,
  offer: {
    say: 'The SP is at risk: the Provider Advocates get this too. If the SP is the victim, it is a provider report.',
    warned: null,
  },
  takes: {
    high_risk: (answers) => ({
      treatment: translated([...chosen(answers, 'situation'), ...chosen(answers, 'conduct')], SAME_TREATMENT),
      safe_now: answers.danger_now === 'yes' ? 'no' : '',
    }),
  },
  contactRule: null,
  recall: null,
  keptDays: 7 * YEAR,
  transfer: null,
};
