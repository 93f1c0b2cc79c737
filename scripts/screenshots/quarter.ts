import type { Actor, Workspace } from '../../sandbox/workspace';
import type { WarmlineApp } from '../../src/app';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WEEK = 7 * 24 * HOUR;

interface Desk {
  readonly manager: string;
  readonly channel: string;
  readonly accounts: readonly [string, ...string[]];
}
const WEST: Desk = { manager: 'dana', channel: 'am-west', accounts: ['SP100275'] };
const CENTRAL: Desk = { manager: 'marcus', channel: 'am-central', accounts: ['SP100787', 'SP100816'] };
const EAST: Desk = { manager: 'priya', channel: 'am-east', accounts: ['SP101566', 'SP101697'] };

/** What is filed about one SP in each of twelve weeks: complaints, then praise. */
const WEEKS: readonly (readonly [complaints: number, praise: number])[] = [
  [4, 1],
  [2, 0],
  [1, 2],
  [3, 2],
  [1, 2],
  [1, 1],
  [4, 0],
  [0, 3],
  [2, 1],
  [3, 0],
  [2, 2],
  [1, 1],
];
/** The weeks in which the other areas have some, too: the newest four, which the figures count. */
const SHARED_FROM = 8;
const COMPLAINTS = ['missed appointment, nobody came', 'misdiagnosis, it broke again', 'poor workmanship, it leaks'];
const PRAISE = 'on time, great work';

/**
 * A quarter of feedback before the clock's now: most of it is acknowledged and resolved soon, some late, some not yet.
 * Figures and scorecards show it.
 */
export async function fileAQuarter(workspace: Workspace, app: WarmlineApp): Promise<void> {
  let sj = 610_000;
  const start = +workspace.clock.now();
  for (const [week, [complaints, praise]] of WEEKS.entries()) {
    const stories = [
      ...Array.from({ length: complaints }, (_, i) => COMPLAINTS[(week + i) % COMPLAINTS.length] ?? PRAISE),
      ...Array.from({ length: praise }, () => PRAISE),
    ];
    const desks = week < SHARED_FROM ? [WEST] : [WEST, CENTRAL, EAST];
    for (const desk of desks)
      for (const [i, story] of stories.slice(0, desk === WEST ? undefined : 3).entries())
        await file(workspace.as('amira'), desk.accounts[i % desk.accounts.length] ?? desk.accounts[0], sj++, story);
    await app.delivered();
    await workspace.clock.advance(40 * MINUTE);
    for (const desk of desks) await work(workspace, desk, week);
    await app.delivered();
    const next = week + 1 < WEEKS.length ? start + (week + 1) * WEEK : +workspace.clock.now() + HOUR;
    await workspace.clock.advance(next - +workspace.clock.now());
    await app.runJobs();
    await app.delivered();
  }
}

async function file(agent: Actor, account: string, sj: number, story: string): Promise<void> {
  await agent.command(`/sp-feedback ${account} ${sj} ${story}`, 'call-floor');
  await agent.waitForModal(({ text }) => text.includes('Area '));
  if (story !== PRAISE) {
    await agent.fill({ 'Reason For Feedback': 'SP Feedback from Customer: Negative' });
    await agent.waitForModal(({ labels }) => labels.includes('Negative Customer Feedback'));
  }
  const outcome = await agent.submit();
  if (!outcome.closed) throw new Error(`SJ ${sj} was not filed: ${JSON.stringify(outcome)}`);
}

/** What an area's manager does in a week: every fourth case is left for the next one. */
async function work(workspace: Workspace, { manager, channel }: Desk, week: number): Promise<void> {
  const actor = workspace.as(manager);
  const open = (button: string) => actor.read(channel).filter(({ buttons }) => buttons.includes(button));
  for (const [i, card] of open('Acknowledge').entries())
    if ((i + week) % 4 !== 0) {
      await actor.press('Acknowledge', { in: card });
      await actor.waitForMessage(channel, ({ ts, buttons }) => ts === card.ts && !buttons.includes('Acknowledge'));
    }
  await workspace.clock.advance(3 * HOUR);
  for (const [i, card] of open('Resolve').entries()) {
    if ((i + week) % 4 === 1) continue;
    await actor.press('Resolve', { in: card });
    await actor.waitForModal(({ title }) => title === 'Resolve');
    await actor.fill({ Outcome: 'Coaching given', 'What the agent can tell the customer': 'We spoke to the SP.' });
    await actor.submit();
  }
}
