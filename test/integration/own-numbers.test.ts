import { type CaseWork, startCaseWork } from '../support/case-work';
import { placeOf } from '../support/home-rows';

const WHOLE = 'Time zone, quiet hours, digests, email, webhooks and more';
const SHORTEST = { 'Reason For Feedback': 'Recall Reassignment: Account Inactive' };

let work: CaseWork;
beforeAll(async () => {
  work = await startCaseWork();
});
afterAll(() => work.stop());

/** Opens the window for the formats of the business's own numbers. */
async function openNumbers(sj = '4471220') {
  const ada = work.as('ada');
  await ada.openHome();
  await ada.waitForHome(({ text }) => text.includes('Admin'));
  await ada.press('Admin', { in: 'home' });
  await ada.waitForHome(({ text }) => text.includes('Waiting for an admin'));
  await ada.choose('Policies', { in: 'home', from: 'Choose what to see' });
  await ada.waitForHome(({ text }) => text.includes('The most specific clock applies'));
  await ada.choose(WHOLE, { in: 'home', from: 'Part of the policy' });
  const shown = await ada.waitForHome(({ text }) => text.includes('SP account and SJ numbers'));
  const place = placeOf(shown, 'Change', 'SP account and SJ numbers');
  expect(shown.text).toContain(`SP accounts look like SP-10442, SJ numbers like ${sj}`);
  await ada.press('Change', { in: 'home', nth: place });
  await ada.waitForModal(({ labels }) => labels.includes('Example of an SJ number'));
  return ada;
}

it('an admin sets the pattern, validated at its field, and forms, commands and lookups use it', async () => {
  const ada = await openNumbers();
  await ada.fill({ 'SJ number': '(?=J)JOB-[0-9]+' });
  expect((await ada.submit()).errors?.['SJ number']).toContain('This pattern cannot be read');
  await ada.fill({ 'SJ number': 'JOB-[0-9]{4}-[0-9]{5}' });
  expect((await ada.submit()).errors?.['Example of an SJ number']).toContain('does not match 4471220');
  await ada.fill({ 'Example of an SJ number': 'JOB-2024-00017' });
  const change = (await ada.submit()).pushed;
  expect(change?.text).toContain('[0-9]{5,12} → JOB-[0-9]{4}-[0-9]{5}');
  expect(await ada.submit()).toEqual({ closed: true });

  const amira = work.as('amira');
  await amira.command('/sp-feedback ACC100 job-2024-00017', 'call-floor');
  const form = await amira.waitForModal(({ title }) => title === 'SP feedback');
  expect(form.fields['SJ Number']?.value).toBe('JOB-2024-00017');
  await amira.fill({ ...SHORTEST, 'SJ Number': '556677' });
  expect((await amira.submit()).errors).toEqual({
    'SJ Number': 'Type the SJ number: one such as JOB-2024-00017.',
  });
  await amira.fill({ 'SJ Number': ' Job-2024-00018 ' });
  expect(await amira.submit()).toEqual({ closed: true });
  const told = await amira.waitForEphemeral(({ text }) => text.includes('is filed (SJ JOB-2024-00018)'));
  const ref = /SPF-\d{6}/.exec(told.text)?.[0] ?? '';
  await amira.command('/case JOB-2024-00018', 'call-floor');
  await amira.waitForEphemeral(({ ts, content }) => ts !== told.ts && content.includes(ref));
});

it('an SP and a case with an account of the former format can still be changed, looked at and held', async () => {
  const { card, stored } = await work.file(work.as('amira'), { sj: 'JOB-2024-00019' });
  const ada = await openNumbers('JOB-2024-00017');
  await ada.fill({ 'SP account': 'V-[0-9]{5}', 'Example of an SP account': 'V-10442' });
  expect((await ada.submit()).pushed?.text).toContain('V-[0-9]{5}');
  expect(await ada.submit()).toEqual({ closed: true });

  const dana = work.as('dana');
  await dana.choose('Scorecard', { in: card });
  await dana.waitForModal(({ text }) => text.includes('ACC100'));
  await dana.close();
  await dana.command('/case acc100');
  await dana.waitForEphemeral(({ content }) => content.includes(stored.ref));
  for (const typed of ['acc100', 'Ace Plumbing']) {
    const { ts } = dana.ephemerals().at(-1) ?? {};
    await dana.command(`/sp ${typed}`);
    await dana.waitForEphemeral((told) => told.ts !== ts && told.text === 'Scorecard of SP ACC100');
  }
  await dana.command('/case acc101');
  await dana.waitForEphemeral(({ text }) => text.startsWith('Type a reference'));

  await ada.choose('SPs', { in: 'home', from: 'Choose what to see' });
  const list = await ada.waitForHome(({ text }) => text.includes('SPs ('));
  await ada.press('Change', { in: 'home', nth: placeOf(list, 'Change', 'ACC100') });
  await ada.waitForModal(({ title }) => title === 'Change an SP');
  await ada.press('Legal hold', { in: 'modal' });
  await ada.waitForModal(({ title }) => title === 'Legal hold on an SP');
  await ada.close();
  await ada.fill({ Status: 'Inactive' });
  expect(await ada.submit()).toEqual({ closed: true });
  expect(await work.records.directory.provider('ACC100')).toMatchObject({ status: 'inactive' });
});
