import type { Actor, ViewReading } from '../../sandbox/workspace';
import { type FeedbackForm, startFeedbackForm } from '../support/feedback-form';
import {
  CUSTOMER_DETAILS,
  fromCustomer,
  NEGATIVE_CUSTOMER,
  POSITIVE_CUSTOMER,
  recalled,
} from '../support/feedback-questions';
import type { World } from '../support/world';
import { openedForm, type Records } from './records';

let form: FeedbackForm;
let world: World;
let records: Records;
let amira: Actor;
beforeAll(async () => {
  form = await startFeedbackForm();
  ({ world, records, amira } = form);
});
afterAll(() => form.stop());

describe('where a report goes', () => {
  const inactive = { ...recalled('Account Inactive') };
  const unroutedChannel = () => world.workspace.ids.channels['warmline-unrouted'];

  it('accepts an unknown SP with a warning, and sends it to the unrouted queue with the reason', async () => {
    const modal = await form.fill(inactive, 'nope-77');
    expect(modal.text).toContain('Not in the directory: check the number.');
    expect(modal.text).toContain('SP account NOPE-77 is not in the directory.');
    const { stored, card, confirmation } = await form.submit();
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
    const modal = await form.fill(inactive, 'ACC400');
    expect(modal.text).toContain('Frontier Towing · Area North');
    expect(modal.text).toContain(reason);
    const { stored, card } = await form.submit();
    expect(stored).toMatchObject({ sp: { account: 'ACC400', name: 'Frontier Towing' }, area: null, unrouted: reason });
    expect(card.channel).toBe(unroutedChannel());
    expect(card.content).toContain(reason);
  });

  it('says that an SP is inactive and routes its report anyway', async () => {
    const modal = await form.fill(inactive, 'acc500');
    expect(modal.text).toContain('Sleepy Locks · Area West · ⚠️ inactive account');
    const { stored, card } = await form.submit();
    expect(stored).toMatchObject({ sp: { account: 'ACC500', name: 'Sleepy Locks' }, area: 'West', unrouted: null });
    expect(card.channel).toBe(world.workspace.ids.channels['am-west']);
  });

  it('shows the channel, the Area Manager and the time to respond by, and updates with each answer', async () => {
    const HOUR = 3600;
    const start = +world.clock.now() / 1000;
    const respondBy = (modal: ViewReading) => Number(/ by <!date\^(\d+)\^/.exec(modal.text)?.[1]);
    const first = await form.fill({
      ...fromCustomer('Negative'),
      [NEGATIVE_CUSTOMER]: ['Misdiagnosis'],
    });
    expect(first.text).toContain(`To *<#${world.workspace.ids.channels['am-west']}>*`);
    expect(first.text).toContain(`· <@${form.id('dana')}>`);
    expect(Math.abs(respondBy(first) - start - 4 * HOUR)).toBeLessThan(120);

    await amira.fill({ ...fromCustomer('Positive') });
    const wednesday9 = Date.parse('2026-11-04T17:00:00Z') / 1000;
    const positive = await amira.waitForModal((modal) => respondBy(modal) > wednesday9 - 120);
    expect(Math.abs(respondBy(positive) - wednesday9)).toBeLessThan(120);

    await amira.fill({ 'SP Account Number': 'ACC200' });
    const east = await amira.waitForModal(({ text }) => text.includes('Bolt Electric · Area East'));
    expect(east.text).toContain(`To *<#${world.workspace.ids.channels['am-east']}>*`);
    expect(east.text).toContain(`· <@${form.id('priya')}>`);
    await amira.fill({ [POSITIVE_CUSTOMER]: ['On time'], [CUSTOMER_DETAILS]: 'Early even.' });
    const { stored } = await form.submit();
    expect(stored).toMatchObject({ area: 'East', owner: form.id('priya') });
    expect(stored.clocks.map(({ name }) => name)).toEqual(['acknowledge']);
  });

  it('shows the open cases of the same SJ, and still files another one', async () => {
    await form.fill(inactive, 'ACC100', '655001');
    const { stored: first } = await form.submit();
    const modal = await form.fill(inactive, 'ACC100', 'SJ-655001');
    expect(modal.text).toContain(`*${first.ref}*, open, filed 0 min ago, with <@${form.id('dana')}>`);
    const { stored: second } = await form.submit();
    expect(second.sj).toBe('655001');
    const open = await records.cases.openBySj('655001');
    expect(open.map(({ ref }) => ref).sort()).toEqual([first.ref, second.ref]);
  });

  it('points out high risk for the marked negatives', async () => {
    const modal = await form.fill({
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
    await form.shows([]);
    const { stored } = await form.submit();
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
