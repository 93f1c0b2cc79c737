import type { Actor, FillValue, MessageReading, ViewReading } from '../../sandbox/workspace';
import { refIn, submitForm } from '../support/filed';
import { startWorld, type World } from '../support/world';
import { moreOf, openedForm, openRecords, quotesOf, type Records, submitted } from './records';

const REASON = 'Reason For Feedback';
const COMPLAINT = 'Does Customer Have a Complaint Against SP';
const REFUSED_REASON = 'SP Refused Reason';
const REFUSED_OTHER = 'Explanation of Other Refusal';
const POSITIVE_CUSTOMER = 'Positive Customer Feedback';
const NEGATIVE_CUSTOMER = 'Negative Customer Feedback';
const POSITIVE_INTERNAL = 'Positive Internal Feedback';
const NEGATIVE_INTERNAL = 'Negative Internal Feedback';
const CUSTOMER_DETAILS = "Details of Customer's Experience with SP";
const INTERNAL_DETAILS = 'Details of Internal Experience with SP';
const HIGH_COST = 'If Has High Cost, Select All That Apply';
const WORKMANSHIP = 'If Poor Workmanship, Select All That Apply';
const PROCESS = 'If SP Did Not Follow Process, Select All That Apply';
const NO_HIGH_COST = 'SP Does Not Have High Cost';
const NO_POOR_WORKMANSHIP = 'SP Did Not Have Poor Workmanship';
const PROCESS_FOLLOWED = 'SP Followed Process';
const DRIVER = 'Driver or technician';
const ALWAYS = ['SP Account Number', 'SJ Number', REASON];

const recalled = (why: string) => ({ [REASON]: `Recall Reassignment: ${why}` });
const REFUSED = recalled('SP Refused');
const fromCustomer = (type: string) => ({ [REASON]: `SP Feedback from Customer: ${type}` });
const internal = (type: string) => ({ [REASON]: `SP Internal Feedback: ${type}` });
/** The starter lists of the procedure: each label with its stored code. */
const SETS = {
  [NEGATIVE_CUSTOMER]: {
    'Missed appointment': 'missed_appointment',
    'No call, no show': 'no_call_no_show',
    'No response to customer': 'no_response_to_customer',
    'Rude or unprofessional': 'rude_or_unprofessional',
    'Poor workmanship': 'poor_workmanship',
    Misdiagnosis: 'misdiagnosis',
    'High cost or billing dispute': 'high_cost_or_billing_dispute',
    'No work done': 'no_work_done',
    'Did not follow process': 'did_not_follow_process',
    'SP unresponsive to us': 'sp_unresponsive_to_us',
    'Property damage': 'property_damage',
    'Threats, harassment or unwanted contact': 'threats_harassment_or_unwanted_contact',
    Discrimination: 'discrimination',
  },
  [POSITIVE_CUSTOMER]: {
    'On time': 'on_time',
    'Professional and courteous': 'professional_and_courteous',
    'Quality workmanship': 'quality_workmanship',
    'Clear communication': 'clear_communication',
    'Went above and beyond': 'went_above_and_beyond',
    'Clean work area': 'clean_work_area',
    'Fast resolution': 'fast_resolution',
  },
  [POSITIVE_INTERNAL]: {
    'Responsive to calls': 'responsive_to_calls',
    'Took a difficult job': 'took_a_difficult_job',
    'Accurate diagnosis': 'accurate_diagnosis',
    'Fair cost': 'fair_cost',
    'Complete documentation': 'complete_documentation',
    'Helpful to the team': 'helpful_to_the_team',
  },
  [NEGATIVE_INTERNAL]: {
    'High cost': 'high_cost',
    'Poor workmanship': 'poor_workmanship',
    'Did not follow process': 'did_not_follow_process',
    'SP unresponsive': 'sp_unresponsive',
    Unprofessional: 'unprofessional',
    Misdiagnosis: 'misdiagnosis',
    'Refused or did no work': 'refused_or_did_no_work',
    'Profile out of date': 'profile_out_of_date',
    'Needs coaching': 'needs_coaching',
  },
  [HIGH_COST]: {
    'Parts above market': 'parts_above_market',
    'Labor hours above guide': 'labour_hours_above_guide',
    'Non-covered charges': 'non_covered_charges',
    'Unnecessary repair': 'unnecessary_repair',
    'Duplicate invoice': 'duplicate_invoice',
    'Quote without detail': 'quote_without_detail',
    'Asked for a virtual card instead of the contracted rate':
      'asked_for_a_virtual_card_instead_of_the_contracted_rate',
    'Asked the customer for payment': 'asked_the_customer_for_payment',
    'Added services not dispatched': 'added_services_not_dispatched',
  },
  [WORKMANSHIP]: {
    'Same failure again within 30 days': 'same_failure_again_within_30_days',
    'Repair left incomplete': 'repair_left_incomplete',
    'Wrong part': 'wrong_part',
    'Damage to the home or vehicle': 'damage_to_the_home_or_vehicle',
    'Unsafe condition left': 'unsafe_condition_left',
  },
  [PROCESS]: {
    'No call ahead': 'no_call_ahead',
    'Work before authorization': 'work_before_authorisation',
    'No or late job notes': 'no_or_late_job_notes',
    'Status not updated': 'status_not_updated',
    'Unlicensed technician sent': 'unlicensed_technician_sent',
    'Contacted customer outside the service': 'contacted_customer_outside_the_service',
  },
};
type SetName = keyof typeof SETS;
const labels = (set: SetName): string[] => Object.keys(SETS[set]);
const codes = (set: SetName): string[] => Object.values(SETS[set]);
type Entries = Readonly<Record<string, FillValue>>;

