import type { Actor, ViewReading } from '../../sandbox/workspace';
import { adminHome } from '../support/admin-home';
import { type CaseWork, DAY, startCaseWork } from '../support/case-work';

/** What people can type into any field; none of it may become active anywhere. */
const EVIL = '<!channel> *b* _i_ ~s~ `c` :fire: <https://evil.example|x> <@U0EVIL01> & "q"';
const AREA = '*We* <!here> & _st_ :fire:';
/** Slack's own markup that is not ours, or formatting that someone typed. */
const ACTIVE = /<!(?!date\^)|<https?:\/\/evil|<@U0EVIL01>|\*b\*|_i_|~s~|`c`|\*We\*|_st_|:fire:/;

let work: CaseWork;
beforeAll(async () => {
  work = await startCaseWork({
    areas: ({ West, East }) => (West && East ? [{ ...West, name: AREA }, East] : []),
  });
  await work.records.directory.saveProviders([
    { account: 'ACC100', name: EVIL, area: AREA, phone: null, email: null, status: 'active' },
  ]);
});
afterAll(() => work.stop());

const as = (name: string): Actor => work.as(name);

/** Every text that Slack would format: mrkdwn, and a message's own text. */
function formatted(value: unknown, isMessage = false): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => formatted(one));
  if (!value || typeof value !== 'object') return [];
  const { type, text } = value as { type?: unknown; text?: unknown };
  const own = typeof text === 'string' && (type === 'mrkdwn' || isMessage) ? [text] : [];
  return [...own, ...Object.values(value).flatMap((one) => formatted(one))];
}
const active = (where: string, texts: readonly string[]) =>
  texts.filter((text) => ACTIVE.test(text)).map((text) => `${where}: ${text}`);
const inMessages = (where: string, messages: readonly { readonly text: string; readonly blocks: unknown }[]) =>
  active(
    where,
    messages.flatMap(({ text, blocks }) => [text, ...formatted(blocks)]),
  );
const inView = (where: string, view: ViewReading) => active(where, formatted(view.blocks));

it('nothing that someone types becomes active where it is shown again', async () => {
  const { world } = work;
  const { workspace } = world;
  const [amira, dana, ada] = [as('amira'), as('dana'), as('ada')];
  const found: string[] = [];
  await amira.command('/sp-feedback ACC100 661001', 'call-floor');
  await amira.waitForModal(({ title }) => title === 'SP feedback');
  await amira.fill({
    'Reason For Feedback': 'SP Feedback from Customer: Negative',
    'Negative Customer Feedback': ['Misdiagnosis'],
    "Details of Customer's Experience with SP": EVIL,
    'Driver or technician': EVIL,
  });
  found.push(...inView('form', amira.modal()));
  expect((await amira.submit()).errors).toBeUndefined();
  await world.settled();
  const [stored] = await work.records.cases.bySj('661001', 1);
  if (!stored) throw new Error('Nothing was filed.');
  const card = async () => (await work.now(stored.ref)).card;
  await dana.say(EVIL, (await card()).channel, await card());
  expect(await work.make(dana, 'Add note', await card(), { Note: EVIL })).toEqual({ closed: true });
  expect(await work.make(dana, 'Escalate', await card(), { 'What do you need from leadership?': EVIL })).toEqual({
    closed: true,
  });
  expect(await work.make(dana, 'Snooze', await card(), { Reason: EVIL })).toEqual({ closed: true });
  await work.open(dana, 'Resolve', await card());
  await dana.fill({ Outcome: 'Driver or employee banned *' });
  await dana.waitForModal(({ labels }) => labels.some((label) => label.startsWith('Driver or employee')));
  found.push(...inView('resolve', dana.modal()));
  await dana.fill({ 'Driver or employee not to be sent anymore': EVIL, 'What the agent can tell the customer': EVIL });
  expect(await dana.submit()).toEqual({ closed: true });
  await world.settled();
  const ask = ada.dm().find(({ buttons }) => buttons.includes('Approve'));
  if (!ask) throw new Error('Ada was not asked.');
  await ada.press('Approve', { in: ask });
  await ada.waitForModal(({ title }) => title === 'Approve');
  found.push(...inView('approve', ada.modal()));
  await ada.submit();
  await world.settled();
  // Another one, open, for queues, digests and ladders.
  await amira.command('/sp-feedback ACC100 661002', 'call-floor');
  await amira.waitForModal(({ title }) => title === 'SP feedback');
  found.push(...inView('form with a ban', amira.modal()));
  await amira.fill({ 'Reason For Feedback': 'Recall Reassignment: Account Inactive' });
  await amira.submit();
  await amira.command('/sp-feedback NOBODY-1 661003', 'call-floor');
  await amira.waitForModal(({ title }) => title === 'SP feedback');
  await amira.fill({ 'Reason For Feedback': 'Recall Reassignment: Account Inactive' });
  await amira.submit();
  await world.settled();
  for (let i = 0; i < 16; i++) await world.pass(DAY / 2);

  for (const [name, typed] of [
    ['dana', '/sp ACC100'],
    ['dana', '/case ACC100'],
    ['dana', '/case 661001'],
    ['dana', `/case ${EVIL}`],
    ['dana', '/who'],
    ['dana', `/who ${EVIL}`],
    ['dana', `/sp ${EVIL}`],
    ['ada', '/sp-feedback help'],
  ] as const) {
    const before = new Set(
      as(name)
        .ephemerals()
        .map(({ ts }) => ts),
    );
    await as(name).command(typed);
    const told = await as(name).waitForEphemeral(({ ts }) => !before.has(ts));
    found.push(...inMessages(typed, [told]));
  }
  await dana.command(`/warmline search ${EVIL}`);
  found.push(...inView('search', await dana.waitForModal(({ title }) => title === 'Search cases')));
  await dana.close();
  await dana.command('/warmline search misdiagnosis');
  found.push(
    ...inView(
      'results',
      await dana.waitForModal(({ text }) => text.includes('newest first') || text.includes('Nothing found')),
    ),
  );
  await dana.close();
  await amira.command(`/sp-feedback ${EVIL} 661004`, 'call-floor');
  found.push(...inView('typed', await amira.waitForModal(({ title }) => title === 'SP feedback')));
  await amira.close();

  for (const name of ['amira', 'dana']) {
    await as(name).openHome();
    found.push(...inView(`${name}'s Home`, await as(name).waitForHome()));
  }
  const admin = adminHome(workspace);
  await admin.openAdmin('ada');
  for (const [part, words] of [
    ['Alarms', 'Oldest first'],
    ['Areas', 'Areas (2)'],
    ['SPs', '*ACC100*'],
    ['Policies', 'Try it out'],
    ['Without an area', 'No one owns these yet'],
  ] as const)
    found.push(...inView(`Admin: ${part}`, await admin.goTo('ada', part, words)));
  await ada.press('Figures', { in: 'home' });
  found.push(...inView('Figures', await ada.waitForHome(({ text }) => text.includes('filed'))));

  for (const name of ['am-west', 'call-floor', 'warmline-unrouted', 'leadership-desk', 'admin-review', 'recognition'])
    for (const { ts } of workspace.messages(name))
      found.push(
        ...inMessages(
          `#${name}`,
          workspace.thread(name, ts).filter(({ user }) => user === workspace.botUserId),
        ),
      );
  for (const name of ['amira', 'dana', 'tom', 'ada']) {
    found.push(...inMessages(`${name}'s DM`, as(name).dm()));
    found.push(...inMessages(`${name} sees`, as(name).ephemerals()));
  }
  expect([...new Set(found)]).toEqual([]);
}, 60_000);
