import { WebClient } from '@slack/web-api';
import type { Actor } from '../../sandbox/workspace';
import { dialogButton } from '../../src/blocks/case-dialog';
import type { StoredCase } from '../../src/services/ports/cases';
import { type CaseWork, dmsAbout, HOUR, startCaseWork } from '../support/case-work';
import { storedCase } from '../support/cases';
import { cardIn, fileReport, MISTREATED, openReport, UNSAFE } from '../support/reports';
import { until } from '../support/until';

let work: CaseWork;
beforeAll(async () => {
  work = await startCaseWork();
});
afterAll(() => work.stop());

const as = (name: string): Actor => work.as(name);

async function hasRiskRole(...names: string[]): Promise<void> {
  const { directory } = work.records;
  const policy = await directory.policy();
  await directory.savePolicy({ ...policy, roles: { ...policy.roles, risk: names.map((name) => as(name).id) } }, 'test');
  await work.world.pass(61_000);
}

/** Rosa asks for an outcome that takes two. */
async function askedFor(stored: StoredCase): Promise<void> {
  const rosa = as('rosa');
  await work.open(rosa, 'Resolve', await card(stored, 'main'));
  await rosa.fill({ Outcome: 'Referred to legal *' });
  await rosa.waitForModal(({ labels }) => labels.includes('Reference at legal'));
  await rosa.fill({ 'Reference at legal': 'M-77' });
  expect(await rosa.submit()).toEqual({ closed: true });
  await work.world.settled();
  expect((await work.now(stored.ref)).stored.approval).not.toBeNull();
}
const askedOf = (actor: Actor, { ref }: StoredCase) => {
  const asked = dmsAbout(actor, ref).find(({ buttons }) => buttons.includes('Approve'));
  if (!asked) throw new Error('No one asked for an approval.');
  return asked;
};

let nextSj = 940_001;
async function filed(): Promise<StoredCase> {
  const amira = as('amira');
  await openReport(amira, '/high-risk', `ACC100 ${nextSj++}`);
  await amira.fill(UNSAFE);
  return fileReport(work.world, work.records, amira);
}
const card = async ({ ref }: StoredCase, post: string) => cardIn(work.world, await work.records.of(ref), post);

/** What only this person is told after they react to the area's card. */
async function toldFor(actor: Actor, stored: StoredCase, emoji: string): Promise<string> {
  const before = new Set(actor.ephemerals().map(({ ts }) => ts));
  await actor.react(await card(stored, 'area'), emoji);
  return (await actor.waitForEphemeral(({ ts }) => !before.has(ts))).text;
}

it('a refusal does not tell the Area Manager what came of a need-to-know report, nor that it waits for approval', async () => {
  await hasRiskRole('rosa', 'ada');
  const stored = await filed();
  const dana = as('dana');
  await askedFor(stored);
  const unsaid = await toldFor(dana, stored, 'white_check_mark');
  expect(unsaid).not.toMatch(/asked|waits|approv/i);
  expect(unsaid).not.toMatch(/You can now:.*Resolve/);
  await work.make(as('ada'), 'Approve', askedOf(as('ada'), stored));
  expect((await work.now(stored.ref)).stored.state).toBe('resolved');
  const refused = await toldFor(dana, stored, 'eyes');
  expect(refused).toContain(`${stored.ref} is resolved`);
  expect(refused).not.toContain('legal');
});

it('an admin who lost the role that reads a case cannot approve its outcome from an earlier message', async () => {
  const stored = await filed();
  const ada = as('ada');
  await askedFor(stored);
  const asked = askedOf(ada, stored);
  await hasRiskRole('rosa');
  const before = new Set([...ada.ephemerals(), ...ada.dm()].map(({ ts }) => ts));
  await ada.press('Approve', { in: asked });
  const told = await work.world.workspace.waitFor(
    () => [...ada.ephemerals(), ...ada.dm()].find(({ ts, text }) => !before.has(ts) && text.includes('Approve')),
    5000,
    'a refusal',
  );
  expect(told.text).toContain(`Only the team that reads the case can use Approve on ${stored.ref}.`);
  expect(told.text).not.toContain('legal');
  expect((await work.now(stored.ref)).stored.approval).not.toBeNull();
});