let world: World;
let records: Records;
let amira: Actor;
let nextSj = 700_000;

beforeAll(async () => {
  world = await startWorld();
  records = await openRecords(world);
  amira = world.workspace.as('amira');
  const sp = { phone: null, email: null };
  await records.directory.saveProviders([
    { account: 'ACC400', name: 'Frontier Towing', area: 'North', status: 'active', ...sp },
    { account: 'ACC500', name: 'Sleepy Locks', area: 'West', status: 'inactive', ...sp },
  ]);
});
afterAll(async () => {
  await records.close();
  await world.stop();
});

const id = (name: string) => world.workspace.ids.users[name] ?? '';
const newSj = () => String(nextSj++);

/** Opens the form for an SP (by default Ace Plumbing in West) and a new SJ, and fills it in. */
async function fill(entries: Entries, account = 'ACC100', sj = newSj()): Promise<ViewReading> {
  await openedForm(amira, `${account} ${sj}`);
  return amira.fill(entries);
}
const submit = () => submitted(world, records, amira);
/** The fields of a form that shows these; after negative feedback, it also asks who came, if known. */
const fieldsWith = (labelsShown: readonly string[]) => {
  const isNegative = labelsShown.some((label) => label === NEGATIVE_CUSTOMER || label === NEGATIVE_INTERNAL);
  return [...ALWAYS, ...labelsShown, ...(isNegative && !labelsShown.includes(COMPLAINT) ? [DRIVER] : [])];
};
const shows = (labelsShown: readonly string[]) =>
  amira.waitForModal((modal) => modal.labels.join() === fieldsWith(labelsShown).join());
