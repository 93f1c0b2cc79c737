import { readCode } from '../../exception-codes';
import { BUSINESS_DAY, business, HOUR, YEAR } from '../allowances';
import { full, toArea } from '../destinations';
import type { Kind } from '../kind';
import { coachingAnswers, contactRuleAnswer, exception as form, OVERRIDE_REASON } from './form';

declare module '../code' {
  interface KindCodes {
    exception: true;
  }
}

/** Exception: the escalation to an Area Manager, once the SP was tried (domain section 6). */
export const exception: Kind<'exception'> = {
  prefix: 'EXC',
  label: 'Exception',
  several: 'exceptions',
  command: '/escalate',
  usage: '[SP account] [SJ]',
  help: 'Escalate to the Area Manager, after trying the SP.',
  summary: 'Escalate to the Area Manager (exception)',
  shortcut: null,
  form,
  /** The Admin team's review, who send it on to the area's channel. */
  route: (facts, open) => {
    const review = facts.channels.admin_review ?? open;
    if (!review) return null;
    return {
      area: facts.area?.name ?? null,
      owner: facts.admins[0] ?? null,
      state: 'in_review',
      unrouted: null,
      destinations: [full('main', review, open ?? review)],
    };
  },
  access: { act: [], area: true, read: null, closed: () => [] },
  hears: 'customer',
  unheard: null,
  clocks: {
    default: {
      review: business(4 * HOUR),
      answer: business(BUSINESS_DAY),
      acknowledge: business(BUSINESS_DAY),
      update: business(2 * BUSINESS_DAY),
    },
  },
  repeats: { counted: 'exceptions', typed: /^exceptions?$/i, standard: null },
  raised: {
    route: toArea,
    filed: (account, why, causes, proposal) => ({
      answers: coachingAnswers(account, `${why}: ${causes}.${proposal}`),
      title: `Coaching: ${why}`,
      severity: 'normal',
      severityReason: 'A repeat rule of the policy asks for coaching.',
      tone: 'neutral',
      codes: ['COACH'],
    }),
  },
  /** Always offered: someone may be at risk (domain section 6). */
  goesOn: () => 'high_risk',
  offer: null,
  takes: {},
  contactRule: {
    button: 'Escalate now',
    code: ({ code }) => readCode(code),
    supply: (standing) => ({ contact_rule: contactRuleAnswer(standing) }),
    override: (answers) => String(answers[OVERRIDE_REASON] ?? ''),
  },
  recall: null,
  keptDays: 3 * YEAR,
  transfer: null,
};