it('a police report number is for people who may read the report, whatever button someone has', async () => {
  const amira = as('amira');
  await openReport(amira, '/high-risk', `ACC100 ${nextSj++}`);
  await amira.fill({ ...UNSAFE, Situation: ['Police Involved'] });
  const stored = await fileReport(work.world, work.records, amira);
  const { workspace } = work.world;
  const slack = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl });
  const blocks = [{ type: 'actions' as const, elements: [dialogButton('add_police_number', stored.ref)] }];
  for (const [name, isAllowed] of [
    ['dana', false],
    ['amira', true],
  ] as const) {
    const person = as(name);
    await slack.chat.postMessage({ channel: person.id, text: 'Press it', blocks });
    const offer = person.dm().at(-1);
    if (!offer) throw new Error('Nothing was posted.');
    await person.press('Police report number', { in: offer });
    if (isAllowed) await person.waitForModal(({ title }) => title === 'Police report number');
    else
      await workspace.waitFor(
        () =>
          [...person.ephemerals(), ...person.dm()].some(({ text }) =>
            text.includes(`Only people who may read the case can use Add police report number on ${stored.ref}`),
          ),
        5000,
        'a refusal',
      );
  }
});

it('an admin who may not read a provider report cannot give it to themselves, and so read it', async () => {
  const [amira, ada, pat] = [as('amira'), as('ada'), as('pat')];
  await openReport(amira, '/provider-report', `ACC100 ${nextSj++}`);
  await amira.fill({ ...MISTREATED, 'What happened': 'He was followed to the car.' });
  const stored = await fileReport(work.world, work.records, amira);
  const slack = new WebClient(work.world.workspace.botToken, { slackApiUrl: work.world.workspace.apiUrl });
  const blocks = [{ type: 'actions' as const, elements: [dialogButton('reassign', stored.ref)] }];
  await slack.chat.postMessage({ channel: ada.id, text: 'Press it', blocks });
  const offer = ada.dm().at(-1);
  if (!offer) throw new Error('Nothing was posted.');
  await ada.press('Reassign', { in: offer });
  await work.world.workspace.waitFor(
    () =>
      [...ada.ephemerals(), ...ada.dm()].some(({ text }) =>
        text.includes(`and may read it can use Reassign on ${stored.ref}`),
      ),
    5000,
    'a refusal',
  );
  expect((await work.now(stored.ref)).stored.owner).toBe(pat.id);
  // Those who read it can.
  await work.make(pat, 'Reassign', await card(stored, 'main'), {
    'Or to this person': 'sam',
    'Summary for the new owner': 'You know them.',
  });
  expect((await work.now(stored.ref)).stored.owner).toBe(as('sam').id);
});

it('someone who loses a role while their files are being made does not get them', async () => {
  await hasRiskRole('rosa', 'ada');
  const stored = await filed();
  const rosa = as('rosa');
  const { faults } = work.world.workspace;
  const slowed = () => faults.set({ rateLimit: { remaining: 1, retryAfterSec: 1, method: 'conversations.open' } });
  const isSlowed = () => until(async () => faults.settings.rateLimit.remaining === 0, 'the file to be made');

  await rosa.command('/warmline search');
  await rosa.waitForModal(({ labels }) => labels.includes('Words'));
  await rosa.submit();
  await slowed();
  await rosa.press('Export CSV');
  await isSlowed();
  await hasRiskRole('ada');
  await rosa.waitForDm(({ text }) => text.startsWith('What you may read changed while your export was being made'));
  await rosa.close();

  await hasRiskRole('rosa', 'ada');
  await rosa.choose('Timeline', { in: await card(stored, 'main') });
  await rosa.waitForModal(({ buttons }) => buttons.includes('Export record'));
  await slowed();
  await rosa.press('Export record');
  await isSlowed();
  await hasRiskRole('ada');
  await rosa.waitForDm(({ text }) => text.startsWith('Only those who answer for a case'));
  expect(rosa.dm().flatMap(({ files }) => files)).toEqual([]);
});

it('what someone can still approve is on their Home, however many newer requests they lost the role for', async () => {
  await hasRiskRole('rosa');
  const [ada, now] = [as('ada'), work.world.clock.now()];
  const asked = async (number: string, kind: 'high_risk' | 'sp_feedback', ageMs: number) => {
    const stored = storedCase(number, new Date(+now - ageMs), { kind });
    const approval = { outcome: 'sp_suspended', text: '', by: as('dana').id, at: now, from: [ada.id] } as const;
    await work.records.cases.insert({ ...stored, approval, outbox: [] });
    return stored.ref;
  };
  const ref = await asked('009500', 'sp_feedback', HOUR);
  for (let i = 1; i <= 6; i++) await asked(`00950${i}`, 'high_risk', 0);
  await ada.openHome();
  const { text } = await ada.waitForHome((home) => home.text.includes('Yours to answer'));
  expect(text).toMatch(new RegExp(`Waiting for your approval[^]*${ref}[^]*Yours to answer`));
});
