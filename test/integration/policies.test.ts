import { type AdminHome, adminHome, withSecondAdmin } from '../support/admin-home';
import { type CaseWork, startCaseWork } from '../support/case-work';
import { placeOf } from '../support/home-rows';
import type { World } from '../support/world';

const MINUTE = 60_000;
const CLOCK = 'SP feedback, every other severity';
const WHOLE = 'Time zone, quiet hours, digests, email, webhooks and more';
/** The environment's secrets. */
const secrets = new Map<string, string>();

let work: CaseWork;
let world: World;
let admin: AdminHome;
beforeAll(async () => {
  work = await startCaseWork({ webhooks: { secrets, allowPrivate: false } });
  ({ world } = work);
  admin = adminHome(world.workspace);
  await withSecondAdmin(admin, world.workspace.ids.users.sam ?? '');
});
afterAll(() => work.stop());

const home: AdminHome['home'] = (...shown) => admin.home(...shown);
const top: AdminHome['modal'] = (...opened) => admin.modal(...opened);
const press = (who: string, button: string, nth = 0) => work.as(who).press(button, { in: 'home', nth });
async function openAdmin(who: string, part = 'Policies', word = 'The most specific clock applies') {
  await admin.openAdmin(who);
  await admin.goTo(who, part, word);
}
/** The window of the clock of everyday feedback: the second in the list, after praise. */
async function openClock(who: string) {
  await openAdmin(who);
  await press(who, 'Change', 1);
  const view = await top(who, 'Change the policy');
  expect(view.text).toContain(`Acknowledge, ${CLOCK}`);
  return view;
}

it('shows an admin what would change, saves it, and gives the new clock to new cases and to open ones', async () => {
  const ada = work.as('ada');
  const { stored: open } = await work.file(work.as('amira'));
  const view = await openClock('ada');
  expect(view.fields['How long']?.value).toBe('4 h');
  await ada.fill({ 'How long': 'half an hour', 'Ladder of its own': '5 min: owner\nlater: #nowhere' });
  expect((await ada.submit()).errors).toEqual({
    'How long': '"half an hour" is not a length of time: write 30 min, 4 h, 1 h 30 min or 2 days.',
    'Ladder of its own': expect.stringContaining('Line 2: "later" is not a length of time'),
  });
  await ada.fill({ 'Ladder of its own': '5 min: #nowhere' });
  expect((await ada.submit()).errors?.['Ladder of its own']).toContain('Warmline sees no channel #nowhere');

  await ada.fill({ 'How long': '30 min', 'Ladder of its own': '0: thread\n5 min: owner, every 10 min, 2 times' });
  const change = (await ada.submit()).pushed;
  expect(change?.text).toContain(`*Acknowledge, ${CLOCK}*: 4 h → 30 min`);
  expect(change?.text).toContain('+  5 min: owner, every 10 min, 2 times');
  await ada.close();
  expect(ada.modal().fields['How long']?.value).toBe('30 min');
  await ada.submit();

  await ada.press('Try it out');
  await top('ada', 'Try the policy out');
  await ada.fill({ Severity: 'normal', Area: 'West', 'Filed on': '2026-11-06', At: '16:50' });
  const tried = (await ada.submit()).updated;
  expect(tried?.text).toContain('Acknowledge by Mon, Nov 9, 10:50 AM');
  expect(tried?.text).toContain('Acknowledge by Fri, Nov 6, 5:20 PM');
  expect(tried?.text).toContain('*Fri 5:25 PM*');
  expect(tried?.text).toContain('acknowledges it');
  await ada.close();

  await ada.fill({ 'Open cases': ['Apply it to open cases too'] });
  expect(await ada.submit()).toEqual({ closed: true });
  await home('ada', '30 min of opening hours, own ladder');
  await ada.waitForDm(({ text }) => text.includes('clocks changed in 1'));
  const filedAt = +open.filedAt;
  expect((await work.now(open.ref)).stored.clocks[0]?.dueAt).toEqual(new Date(filedAt + 30 * MINUTE));
  const { stored } = await work.file(work.as('amira'));
  expect(stored.clocks[0]?.dueAt).toEqual(new Date(+stored.filedAt + 30 * MINUTE));
});

it('shows the second of two people who change one clock what the first did, and keeps what they typed', async () => {
  const [ada, sam] = [work.as('ada'), work.as('sam')];
  await openClock('ada');
  await openClock('sam');
  await sam.fill({ 'How long': '2 h' });
  await sam.submit();
  await ada.fill({ 'How long': '45 min' });
  await ada.submit();
  expect(await ada.submit()).toEqual({ closed: true });

  const told = (await sam.submit()).updated;
  expect(told?.text).toContain('Someone else changed this in the meantime');
  expect(told?.text).toContain(`<@${world.workspace.ids.users.ada}>`);
  expect(told?.text).toContain(`*Acknowledge, ${CLOCK}*: 45 min → 2 h`);
  expect(await sam.submit()).toEqual({ closed: true });
  await home('sam', '2 h of opening hours');
});