/** All of a case: what its card has no room for is behind *Details*. */
async function whole(card: MessageReading): Promise<Pick<ViewReading, 'blocks'> & { readonly text: string }> {
  if (!card.buttons.includes('Details')) return { text: card.content, blocks: card.blocks };
  const dana = world.workspace.as('dana');
  await dana.press('Details', { in: card });
  const view = await dana.waitForModal(({ submitLabel }) => !submitLabel);
  await dana.close();
  return view;
}

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
    const sj = newSj();
    const modal = await fill(path.entries, 'ACC100', sj);
    expect(modal.labels).toEqual(fieldsWith(Object.keys(path.entries).filter((label) => label !== REASON)));
    for (const set of Object.keys(SETS).filter((label): label is SetName => label in modal.fields))
      expect(modal.fields[set]?.options).toEqual(labels(set));

    const { stored, card, confirmation } = await submit();
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
      owner: id('dana'),
      unrouted: null,
      outbox: [],
    });
    expect(stored.events.map(({ type }) => type)).toEqual(['filed', 'routed']);

    expect(card.channel).toBe(world.workspace.ids.channels['am-west']);
    expect(card.text).toBe(`SP feedback ${stored.ref}: ${path.title}, SP Ace Plumbing, SJ ${sj}, open`);
    const { text, blocks } = await whole(card);
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

describe('the follow-ups of negative internal feedback', () => {
  const FOLLOW_UPS = [
    { label: HIGH_COST, negative: 'High cost', detail: 'Duplicate invoice', none: NO_HIGH_COST },
    { label: WORKMANSHIP, negative: 'Poor workmanship', detail: 'Wrong part', none: NO_POOR_WORKMANSHIP },
    { label: PROCESS, negative: 'Did not follow process', detail: 'No call ahead', none: PROCESS_FOLLOWED },
  ];

  it('are asked one by one with their negatives; the others are recorded as none', async () => {
    await fill({ ...internal('Negative'), [NEGATIVE_INTERNAL]: ['Misdiagnosis'], [INTERNAL_DETAILS]: 'Typed once.' });
    await shows([NEGATIVE_INTERNAL, INTERNAL_DETAILS]);
    const chosen: string[] = [];
    for (const { label, negative, detail } of FOLLOW_UPS) {
      chosen.push(negative);
      await amira.fill({ [NEGATIVE_INTERNAL]: chosen });
      await amira.waitForModal(({ labels: shown }) => shown.includes(label));
      await amira.fill({ [label]: [detail] });
    }
    await amira.fill({ [NEGATIVE_INTERNAL]: ['High cost'] });
    const { fields } = await shows([NEGATIVE_INTERNAL, HIGH_COST, INTERNAL_DETAILS]);
    expect(fields[HIGH_COST]?.value).toEqual(['Duplicate invoice']);
    expect(fields[INTERNAL_DETAILS]?.value).toBe('Typed once.');
    const { stored, card } = await submit();
    expect(stored.answers).toMatchObject({
      high_cost: ['duplicate_invoice'],
      workmanship: ['none'],
      process: ['none'],
    });
    expect(card.content).toContain(`${HIGH_COST}: Duplicate invoice`);
    expect(card.content).not.toContain(PROCESS);
  });

  it('are reported at the negatives if they are not shown yet, and all at once if they are', async () => {
    await fill({ ...internal('Negative'), [INTERNAL_DETAILS]: 'Typed once.' });
    await amira.fill({ [NEGATIVE_INTERNAL]: FOLLOW_UPS.map(({ negative }) => negative) });
    await shows([NEGATIVE_INTERNAL, HIGH_COST, WORKMANSHIP, PROCESS, INTERNAL_DETAILS]);
    const { errors = {} } = await amira.submit();
    expect(Object.keys(errors)).toEqual([HIGH_COST, WORKMANSHIP, PROCESS]);
  });
});

