import type { Actor } from '../../sandbox/workspace';
import { type Entries, type FeedbackForm, fieldsWith, startFeedbackForm } from '../support/feedback-form';
import {
  COMPLAINT,
  CUSTOMER_DETAILS,
  codes,
  fromCustomer,
  HIGH_COST,
  INTERNAL_DETAILS,
  internal,
  labels,
  NEGATIVE_CUSTOMER,
  NEGATIVE_INTERNAL,
  POSITIVE_CUSTOMER,
  POSITIVE_INTERNAL,
  PROCESS,
  REASON,
  REFUSED,
  REFUSED_OTHER,
  REFUSED_REASON,
  recalled,
  SETS,
  type SetName,
  WORKMANSHIP,
} from '../support/feedback-questions';
import type { World } from '../support/world';
import { moreOf, quotesOf } from './records';

let form: FeedbackForm;
let world: World;
let amira: Actor;
beforeAll(async () => {
  form = await startFeedbackForm();
  ({ world, amira } = form);
});
afterAll(() => form.stop());

interface Path {
  readonly entries: Entries;
  /** What is stored besides the two numbers. */
  readonly stored: Readonly<Record<string, string | readonly string[]>>;
  readonly title: string;
  readonly tone: 'positive' | 'negative' | 'neutral';
  readonly codes?: readonly string[];
}
const recall = (stored: Path['stored'] = {}) => ({ reason: 'recall_reassignment', ...stored });
const refusal = (label: string, code: string): Path => ({
  entries: { ...REFUSED, [REFUSED_REASON]: label },
  stored: recall({ recall_reason: 'sp_refused', refused_reason: code }),
  title: 'Recall reassignment: SP refused',
  tone: 'neutral',
});
const NEGATIVE_CUSTOMER_CODES = [
  ...['HI COST', 'MISDIAG', 'MISSED APPT', 'NCNS', 'NO RESPONSE', 'NO WORK', 'PROCESS', 'SP UNRESPONSIVE'],
  ...['UNPROFESSIONAL', 'WORKMANSHIP'],
];
const NEGATIVE_INTERNAL_CODES = [
  ...['COACH', 'HI COST', 'MISDIAG', 'NO WORK', 'PROCESS', 'PROFILE UPDATE', 'SP UNRESPONSIVE', 'UNPROFESSIONAL'],
  'WORKMANSHIP',
];

const PATHS: Readonly<Record<string, Path>> = {
  'Recall Reassignment, Customer Driven, no complaint': {
    entries: { ...recalled('Customer Driven'), [COMPLAINT]: false },
    stored: recall({ recall_reason: 'customer_driven', has_complaint: 'no' }),
    title: 'Recall reassignment: customer driven',
    tone: 'neutral',
  },
  'Recall Reassignment, Customer Driven, a complaint with every negative': {
    entries: {
      ...recalled('Customer Driven'),
      [COMPLAINT]: true,
      [NEGATIVE_CUSTOMER]: labels(NEGATIVE_CUSTOMER),
      [CUSTOMER_DETAILS]: 'Waited all day.',
    },
    stored: recall({
      recall_reason: 'customer_driven',
      has_complaint: 'yes',
      negative_customer: codes(NEGATIVE_CUSTOMER),
      customer_details: 'Waited all day.',
    }),
    title: 'Recall reassignment: customer complaint',
    tone: 'negative',
    codes: NEGATIVE_CUSTOMER_CODES,
  },
  'Recall Reassignment, Account Inactive': {
    entries: { ...recalled('Account Inactive') },
    stored: recall({ recall_reason: 'account_inactive' }),
    title: 'Recall reassignment: account inactive',
    tone: 'neutral',
  },
  'SP Refused, Brand/Equipment': refusal('Does Not Service Brand/Equipment', 'brand_equipment'),
  'SP Refused, Bad Experience': refusal('Bad Experience with Customer', 'bad_experience'),
  'SP Refused, Availability': refusal('Availability/Manpower', 'availability'),
  'SP Refused, Out of Network': refusal('Out of Network', 'out_of_network'),
  'SP Refused, Other': {
    entries: { ...REFUSED, [REFUSED_REASON]: 'Other', [REFUSED_OTHER]: 'Truck in the shop.' },
    stored: recall({ recall_reason: 'sp_refused', refused_reason: 'other', refused_other: 'Truck in the shop.' }),
    title: 'Recall reassignment: SP refused',
    tone: 'neutral',
  },
  'SP Feedback from Customer, Positive, every positive': {
    entries: {
      ...fromCustomer('Positive'),
      [POSITIVE_CUSTOMER]: labels(POSITIVE_CUSTOMER),
      [CUSTOMER_DETAILS]: 'Back the same day.',
    },
    stored: {
      reason: 'customer_feedback',
      customer_type: 'positive',
      positive_customer: codes(POSITIVE_CUSTOMER),
      customer_details: 'Back the same day.',
    },
    title: 'Positive feedback from a customer',
    tone: 'positive',
    codes: ['GREAT SVC'],
  },
  'SP Feedback from Customer, Negative': {
    entries: {
      ...fromCustomer('Negative'),
      [NEGATIVE_CUSTOMER]: ['No call, no show', 'Misdiagnosis'],
      [CUSTOMER_DETAILS]: 'Nobody came.',
    },
    stored: {
      reason: 'customer_feedback',
      customer_type: 'negative',
      negative_customer: ['no_call_no_show', 'misdiagnosis'],
      customer_details: 'Nobody came.',
    },
    title: 'Negative feedback from a customer',
    tone: 'negative',
    codes: ['MISDIAG', 'NCNS'],
  },
  'SP Internal Feedback, Positive, every positive': {
    entries: {
      ...internal('Positive'),
      [POSITIVE_INTERNAL]: labels(POSITIVE_INTERNAL),
      [INTERNAL_DETAILS]: 'Took the job nobody wanted.',
    },
    stored: {
      reason: 'internal_feedback',
      internal_type: 'positive',
      positive_internal: codes(POSITIVE_INTERNAL),
      internal_details: 'Took the job nobody wanted.',
    },
    title: 'Positive internal feedback',
    tone: 'positive',
    codes: ['GREAT SVC'],
  },
  'SP Internal Feedback, Negative, everything in every list': {
    entries: {
      ...internal('Negative'),
      [NEGATIVE_INTERNAL]: labels(NEGATIVE_INTERNAL),
      [HIGH_COST]: labels(HIGH_COST),
      [WORKMANSHIP]: labels(WORKMANSHIP),
      [PROCESS]: labels(PROCESS),
      [INTERNAL_DETAILS]: 'All of it.',
    },
    stored: {
      reason: 'internal_feedback',
      internal_type: 'negative',
      negative_internal: codes(NEGATIVE_INTERNAL),
      high_cost: codes(HIGH_COST),
      workmanship: codes(WORKMANSHIP),
      process: codes(PROCESS),
      internal_details: 'All of it.',
    },
    title: 'Negative internal feedback',
    tone: 'negative',
    codes: NEGATIVE_INTERNAL_CODES,
  },
  'SP Internal Feedback, Negative, with nothing to follow up': {
    entries: {
      ...internal('Negative'),
      [NEGATIVE_INTERNAL]: ['Needs coaching'],
      [INTERNAL_DETAILS]: 'Short with the dispatcher.',
    },
    stored: {
      reason: 'internal_feedback',
      internal_type: 'negative',
      negative_internal: ['needs_coaching'],
      high_cost: ['none'],
      workmanship: ['none'],
      process: ['none'],
      internal_details: 'Short with the dispatcher.',
    },
    title: 'Negative internal feedback',
    tone: 'negative',
    codes: ['COACH'],
  },
};

