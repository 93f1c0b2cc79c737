import { randomUUID } from 'node:crypto';
import { WebClient } from '@slack/web-api';
import type { Connection } from 'mongoose';
import type { Actor, MessageReading, ViewReading } from '../../sandbox/workspace';
import { boltLogger } from '../../src/connection/bolt';
import { connect } from '../../src/db/connection';
import { spMetricsStore } from '../../src/db/sp-metrics';
import { STANDARD_NUMBERS } from '../../src/domain/forms/numbers';
import { importMetrics } from '../../src/services/import-metrics';
import { withOrWithoutPictures } from '../../src/slack/pictures';
import { type CaseWork, DAY, startCaseWork } from '../support/case-work';
import { type Given, later, minutes, storedAfter, storedCase } from '../support/cases';
import { fileReport, openReport, UNSAFE } from '../support/reports';
import { MONDAY_9 } from '../support/world';

const MARKER = 'quokka-4711';
const METRICS = `sp_account,period,completion_rate,call_acceptance,average_eta_minutes,eta_accuracy,nps,location_tracking,reassigns
acc100,2026-09,90.0,80,45,75,20,60,3
ACC100,2026-10,92.5,80,51,,22,60,2
ACC200,2026-10,70,,,,,,
`;

let work: CaseWork;
let connection: Connection;
let count = 0;
let card: MessageReading;
let highRisk: string;

/** A stored case, filed this many days ago. */
async function put(daysAgo: number, given: Given, resolvedAfterHours = 0): Promise<string> {
  const ref = `SPF-3${String(count++).padStart(5, '0')}`;
  const filedAt = new Date(MONDAY_9 - daysAgo * DAY);
  const people = { reporter: work.as('ben').id, owner: work.as('dana').id };
  const sp = { account: 'ACC100', name: 'Ace Plumbing' };
  const filed = storedCase(randomUUID(), filedAt, { clocks: [], ...people, sp, ...given, ref });
  const resolve = { type: 'resolve', outcome: 'recognition_sent', text: '' } as const;
  const at = later(filedAt, minutes(60 * resolvedAfterHours));
  const stored = resolvedAfterHours ? storedAfter(filed, resolve, at, { actor: people.owner }) : filed;
  await work.records.cases.insert({ ...stored, outbox: [] });
  return ref;
}

/** What only they see of a line they type. */
async function asks(actor: Actor, line: string): Promise<MessageReading> {
  const before = new Set(actor.ephemerals().map(({ ts }) => ts));
  await actor.command(line);
  return actor.waitForEphemeral(({ ts }) => !before.has(ts));
}
const metricsOf = (csv: string) =>
  importMetrics(
    {
      name: 'metrics.csv',
      open: async function* () {
        yield Buffer.from(csv);
      },
    },
    {
      metrics: spMetricsStore(connection),
      numbers: STANDARD_NUMBERS,
      dryRun: false,
      by: 'test',
      now: () => work.world.clock.now(),
    },
  );
/** The pictures of a view: their text. */
const pictures = ({ blocks }: ViewReading): string[] =>
  blocks.flatMap((block) => (block.type === 'image' && block.slack_file ? [String(block.alt_text)] : []));

beforeAll(async () => {
  work = await startCaseWork();
  connection = await connect(work.world.databaseUri, work.world.log);
  await put(6, { tone: 'positive', title: 'Positive feedback from a customer' }, 2);
  await put(7, {
    answers: { reason: 'recall_reassignment', recall_reason: 'sp_refused', refused_reason: 'availability' },
  });
  await put(50, { codes: ['NCNS'] });
  await put(3, { area: 'East', owner: work.as('priya').id, title: 'Of another area', codes: ['HI COST'] });
  const amira = work.as('amira');
  await openReport(amira, '/high-risk', 'ACC100 700901');
  await amira.fill({ ...UNSAFE, 'What happened': `An open ${MARKER} line was left behind.` });
  highRisk = (await fileReport(work.world, work.records, amira)).ref;
  card = (await work.file(amira)).card;
});
afterAll(async () => {
  await connection.close();
  await work.stop();
});