describe('another branch', () => {
  it('drops hidden answers from the screen and from what is stored', async () => {
    await fill({
      ...internal('Negative'),
      [NEGATIVE_INTERNAL]: ['Needs coaching'],
      [INTERNAL_DETAILS]: 'Belongs to the branch left behind.',
    });
    await amira.fill({ ...recalled('Account Inactive') });
    await shows([]);
    const { stored, card } = await submit();
    expect(Object.keys(stored.answers)).toEqual(['sp_account', 'sj', 'reason', 'recall_reason']);
    expect(card.content).not.toContain('left behind');
    expect(JSON.stringify(stored)).not.toContain('left behind');
  });

  it('starts empty when the agent returns to it', async () => {
    await fill({ ...fromCustomer('Negative'), [CUSTOMER_DETAILS]: 'First try.' });
    await amira.fill({ ...recalled('Account Inactive') });
    await shows([]);
    await amira.fill({ ...fromCustomer('Negative') });
    const again = await shows([NEGATIVE_CUSTOMER, CUSTOMER_DETAILS]);
    expect(again.fields[CUSTOMER_DETAILS]?.value).toBeNull();
  });

  it('keeps what stays visible: typed details survive a change from negative to positive', async () => {
    await fill({
      ...fromCustomer('Negative'),
      [NEGATIVE_CUSTOMER]: ['Missed appointment'],
      [CUSTOMER_DETAILS]: 'On second thought, wonderful.\nReally.',
    });
    await amira.fill({ ...fromCustomer('Positive') });
    const turned = await shows([POSITIVE_CUSTOMER, CUSTOMER_DETAILS]);
    expect(turned.fields[CUSTOMER_DETAILS]?.value).toBe('On second thought, wonderful.\nReally.');
    await amira.fill({ [POSITIVE_CUSTOMER]: ['Fast resolution'] });
    const { stored, card } = await submit();
    expect(stored.answers).not.toHaveProperty('negative_customer');
    expect(stored).toMatchObject({ tone: 'positive', codes: ['GREAT SVC'] });
    expect(quotesOf(card.blocks)).toEqual(['On second thought, wonderful.\nReally.']);
  });

  it('keeps the numbers and the internal details over a change from positive to negative', async () => {
    await fill({ ...internal('Positive'), [INTERNAL_DETAILS]: 'Kept.' }, 'ACC100', '612345');
    await amira.fill({ ...internal('Negative') });
    const turned = await shows([NEGATIVE_INTERNAL, INTERNAL_DETAILS]);
    expect(turned.fields[INTERNAL_DETAILS]?.value).toBe('Kept.');
    expect(turned.fields['SJ Number']?.value).toBe('612345');
  });
});

describe('a list that has to be opened', () => {
  const pressed = (words: string) => amira.waitForModal(({ buttons }) => !buttons.includes(words));

  it('can also be answered with one press, while what is being typed elsewhere stays in its field', async () => {
    const before = await fill({ ...fromCustomer('Negative'), [CUSTOMER_DETAILS]: 'Twice the same fault.' });
    expect(before.buttons).toEqual(expect.arrayContaining(labels(NEGATIVE_CUSTOMER)));
    await amira.press('Property damage');
    const after = await pressed('Property damage');
    expect(after.fields[NEGATIVE_CUSTOMER]?.value).toEqual(['Property damage']);
    for (const label of [...ALWAYS, CUSTOMER_DETAILS]) expect(after.fields[label]).toEqual(before.fields[label]);
    expect(after.text).toContain('This looks high-risk.');
    await amira.fill({ [NEGATIVE_CUSTOMER]: ['Property damage', 'Misdiagnosis'] });
    expect((await submit()).stored.answers).toMatchObject({ negative_customer: ['property_damage', 'misdiagnosis'] });
  });

  it('offers its buttons again once it is emptied', async () => {
    await fill({ ...fromCustomer('Negative'), [NEGATIVE_CUSTOMER]: ['Misdiagnosis'] });
    await pressed('Misdiagnosis');
    await amira.fill({ [NEGATIVE_CUSTOMER]: null });
    await amira.waitForModal(({ buttons }) => buttons.includes('No work done'));
    await amira.press('No work done');
    expect((await pressed('No work done')).fields[NEGATIVE_CUSTOMER]?.value).toEqual(['No work done']);
    await amira.close();
  });
});