describe('every path of the form is stored as answered and shown on the card', () => {
  it.each(Object.entries(PATHS))('%s', async (_name, path) => {
    const sj = form.newSj();
    const modal = await form.fill(path.entries, 'ACC100', sj);
    expect(modal.labels).toEqual(fieldsWith(Object.keys(path.entries).filter((label) => label !== REASON)));
    for (const set of Object.keys(SETS).filter((label): label is SetName => label in modal.fields))
      expect(modal.fields[set]?.options).toEqual(labels(set));

    const { stored, card, confirmation } = await form.submit();
    expect(stored.answers).toEqual({ sp_account: 'ACC100', sj, ...path.stored });
    expect(stored).toMatchObject({
      kind: 'sp_feedback',
      state: 'open',
      reporter: amira.id,
      sp: { account: 'ACC100', name: 'Ace Plumbing' },
      sj,
      title: path.title,
      tone: path.tone,
      severity: path.tone === 'positive' ? 'low' : 'normal',
      codes: path.codes ?? [],
      area: 'West',
      owner: form.id('dana'),
      unrouted: null,
      outbox: [],
    });
    expect(stored.events.map(({ type }) => type)).toEqual(['filed', 'routed']);

    expect(card.channel).toBe(world.workspace.ids.channels['am-west']);
    expect(card.text).toBe(`SP feedback ${stored.ref}: ${path.title}, SP Ace Plumbing, SJ ${sj}, open`);
    const { text, blocks } = await form.whole(card);
    for (const [label, entry] of Object.entries(path.entries)) {
      const value = entry === true ? 'Yes' : entry === false ? 'No' : [entry].flat().join('; ');
      if (/^(Details|Explanation)/.test(label)) expect(quotesOf(blocks)).toEqual([value]);
      else expect(text).toContain(`${label}: ${value}`);
    }
    for (const follow of Object.keys(SETS).filter((label) => /^If /.test(label) && !(label in path.entries)))
      expect(text).not.toContain(follow);
    for (const code of stored.codes) expect(card.content).toContain(`\`${code}\``);
    expect(card.content).toContain(`filed by <@${amira.id}>`);
    expect(card.buttons.slice(0, 4)).toEqual(['Acknowledge', 'Add note', 'Log SP contact', 'Resolve']);
    expect(moreOf(card)).toEqual(expect.arrayContaining(['Reassign', 'Snooze', 'Void']));
    expect(moreOf(card)).not.toContain('Reopen');
    expect(card.replyCount).toBe(0);
    expect(confirmation.content).toContain(stored.ref);
  });
});