describe('the metrics of SPs', () => {
  it('are imported, replace earlier ones, and change nothing the second time', async () => {
    expect(await metricsOf(METRICS)).toMatchObject({ inserted: 3, updated: 0, unchanged: 0, faults: [] });
    expect(await metricsOf(METRICS)).toMatchObject({ inserted: 0, updated: 0, unchanged: 3 });
    expect(await metricsOf(METRICS.replace(',22,60,2', ',24,60,2'))).toMatchObject({ updated: 1, unchanged: 2 });
    const newest = await spMetricsStore(connection).newest('ACC100', 2);
    expect(newest.map(({ period, values }) => [period, values.nps])).toEqual([
      ['2026-10', 24],
      ['2026-09', 20],
    ]);
  });
});

describe('/sp', () => {
  it('shows everything known about an SP, and the metrics with their change', async () => {
    const { content, buttons } = await asks(work.as('dana'), '/sp acc100');
    expect(content).toContain('Ace Plumbing (ACC100)');
    expect(content).toMatch(/Last 30 days: +1 positive {2}· {2}2 negative/);
    expect(content).toMatch(/Last 90 days: +1 positive {2}· {2}3 negative/);
    expect(content).toContain('NCNS 1');
    expect(content).toMatch(/Recall reassignments: +SP Refused 1/);
    expect(content).toMatch(/Refusals: +Availability\/Manpower 1/);
    expect(content).toMatch(/Resolved: +1 of 3, half of them within 2 h of opening hours/);
    expect(content).toContain('*By week*, from Aug 17 to now');
    expect(content).toContain('*Performance in October 2026*, and the change since September 2026');
    expect(content).toContain('Completion rate\n*92.5%*  ▲ 2.5 pt, better');
    expect(content).toContain('Average ETA\n*51 min*  ▲ 6 min, worse');
    expect(content).toContain('Call acceptance\n*80%*  unchanged');
    expect(content).toContain('Reassigns\n*2*  ▼ 1, better');
    expect(content).not.toContain('ETA accuracy');
    expect(content).toContain('*Recognition in 90 days:* praised once, recognition sent once');
    expect(content).toContain('Positive feedback from a customer');
    expect(buttons).toContain('Show the chart');
  });

  it('counts nothing that the reader may not read', async () => {
    const [dana, priya, rosa] = [
      await asks(work.as('dana'), '/sp ACC100'),
      await asks(work.as('priya'), '/sp ACC100'),
      await asks(work.as('rosa'), '/sp ACC100'),
    ];
    expect(dana.content).not.toContain('HI COST');
    expect(dana.content).toMatch(new RegExp(`🔒 \\*<[^>|]+\\|${highRisk}>\\* High-risk report`));
    expect(JSON.stringify(dana)).not.toContain(MARKER);
    expect(priya.content).toMatch(/Last 30 days: +0 positive {2}· {2}1 negative/);
    expect(priya.content).toContain('HI COST 1');
    expect(priya.content).not.toContain(highRisk);
    expect(rosa.content).toMatch(/Last 90 days: +0 positive {2}· {2}[01] negative/);
    expect(rosa.content).toContain(highRisk);
  });
});

describe('the scorecard of a card', () => {
  it('opens in one click from More, the text first and then the weeks as a picture', async () => {
    const dana = work.as('dana');
    await dana.choose('Scorecard', { in: card });
    const shown = await dana.waitForModal((view) => view.title === 'Scorecard' && pictures(view).length > 0);
    expect(shown.text).toContain('Completion rate');
    const [alt = ''] = pictures(shown);
    expect(alt).toContain('Reports in each week, Ace Plumbing (ACC100), the last 12 weeks.');
    expect(alt).toContain('Oct 26: 1 negative, 1 positive, 0 other');
    expect(shown.text).not.toContain('By week');
    await dana.close();
  });

  it('does not stay empty if Slack’s answer is lost while it opens', async () => {
    const dana = work.as('dana');
    await work.world.workspace.faults.set({ lostReply: { remaining: 1, method: 'views.open' } });
    await dana.choose('Scorecard', { in: card });
    const shown = await dana.waitForModal((view) => view.title === 'Scorecard' && pictures(view).length > 0);
    expect(shown.text).toContain('Completion rate');
    await dana.close();
  });

  it("opens from the command's answer, too", async () => {
    const dana = work.as('dana');
    const answer = await asks(dana, '/sp ACC100');
    await dana.press('Show the chart', { in: answer });
    await dana.waitForModal((view) => view.title === 'Scorecard' && pictures(view).length > 0);
    await dana.close();
  });

  it('is not for people who do not answer for cases', async () => {
    const amira = work.as('amira');
    await amira.choose('Scorecard', { in: card });
    const told = await amira.waitForEphemeral(({ text }) => text.includes('`/sp` is for those who answer for cases'));
    expect(told.text).not.toContain('Ace Plumbing');
    expect(amira.modalCount).toBe(0);
  });
});