describe('where a report goes', () => {
  const inactive = { ...recalled('Account Inactive') };
  const unroutedChannel = () => world.workspace.ids.channels['warmline-unrouted'];

  it('accepts an unknown SP with a warning, and sends it to the unrouted queue with the reason', async () => {
    const modal = await fill(inactive, 'nope-77');
    expect(modal.text).toContain('Not in the directory: check the number.');
    expect(modal.text).toContain('SP account NOPE-77 is not in the directory.');
    const { stored, card, confirmation } = await submit();
    expect(stored).toMatchObject({ sp: { account: 'NOPE-77', name: null }, area: null, owner: null });
    expect(stored.unrouted).toBe('SP account NOPE-77 is not in the directory.');
    expect(card.channel).toBe(unroutedChannel());
    expect(card.content).toContain('Unrouted: SP account NOPE-77 is not in the directory.');
    expect(card.content).toContain('NOPE-77 (not in the directory)');
    expect(card.content).toContain('no one yet');
    expect(confirmation.content).toContain('It was kept and sent to the unrouted queue.');
  });

  it('sends an SP whose area is not set up to the unrouted queue with the reason', async () => {
    const reason = 'The directory puts Frontier Towing in area North, which is not set up.';
    const modal = await fill(inactive, 'ACC400');
    expect(modal.text).toContain('Frontier Towing · Area North');
    expect(modal.text).toContain(reason);
    const { stored, card } = await submit();
    expect(stored).toMatchObject({ sp: { account: 'ACC400', name: 'Frontier Towing' }, area: null, unrouted: reason });
    expect(card.channel).toBe(unroutedChannel());
    expect(card.content).toContain(reason);
  });

  it('says that an SP is inactive and routes its report anyway', async () => {
    const modal = await fill(inactive, 'acc500');
    expect(modal.text).toContain('Sleepy Locks · Area West · ⚠️ inactive account');
    const { stored, card } = await submit();
    expect(stored).toMatchObject({ sp: { account: 'ACC500', name: 'Sleepy Locks' }, area: 'West', unrouted: null });
    expect(card.channel).toBe(world.workspace.ids.channels['am-west']);
  });

  it('shows the channel, the Area Manager and the time to respond by, and updates with each answer', async () => {
    const HOUR = 3600;
    const start = +world.clock.now() / 1000;
    const respondBy = (modal: ViewReading) => Number(/ by <!date\^(\d+)\^/.exec(modal.text)?.[1]);
    const first = await fill({
      ...fromCustomer('Negative'),
      [NEGATIVE_CUSTOMER]: ['Misdiagnosis'],
    });
    expect(first.text).toContain(`To *<#${world.workspace.ids.channels['am-west']}>*`);
    expect(first.text).toContain(`· <@${id('dana')}>`);
    expect(Math.abs(respondBy(first) - start - 4 * HOUR)).toBeLessThan(120);

    await amira.fill({ ...fromCustomer('Positive') });
    const wednesday9 = Date.parse('2026-11-04T17:00:00Z') / 1000;
    const positive = await amira.waitForModal((modal) => respondBy(modal) > wednesday9 - 120);
    expect(Math.abs(respondBy(positive) - wednesday9)).toBeLessThan(120);

    await amira.fill({ 'SP Account Number': 'ACC200' });
    const east = await amira.waitForModal(({ text }) => text.includes('Bolt Electric · Area East'));
    expect(east.text).toContain(`To *<#${world.workspace.ids.channels['am-east']}>*`);
    expect(east.text).toContain(`· <@${id('priya')}>`);
    await amira.fill({ [POSITIVE_CUSTOMER]: ['On time'], [CUSTOMER_DETAILS]: 'Early even.' });
    const { stored } = await submit();
    expect(stored).toMatchObject({ area: 'East', owner: id('priya') });
    expect(stored.clocks.map(({ name }) => name)).toEqual(['acknowledge']);
  });

  it('shows the open cases of the same SJ, and still files another one', async () => {
    await fill(inactive, 'ACC100', '655001');
    const { stored: first } = await submit();
    const modal = await fill(inactive, 'ACC100', 'SJ-655001');
    expect(modal.text).toContain(`*${first.ref}*, open, filed 0 min ago, with <@${id('dana')}>`);
    const { stored: second } = await submit();
    expect(second.sj).toBe('655001');
    const open = await records.cases.openBySj('655001');
    expect(open.map(({ ref }) => ref).sort()).toEqual([first.ref, second.ref]);
  });

  it('points out high risk for the marked negatives', async () => {
    const modal = await fill({
      ...fromCustomer('Negative'),
      [NEGATIVE_CUSTOMER]: ['Missed appointment'],
    });
    expect(modal.text).not.toContain('This looks high-risk.');
    await amira.fill({ [NEGATIVE_CUSTOMER]: ['Missed appointment', 'Property damage'] });
    await amira.waitForModal(({ text }) => text.includes('This looks high-risk.'));
  });
});

