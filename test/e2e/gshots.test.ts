import { randomUUID } from 'node:crypto';
import type { CaseEvent, CaseFacts } from '../../src/domain/case';
import type { Move } from '../../src/domain/moves';
import { filedCase, later, minutes, moved, storedCase } from '../support/cases';
import { type Demo, startPages } from '../support/browser';
import { dialog, file } from '../support/by-hand';

const OUT = '/tmp/g-shots';
const HOUR = minutes(60);
describe('shots', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await startPages();
  });
  afterAll(() => demo.stop());
  it('draws', async () => {
    const { cases } = demo.app.jobDeps;
    const now = demo.workspace.clock.now();
    const { users } = demo.workspace.ids;
    let rnd = 42;
    const random = () => ((rnd = (rnd * 1103515245 + 12345) % 2147483648) / 2147483648);
    for (let i = 0; i < 120; i++) {
      const at = later(now, -Math.floor(random() * 85 * 24 + 2) * HOUR);
      let { facts, events }: { facts: CaseFacts; events: readonly CaseEvent[] } = filedCase(at);
      const go = (hours: number, move: Move) => {
        const when = later(at, hours * HOUR);
        if (+when > +now) return;
        const next = moved(facts, move, when);
        facts = next.facts;
        events = [...events, ...next.events];
      };
      const ack = random() * 6;
      go(ack, { type: 'acknowledge', nextUpdateBy: later(at, (ack + 20) * HOUR) });
      if (random() < 0.8 && facts.state === 'acknowledged') go(ack + random() * 30, { type: 'resolve', outcome: random() < 0.3 ? 'recognition_sent' : 'coaching_given', text: '' });
      const positive = random() < 0.35;
      const area = ['West', 'Central', 'East'][i % 3] ?? 'West';
      const ref = `SPF-9${String(i).padStart(5, '0')}`;
      await cases.insert({
        ...storedCase(ref, at), ...facts, events, id: randomUUID(), ref, area: i % 17 === 0 ? null : area, outbox: [], posts: [],
        kind: i % 9 === 0 ? 'high_risk' : i % 5 === 0 ? 'exception' : 'sp_feedback',
        tone: positive ? 'positive' : random() < 0.2 ? 'neutral' : 'negative',
        title: positive ? 'Positive feedback from a customer' : 'Negative feedback from a customer',
        codes: positive ? ['GREAT SVC'] : [(['NCNS', 'HI COST', 'WORKMANSHIP', 'MISDIAG'] as const)[i % 4] ?? 'NCNS'],
        owner: users.dana ?? '', reporter: users.amira ?? '',
        sp: i % 2 ? { account: 'SP100275', name: 'Cascade Appliance Repair' } : { account: `SP10${i}`, name: 'Another' },
      });
    }
    const agent = await demo.open('amira', { at: 'call-floor' });
    await file(agent, '770001');
    for (const [who, name] of [['dana', 'manager'], ['ada', 'admin']] as const)
      for (const scheme of ['light', 'dark'] as const) {
        const page = await demo.open(who, { at: 'home', viewport: { width: 1280, height: 2400 }, colorScheme: scheme });
        await page.getByRole('button', { name: 'Figures' }).click();
        await page.getByText('What slows us').waitFor();
        await page.screenshot({ path: `${OUT}/figures-${name}-${scheme}-first.png` });
        await page.locator('img.bk-image').nth(2).waitFor();
        await page.waitForTimeout(500);
        await page.screenshot({ path: `${OUT}/figures-${name}-${scheme}.png` });
        await page.context().close();
      }
    const phone = await demo.open('dana', { at: 'home', viewport: { width: 390, height: 2400 } });
    await phone.getByRole('button', { name: 'Figures' }).click();
    await phone.locator('img.bk-image').nth(2).waitFor();
    await phone.waitForTimeout(500);
    await phone.screenshot({ path: `${OUT}/figures-phone.png` });
    for (const scheme of ['light', 'dark'] as const) {
      const page = await demo.open('dana', { at: 'am-west', viewport: { width: 1280, height: 1500 }, colorScheme: scheme });
      if (scheme === 'light') {
        await page.getByRole('combobox', { name: 'More' }).or(page.getByRole('button', { name: 'More' })).last().click();
        await page.screenshot({ path: `${OUT}/more.png` });
        await page.getByRole('option', { name: 'Scorecard' }).click();
      } else {
        const box = page.getByRole('textbox').last();
        await box.fill('/sp SP100275');
        await box.press('Enter');
        await page.getByRole('button', { name: 'Show the chart' }).waitFor();
        await page.screenshot({ path: `${OUT}/sp.png` });
        await page.getByRole('button', { name: 'Show the chart' }).last().click();
      }
      await dialog(page).locator('img.bk-image').waitFor();
      await page.waitForTimeout(500);
      await page.screenshot({ path: `${OUT}/scorecard-${scheme}.png` });
      await page.context().close();
    }
  });
});