describe('the figures on Home', () => {
  const figures = async (actor: Actor) => {
    await actor.openHome();
    await actor.waitForHome(({ buttons }) => buttons.includes('Figures'));
    await actor.press('Figures', { in: 'home' });
    return actor.waitForHome((view) => view.text.includes('What slows us down') && pictures(view).length > 0);
  };

  it('show Area Managers their own areas, with charts, over the days they choose', async () => {
    const dana = work.as('dana');
    const shown = await figures(dana);
    expect(shown.text).toContain('*West*: cases filed in the last 30 days');
    expect(shown.text).toContain('*4 filed*');
    expect(shown.text).not.toContain('East');
    expect(shown.text).toMatch(/High-risk report\* {2}1 filed(?! {2}·)/);
    expect(JSON.stringify(shown.blocks)).not.toContain(MARKER);
    expect(pictures(shown)[0]).toContain('Acknowledged in time, by area');
    await dana.choose('Last 90 days', { in: 'home' });
    await dana.waitForHome(({ text }) => text.includes('*5 filed*') && text.includes('the last 90 days'));
  });

  it('show admins all areas, and agents none', async () => {
    const shown = await figures(work.as('ada'));
    expect(shown.text).toContain('*All areas*');
    expect(shown.text).toContain('*5 filed*');
    expect(shown.text).toMatch(/\*West\* {2}4 filed/);
    expect(shown.text).toMatch(/\*East\* {2}1 filed/);
    await work.as('amira').openHome();
    const agent = await work.as('amira').waitForHome();
    expect(agent.buttons).not.toContain('Figures');
  });
});

it('a Home whose picture Slack refuses is shown without it', async () => {
  const image = { type: 'image' as const, slack_file: { id: 'F0GONE' }, alt_text: 'A chart' };
  const words = { type: 'section' as const, text: { type: 'plain_text' as const, text: 'The words stay.' } };
  const { botToken, slackApiUrl } = work.world.config;
  const client = new WebClient(botToken, { slackApiUrl: slackApiUrl ?? '', logger: boltLogger(work.world.log) });
  const ben = work.as('ben');
  const refused = await withOrWithoutPictures({ type: 'home', blocks: [words, image] }, (view) =>
    client.views.publish({ user_id: ben.id, view }),
  );
  expect(refused).toEqual(['F0GONE']);
  expect((await ben.waitForHome()).text).toBe('The words stay.');
});

describe('a picture', () => {
  const from = new Date(MONDAY_9);
  const what = (negative: number) => ({
    type: 'sp_weeks' as const,
    sp: 'Ace Plumbing (ACC100)',
    weeks: [{ from, tones: { negative, positive: 0, neutral: 0 } }],
    timeZone: 'America/Los_Angeles',
  });

  it('is uploaded once for the same figures, and again once Slack has lost it', async () => {
    const { pictures: drawn } = work.world.app.jobDeps;
    const [one, same, other] = await Promise.all([drawn.of(what(1)), drawn.of(what(1)), drawn.of(what(2))]);
    expect(one?.file).toMatch(/^F/);
    expect(same).toEqual(one);
    expect(other?.file).not.toBe(one?.file);
    await drawn.forget([one?.file ?? '']);
    expect((await drawn.of(what(1)))?.file).not.toBe(one?.file);
    expect(await drawn.of(what(2))).toEqual(other);
  });

  it('that Slack refuses is left out this time, and tried again the next', async () => {
    const { pictures: drawn } = work.world.app.jobDeps;
    work.world.workspace.faults.set({ errorBefore: { remaining: 1, method: 'files.getUploadURLExternal' } });
    expect(await drawn.of(what(3))).toBeNull();
    expect(work.world.logged.some((line) => line.includes('a chart could not be shown'))).toBe(true);
    expect((await drawn.of(what(3)))?.alt).toContain('3 negative');
  });
});