describe('what was typed with the command', () => {
  const typed = async (text: string) => {
    const { fields } = await openedForm(amira, text);
    return { account: fields['SP Account Number']?.value, sj: fields['SJ Number']?.value };
  };

  it('fills in both numbers', async () => {
    expect(await typed('  acc100   SJ-4471220 ')).toMatchObject({ account: 'ACC100', sj: '4471220' });
    await amira.waitForModal(({ text }) => text.includes('Ace Plumbing'));
    await amira.fill({ ...recalled('Account Inactive') });
    await shows([]);
    const { stored } = await submit();
    expect(stored).toMatchObject({ sp: { account: 'ACC100' }, sj: '4471220' });
  });
  it('fills in one', async () => {
    expect(await typed('ACC200')).toMatchObject({ account: 'ACC200', sj: null });
  });
  it('fills in none', async () => {
    expect(await typed('')).toMatchObject({ account: null, sj: null });
  });
  it.each(['hello!! there, please', '<@U1> <!channel>', '{"$ne":null} __proto__', 'x'.repeat(9000)])(
    'opens even with junk (%#), shows it again, and does not take it for a number',
    async (junk) => {
      expect(await typed(junk)).toEqual({ account: null, sj: null });
      expect((await amira.waitForModal(({ text }) => text.includes('You typed'))).text).toContain(
        'No SP goes by that name',
      );
      await amira.fill({
        'SP Account Number': '!!',
        'SJ Number': 'none',
        ...recalled('Account Inactive'),
      });
      const { errors = {} } = await amira.submit();
      expect(errors['SP Account Number']).toContain('Type the SP account number');
      expect(errors['SJ Number']).toContain('Type the SJ number');
    },
  );
});