it('counts whom an edited policy would have reached over the cases of the last 30 days', async () => {
  const ada = work.as('ada');
  const { stored } = await work.file(work.as('amira'));
  await world.pass(90 * MINUTE);
  await openClock('ada');
  await ada.fill({ 'How long': '10 min', 'Ladder of its own': '0: owner' });
  await ada.submit();
  await ada.press('Over the last 30 days');
  await top('ada', 'Over the last 30 days');
  await ada.submit();
  const { text } = await ada.waitForDm((dm) => dm.text.includes('cases of the last 30 days: '));
  expect(text).toContain('3 cases of the last 30 days');
  expect(text).toMatch(new RegExp(`<@${stored.owner}>  \\*\\d+ → 3\\*`));
  await ada.close({ all: true });
});

it('says where email is named and not set up: at the field, before it is saved, and in Health', async () => {
  const ada = work.as('ada');
  const told = 'Email is not set up: set SMTP_HOST and MAIL_FROM where Warmline runs.';
  await openClock('ada');
  await ada.fill({ 'Ladder of its own': '0: email' });
  expect((await ada.submit()).pushed?.text).toContain(told);
  expect(await ada.submit()).toEqual({ closed: true });
  expect((await openClock('ada')).text).toContain(told);
  await ada.close();
  await openAdmin('ada', 'Health', told);
  await openClock('ada');
  await ada.fill({ 'Ladder of its own': '' });
  expect((await ada.submit()).pushed?.text).not.toContain('Email is not set up');
  expect(await ada.submit()).toEqual({ closed: true });
});

it('edits the calendar of one area, and no other', async () => {
  const ada = work.as('ada');
  await openAdmin('ada');
  await ada.choose('Calendars: opening hours', { in: 'home', from: 'Part of the policy' });
  await home('ada', 'Calendar of West');
  await press('ada', 'Change', 2);
  const view = await top('ada', 'Change the policy');
  expect(view.text).toContain('Thu, Nov 26, 2026: Thanksgiving Day\nFri, Dec 25, 2026: Christmas Day');
  await ada.fill({
    Monday: '08:00-12:00, 11:00-18:00',
    'Own days': '2026-11-27 closed\n2026-02-30 closed\n2026-11-27 closed',
  });
  const { errors } = await ada.submit();
  expect(errors?.Monday).toContain('overlaps');
  expect(errors?.['Own days']).toBe(
    'Line 2: 2026-02-30 is not a day of the calendar. Line 3: 2026-11-27 is already on line 1: write all its hours there.',
  );
  await ada.fill({
    Monday: '08:00-12:00, 13:00-18:00',
    'Own days': '2026-11-26 10:00-12:00\n2026-11-27 closed\n2026-12-24 8:00-12:00',
  });
  const change = (await ada.submit()).pushed;
  expect(change?.text).toMatch(/Then the next closed days are:\n(.*\n)?Fri, Nov 27, 2026: own day\nFri, Dec 25, 2026/);
  expect(change?.text).not.toContain('Thanksgiving Day');
  expect(change?.text).toContain('*Calendar of West*, monday: 08:00-18:00 → 08:00-12:00, 13:00-18:00');
  expect(await ada.submit()).toEqual({ closed: true });
  await home('ada', 'Mon 08:00-12:00, 13:00-18:00, Tue–Fri 08:00-18:00');
});

it('says before saving what an edit does to open cases: how many are due later, and what stays', async () => {
  const ada = work.as('ada');
  await work.file(work.as('amira'));
  await openClock('ada');
  await ada.fill({ 'How long': '9 h' });
  await ada.submit();
  const change = await top('ada', 'What would change');
  const hint = JSON.stringify(change);
  expect(hint).toContain('Running clocks keep their due times unless you check this.');
  expect(hint).toMatch(/With it, \d+ open cases? gets? a later due time/);
  await ada.close({ all: true });
});

it("changes the policy's own time zone, and says what that changes", async () => {
  const ada = work.as('ada');
  await openAdmin('ada');
  await ada.choose(WHOLE, { in: 'home', from: 'Part of the policy' });
  await home('ada', 'America/Chicago, for cases without an area');
  await press('ada', 'Change');
  const view = await top('ada', 'Change the policy');
  expect(view.fields['Time zone']?.value).toBe('America/Chicago');
  await ada.fill({ 'Time zone': 'America/Denver' });
  expect((await ada.submit()).pushed?.text).toContain('*Time zone*: America/Chicago → America/Denver');
  await ada.press('Try it out');
  await top('ada', 'Try the policy out');
  await ada.fill({ 'Kind of case': 'SP feedback', Severity: 'normal', 'Filed on': '2026-11-06', At: '16:50' });
  const tried = (await ada.submit()).updated;
  expect(tried?.fields.Area?.value).toBe('No area');
  expect(tried?.text).toContain('Acknowledge by Mon, Nov 9, 8:50 AM');
  expect(tried?.text).toContain('Acknowledge by Fri, Nov 6, 6:50 PM');
  await ada.close();
  expect(await ada.submit()).toEqual({ closed: true });
  await home('ada', 'America/Denver, for cases without an area');
  expect(await world.app.jobDeps.directory.policy()).toMatchObject({ time_zone: 'America/Denver' });
});

