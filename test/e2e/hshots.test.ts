import { type Demo, startPages } from '../support/browser';
import { dialog, fill, file, openFeedback } from '../support/by-hand';

const OUT = process.env.SHOTS ?? '/tmp/h-shots';
describe('shots', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await startPages();
  });
  afterAll(() => demo.stop());
  it('draws', async () => {
    const agent = await demo.open('amira', { at: 'call-floor', viewport: { width: 1280, height: 800 } });
    const refs: string[] = [];
    for (let i = 0; i < 4; i++) refs.push(await file(agent, `77000${i}`));
    for (let i = 0; i < 8; i++)
      refs.push(
        await file(agent, `78000${i}`, {
          'Reason For Feedback': 'SP Feedback from Customer',
          'Customer Feedback Type': 'Negative',
          'Negative Customer Feedback': ['Missed appointment'],
          "Details of Customer's Experience with SP": 'Nobody came on Tuesday, and nobody called.',
        }),
      );
    const dana = demo.workspace.as('dana');
    const one = await dana.waitForMessage('am-west', (m) => m.text.includes(refs[0] ?? '-'));
    await dana.press('Acknowledge', { in: one });
    await dana.waitForModal(({ title }) => title === 'Acknowledge');
    await dana.submit();
    const two = await dana.waitForMessage('am-west', (m) => m.text.includes(refs[1] ?? '-'));
    await dana.press('Resolve', { in: two });
    await dana.waitForModal(({ title }) => title === 'Resolve');
    await dana.fill({ Outcome: 'Coaching given', 'What the agent can tell the customer': 'A new visit is booked.' });
    await dana.submit();
    await openFeedback(agent, '799999');
    await fill(agent, { 'Reason For Feedback': 'Recall Reassignment' });
    await dialog(agent).getByRole('button', { name: 'Cancel' }).click();
    demo.workspace.clock.advance(5 * 3600_000);
    await demo.app.runJobs();
    for (const [who, heading] of [['amira', 'My open reports'], ['dana', 'Yours to answer'], ['ada', 'Yours to answer']] as const)
      for (const [look, viewport] of [['wide', { width: 1280, height: 800 }], ['phone', { width: 390, height: 844 }]] as const) {
        const page = await demo.open(who, { at: 'home', viewport, colorScheme: 'light' });
        await page.getByRole('heading', { name: heading }).waitFor();
        await page.screenshot({ path: `${OUT}/${who}-${look}.png` });
        if (look === 'wide') {
          await page.evaluate("[...document.querySelectorAll('*')].filter((n) => n.scrollHeight > n.clientHeight + 50 && getComputedStyle(n).overflowY !== 'visible').forEach((n) => n.scrollTo(0, 99999))");
          await page.screenshot({ path: `${OUT}/${who}-${look}-2.png` });
        }
        if (who === 'dana' && look === 'wide') {
          await page.getByRole('button', { name: 'Acknowledge several …' }).click();
          await dialog(page).waitFor();
          await page.screenshot({ path: `${OUT}/bulk-1.png` });
          await dialog(page).getByRole('button', { name: 'Go on' }).click();
          await dialog(page).getByRole('button', { name: /^Acknowledge \d/ }).waitFor();
          await page.screenshot({ path: `${OUT}/bulk-2.png` });
          await dialog(page).getByRole('button', { name: /^Acknowledge \d/ }).click();
          await dialog(page).getByText(/acknowledged\./).waitFor();
          await page.screenshot({ path: `${OUT}/bulk-3.png` });
          await dialog(page).getByRole('button', { name: 'Close' }).last().click();
        }
        await page.context().close();
      }
  });
});