describe('what is required', () => {
  it('asks for every required field, first in the window and then on the server', async () => {
    const before = await records.count();
    const ada = world.workspace.as('ada');
    await openedForm(ada);
    expect(Object.keys((await ada.submit()).errors ?? {})).toEqual(ALWAYS);
    await openedForm(amira);
    await amira.fill({ ...internal('Negative') });
    const asked = await shows([NEGATIVE_INTERNAL, INTERNAL_DETAILS]);
    expect(Object.entries(asked.fields).flatMap(([label, { optional }]) => (optional ? [label] : []))).toEqual([
      DRIVER,
    ]);
    await amira.fill({
      'SP Account Number': '!!',
      'SJ Number': '12',
      [NEGATIVE_INTERNAL]: ['Misdiagnosis'],
      [INTERNAL_DETAILS]: '  \n ',
    });
    expect((await amira.submit()).errors).toEqual({
      'SP Account Number': 'Type the SP account number: 3 to 20 letters, digits or dashes, such as SP-10442.',
      'SJ Number': 'Type the SJ number: 5 to 12 digits, such as 4471220.',
      [INTERNAL_DETAILS]: 'Write a sentence or two here.',
    });
    expect(await records.count()).toBe(before);
  });

  it('accepts 3,000 characters of details and shows every one; 3,001 are refused', async () => {
    const details = `${'Line one is long. '.repeat(166)}\nEnd 🙂 ok`.padEnd(3000, '.');
    await fill({
      ...fromCustomer('Positive'),
      [POSITIVE_CUSTOMER]: ['On time'],
      [CUSTOMER_DETAILS]: `${details}!`,
    });
    expect(Object.keys((await amira.submit()).errors ?? {})).toEqual([CUSTOMER_DETAILS]);
    await amira.fill({ [CUSTOMER_DETAILS]: details });
    const { stored, card } = await submit();
    expect(stored.answers.customer_details).toBe(details);
    expect(quotesOf((await whole(card)).blocks)).toEqual([details]);
  });

  it('shows what people typed literally: no active formatting, mention or link', async () => {
    const text =
      '<script>alert(1)</script> *bold* _it_ `c` <!channel> <@U0DANA> @here &amp; <https://x.test|link> :boom: ~no~';
    await fill({
      ...fromCustomer('Positive'),
      [POSITIVE_CUSTOMER]: ['On time'],
      [CUSTOMER_DETAILS]: text,
    });
    const { stored, card } = await submit();
    expect(stored.answers.customer_details).toBe(text);
    expect(quotesOf(card.blocks)).toEqual([text]);
    expect(card.text).not.toContain('<');
    const elements = JSON.stringify(card.blocks);
    expect(elements).not.toMatch(/"type":"(broadcast|link|usergroup)"/);
    expect(elements.match(/"type":"mrkdwn","text":"[^"]*script/)).toBeNull();
  });
});

describe('a submission that overtakes the form', () => {
  it('shows the questions of the branch that never came, with what is missing', async () => {
    await fill({});
    await world.workspace.faults.set({ errorBefore: { remaining: 2, method: 'views.update' } });
    await amira.fill({ ...recalled('SP Refused') });
    expect(amira.modal().labels).toEqual(ALWAYS);
    const { updated } = await amira.submit();
    expect(updated?.labels).toEqual([...ALWAYS, REFUSED_REASON]);
    expect(updated?.text).toContain('Choose one.');
    world.workspace.faults.clear();
    await amira.fill({ ...recalled('Account Inactive') });
    expect((await submit()).stored.title).toBe('Recall reassignment: account inactive');
  });

  it('is not covered by the form again when the late update arrives', async () => {
    await fill({ ...recalled('Account Inactive') });
    await world.workspace.faults.set({ latencyMs: 300 });
    await amira.fill({ 'SP Account Number': 'ACC200' });
    const filed = await submitForm(amira);
    await world.workspace.waitFor(() =>
      world.workspace.traffic.some(
        ({ name, response }) => name === 'views.update' && JSON.stringify(response).includes('hash_conflict'),
      ),
    );
    world.workspace.faults.clear();
    const ben = world.workspace.as('ben');
    await openedForm(ben, 'ACC100 688001');
    await ben.fill({ ...recalled('SP Refused'), [REFUSED_REASON]: 'Other' });
    await ben.waitForModal(({ labels: shown }) => shown.includes(REFUSED_OTHER));
    expect(amira.modalCount).toBe(0);
    await world.settled();
    expect(await records.of(refIn(filed))).toMatchObject({
      sp: { account: 'ACC200' },
    });
  });

  it('is stored once if Slack delivers it twice', async () => {
    await fill({ ...recalled('Account Inactive') }, 'ACC100', '699001');
    await world.workspace.faults.set({ duplicateDeliveries: 1 });
    const { stored } = await submit();
    expect((await records.cases.openBySj('699001')).map(({ ref }) => ref)).toEqual([stored.ref]);
    expect(world.workspace.messages('am-west').filter(({ text }) => text.includes('699001'))).toHaveLength(1);
  });
});

it('acknowledges that a form was closed', async () => {
  await fill({});
  await amira.close();
  const closed = world.workspace.traffic.filter(({ name }) => name === 'view_closed');
  expect(closed.at(-1)).toMatchObject({ ok: true });
});
