import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Locator, Page } from 'playwright-core';
import { type Demo, type OpenOptions, startPages } from '../support/browser';
import { answer, card, composer, dialog, file, openFeedback } from '../support/by-hand';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const PHONE: OpenOptions = { viewport: { width: 390, height: 844 } };

/** Whether the focused element, or a frame around it, stands out by an outline, a shadow or a border. */
const FOCUS_SHOWS = `[document.activeElement, document.activeElement.parentElement, document.activeElement.closest('.composer')]
  .filter(Boolean).map((node) => getComputedStyle(node))
  .some((style) => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none')`;

describe('the page is accessible to everyone', () => {
  let demo: Demo;
  let ref: string;
  beforeAll(async () => {
    demo = await startPages();
    ref = await file(await demo.open('amira', { at: 'call-floor' }), '740001');
  });
  afterAll(() => demo.stop());

  /** Tabs until this has the focus; every stop on the way must show its focus. */
  async function tabTo(page: Page, target: Locator): Promise<void> {
    for (let stops = 0; stops < 60; stops += 1) {
      await page.keyboard.press('Tab');
      if (!(await page.evaluate<boolean>(FOCUS_SHOWS)))
        throw new Error(`No visible focus on ${await page.evaluate('document.activeElement.outerHTML.slice(0, 300)')}`);
      if (await target.and(page.locator(':focus')).count()) return;
    }
    throw new Error(`Tab never reached ${target}`);
  }

  it('a report is filed by keyboard alone, with the focus visible at every step', async () => {
    const page = await demo.open('ben', { at: 'call-floor' });
    const { keyboard } = page;
    await tabTo(page, composer(page, 'Message #call-floor'));
    await keyboard.type('/sp-f');
    await page.getByRole('option', { name: '/sp-feedback' }).waitFor();
    await keyboard.press('Enter');
    await keyboard.type('SP100275 740002');
    await keyboard.press('Enter');
    await dialog(page).getByText('Area West').waitFor();

    await tabTo(page, dialog(page).getByRole('button', { name: 'Recall Reassignment: Customer Driven' }));
    await keyboard.press('Space');
    // Each choice shows its own questions, which a person would wait for.
    const complaint = dialog(page).getByText('Does Customer Have a Complaint Against SP').first();
    await complaint.waitFor();
    await tabTo(page, dialog(page).getByLabel('Reason For Feedback'));
    await keyboard.press('ArrowDown');
    await complaint.waitFor({ state: 'detached' });
    await tabTo(page, dialog(page).getByRole('button', { name: 'Submit' }));
    await keyboard.press('Enter');
    await page.getByRole('main').getByText('is filed (SJ 740002)').waitFor();
    await dialog(page).waitFor({ state: 'hidden' });
    await composer(page, 'Message #call-floor').and(page.locator(':focus')).waitFor();
  });

  const SCREENS: [string, (page: Page) => Promise<void>, string, string][] = [
    ['a card and its thread', openThread, 'dana', 'am-west'],
    ['Home', (page) => page.getByRole('heading', { name: 'Yours to answer' }).waitFor(), 'dana', 'home'],
    ['About', (page) => page.getByRole('heading', { name: 'Slash commands' }).waitFor(), 'dana', 'about'],
    ['the form', openForm, 'rita', 'call-floor'],
    ['traffic', (page) => openTool(page, 'Traffic'), 'ada', 'call-floor'],
    ['faults', (page) => openTool(page, 'Faults'), 'ada', 'call-floor'],
  ];
  /** Each look with the screens that may differ in it. */
  const LOOKS: [string, OpenOptions, typeof SCREENS][] = [
    ['light', { colorScheme: 'light' }, SCREENS],
    ['dark, at 390 px', { ...PHONE, colorScheme: 'dark' }, SCREENS.slice(0, 4)],
  ];

  describe.each(LOOKS)('%s', (_look, options, screens) => {
    let page: Page;
    beforeAll(async () => {
      page = await demo.open('dana', options);
    });

    it.each(screens)(
      '%s: axe finds nothing serious, and nothing is wider than the window',
      async (_name, show, user, at) => {
        await demo.visit(page, user, { at, tour: at === 'call-floor' });
        await show(page);
        await page.evaluate(AXE);
        const { violations } = await page.evaluate<AxeResults>('axe.run()');
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
        if (await dialog(page).isVisible()) await dialog(page).getByRole('button', { name: 'Cancel' }).click();
        await dialog(page).waitFor({ state: 'hidden' });
      },
    );
  });

  async function openThread(page: Page): Promise<void> {
    await card(page, ref).getByRole('button', { name: 'Acknowledge' }).waitFor();
    await card(page, ref).hover();
    await card(page, ref).getByRole('button', { name: 'Reply in thread' }).click();
    await page.getByRole('complementary', { name: 'Thread' }).getByRole('heading', { name: ref }).waitFor();
  }
  async function openForm(page: Page): Promise<void> {
    await openFeedback(page, '740003');
    await answer(page, 'Reason For Feedback', 'SP Internal Feedback: Negative');
    await dialog(page).getByText('Negative Internal Feedback').first().waitFor();
    await dialog(page).getByRole('button', { name: 'Submit' }).click();
    await dialog(page).getByRole('alert').first().waitFor();
  }
  async function openTool(page: Page, name: string): Promise<void> {
    const wide = page.getByRole('button', { name, exact: true });
    if (!(await wide.isVisible())) {
      await page.getByRole('button', { name: 'Tools' }).click();
      await page.getByRole('menuitem', { name }).click();
    } else await wide.click();
    await page.getByRole('complementary', { name }).waitFor();
  }
});
