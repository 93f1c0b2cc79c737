import type { Page } from 'playwright-core';
import { type Demo, startPages } from '../support/browser';
import { card, file, openChannel } from '../support/by-hand';

describe('with the demo clock', () => {
  let demo: Demo;
  let manager: Page;
  let ref: string;
  beforeAll(async () => {
    demo = await startPages();
    ref = await file(await demo.open('amira', { at: 'call-floor' }), '770001');
    manager = await demo.open('dana', { at: 'am-west' });
    await card(manager, ref).getByRole('button', { name: 'Acknowledge' }).waitFor();
  });
  afterAll(() => demo.stop());

  const thread = () => manager.getByRole('complementary', { name: 'Thread' });
  const forward = async (step: '+1 h' | '+15 min', times: number) => {
    for (let i = 0; i < times; i += 1) {
      const clock = manager.getByRole('group', { name: 'Demo clock' });
      const shown = /\d+:\d\d [AP]M/.exec(await clock.innerText())?.[0] ?? '';
      await manager.getByRole('button', { name: step }).click();
      await clock.filter({ hasNotText: shown }).waitFor();
    }
  };

  it('a case that no one answers goes up its ladder: first the thread, then its owner', async () => {
    await card(manager, ref).getByText('Then', { exact: false }).first().waitFor();
    await forward('+1 h', 4);
    await forward('+15 min', 1);
    await card(manager, ref).getByRole('button', { name: '1 reply' }).click();
    await thread().getByText('acknowledgment', { exact: false }).first().waitFor();
    await forward('+15 min', 2);
    await openChannel(manager, 'Warmline', { unread: true });
    await manager.getByRole('main').getByRole('article').filter({ hasText: ref }).first().waitFor();
  });

  it('a promise stops it, a missed promise takes the acknowledgment back, and the ladder continues', async () => {
    await openChannel(manager, 'am-west');
    await card(manager, ref).getByRole('button', { name: 'Acknowledge' }).click();
    await card(manager, ref).getByText('Acknowledged', { exact: true }).waitFor();
    for (let day = 0; day < 3; day += 1) await manager.getByRole('button', { name: 'Next 9:00' }).click();
    await card(manager, ref).getByRole('button', { name: 'Acknowledge' }).waitFor();
    await card(manager, ref)
      .getByRole('button', { name: /replies/ })
      .click();
    await thread().getByText('promise', { exact: false }).first().waitFor();
  });
});