/** The window of settings for all of Warmline, by its row's text. */
async function openWhole(words: string) {
  await openAdmin('ada');
  await work.as('ada').choose(WHOLE, { in: 'home', from: 'Part of the policy' });
  let shown = await home('ada', 'for cases without an area');
  if (!shown.text.includes(words)) {
    await press('ada', 'Next ›');
    shown = await home('ada', words);
  }
  await press('ada', 'Change', placeOf(shown, 'Change', words));
  return top('ada', 'Change the policy');
}

it('refuses a webhook that cannot be used, and says so in Policies and Health if that is the case later', async () => {
  const ada = work.as('ada');
  const unset = 'Nothing can be posted to the webhook crm. Its secret is not set where Warmline runs';
  const refused = async (line: string) => {
    await ada.fill({ Webhooks: line });
    return (await ada.submit()).errors?.Webhooks;
  };
  await openWhole('Webhooks');
  expect(await refused('crm http://crm.example.com/in WEBHOOK_SECRET_CRM')).toContain(unset);
  secrets.set('WEBHOOK_SECRET_CRM', 'whsec_c2hvcnQ=');
  expect(await refused('crm http://crm.example.com/in WEBHOOK_SECRET_CRM')).toContain('Its secret cannot be read');
  secrets.set('WEBHOOK_SECRET_CRM', `whsec_${Buffer.alloc(32, 7).toString('base64')}`);
  expect(await refused('crm http://crm.example.com/in WEBHOOK_SECRET_CRM')).toContain('Its address is not https');
  expect(await refused('crm https://10.0.0.1/in WEBHOOK_SECRET_CRM')).toContain('on a private network');
  await ada.fill({ Webhooks: 'crm https://crm.example.com/in WEBHOOK_SECRET_CRM' });
  expect((await ada.submit()).pushed?.text).not.toContain('Nothing can be posted');
  expect(await ada.submit()).toEqual({ closed: true });

  secrets.clear();
  expect((await openWhole('Webhooks')).text).toContain(unset);
  const both =
    'crm https://crm.example.com/in WEBHOOK_SECRET_CRM\ndesk https://desk.example.com/in WEBHOOK_SECRET_DESK';
  const why = await refused(both);
  expect([why?.includes('the webhook desk'), why?.includes('the webhook crm')]).toEqual([true, false]);
  await ada.close();
  await openAdmin('ada', 'Health', unset);
  await openWhole('Webhooks');
  await ada.fill({ Webhooks: '' });
  await ada.submit();
  expect(await ada.submit()).toEqual({ closed: true });
});

it('looks up the places told along with the Area Manager, and reports when Slack no longer has one', async () => {
  const ada = work.as('ada');
  const label = 'Told along with the Area Manager';
  await openWhole('Told when an exception is sent');
  await ada.fill({ [label]: 'email\n#nowhere' });
  expect((await ada.submit()).errors?.[label]).toContain('Warmline sees no channel #nowhere');
  await ada.fill({ [label]: '#recognition' });
  await ada.submit();
  expect(await ada.submit()).toEqual({ closed: true });
  expect((await openWhole('Told when an exception is sent')).fields[label]?.value).toBe('#recognition');
  await ada.close();

  world.workspace.archive('recognition');
  world.clock.advance(2 * MINUTE);
  const lost = '#recognition is archived: unarchive it or give another channel.';
  await openAdmin('ada', 'Health', lost);
  expect((await openWhole('Told when an exception is sent')).text).toContain(lost);
  await ada.fill({ [label]: '' });
  await ada.submit();
  expect(await ada.submit()).toEqual({ closed: true });
  world.workspace.unarchive('recognition');
});

it('is only for admins, even if an old window is still open', async () => {
  const [ada, sam] = [work.as('ada'), work.as('sam')];
  await openClock('sam');
  await sam.fill({ 'How long': '3 h' });
  await sam.submit();
  await openAdmin('ada', 'People and roles', 'Review exceptions');
  await press('ada', 'Change');
  await top('ada', 'Who has this role');
  await ada.fill({ People: [] });
  expect(await ada.submit()).toEqual({ closed: true });
  expect(Object.values((await sam.submit()).errors ?? {})).toEqual([
    expect.stringContaining('Only admins can change this'),
  ]);
  while (sam.modalCount > 0) await sam.close();
  await openAdmin('ada');
  await home('ada', '2 h of opening hours');
});
