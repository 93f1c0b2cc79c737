import type { Actor } from '../../sandbox/workspace';
import { type CaseWork, startCaseWork } from '../support/case-work';
import { refIn, submitForm } from '../support/filed';

const MARKED = '*Star* & _Sons_ :ice: ~HVAC~ 24/7 Heating:fire:';
const HEBREW = 'שירות 24';

let work: CaseWork;
beforeAll(async () => {
  work = await startCaseWork();
  const sp = (account: string, name: string) =>
    ({ account, name, area: 'West', phone: null, email: null, status: 'active' }) as const;
  await work.records.directory.saveProviders([sp('STAR1', MARKED), sp('HEB24', HEBREW)]);
});
afterAll(() => work.stop());

/** Every text in which Slack would format something, or draw emoji for their names. */
const marksIn = (value: unknown): string[] => {
  if (!value || typeof value !== 'object') return [];
  const { type, text, emoji } = value as Readonly<Record<string, unknown>>;
  const own = type === 'mrkdwn' || (type === 'plain_text' && emoji !== false) ? [String(text)] : [];
  return [...own, ...Object.values(value).flatMap(marksIn)];
};

async function filed(account: string, sj: string) {
  const amira: Actor = work.as('amira');
  await amira.command(`/sp-feedback ${account} ${sj}`, 'call-floor');
  await amira.waitForModal(({ title }) => title === 'SP feedback');
  await amira.fill({
    'Reason For Feedback': 'Recall Reassignment: Account Inactive',
  });
  const ref = refIn(await submitForm(amira));
  return work.now(ref);
}

it('shows a name with formatting characters unchanged on the card, on Home and in lookups', async () => {
  const { stored, card } = await filed('STAR1', '661001');
  const dana = work.as('dana');
  expect(card.content).toContain(MARKED);
  // The text of notifications, which Slack formats, too.
  expect(card.text).not.toMatch(/\*Star\*|_Sons_|:ice:|~HVAC~|:fire:/);
  expect(card.text.normalize('NFKC')).toContain('Heating');
  await dana.openHome();
  const home = await dana.waitForHome(({ text }) => text.includes(stored.ref));
  expect(home.text).toContain(`SP ${MARKED}`);
  await dana.command('/case 661001');
  const found = await dana.waitForEphemeral(({ content }) => content.includes(stored.ref));
  expect(found.content).toContain(`SP ${MARKED}`);
  await dana.command('/sp STAR1');
  const scorecard = await dana.waitForEphemeral(({ content }) => content.includes('(STAR1)'));
  const window = await work.open(dana, 'Reassign', card);
  await dana.close();
  const shown = [home.blocks, found.blocks, scorecard.blocks, window.blocks];
  for (const text of shown.flatMap(marksIn)) expect(text).not.toMatch(/\*Star\*|_Sons_|:ice:|~HVAC~|:fire:/);
});

it('keeps numbers next to a right-to-left name in their places', async () => {
  const { card } = await filed('HEB24', '661002');
  expect(card.content).toContain(`\u2068${HEBREW}\u2069 (HEB24)`);
  await work.as('dana').command('/sp HEB24');
  const scorecard = await work.as('dana').waitForEphemeral(({ content }) => content.includes('(HEB24)'));
  expect(scorecard.content).toContain(`\u2068${HEBREW}\u2069 (HEB24)`);
});
