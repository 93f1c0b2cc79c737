import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { WebClient } from '@slack/web-api';
import type { Page } from 'playwright-core';
import { type Demo, startPages } from '../support/browser';
import { card, file, type } from '../support/by-hand';

const ASSETS = join(__dirname, '../../sandbox/page/dist/assets');
const WIDER_THAN_MAIN = `(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('main'))`;
const LONG_WORD = 'w'.repeat(3000);
/** Texts that must show literally, whoever wrote them and wherever they are. */
const HOSTILE = [
  '<img src=x onerror="document.title=\'taken\'">',
  '<script>document.title="taken"</script>',
  '<!channel> <!here|everyone> <!date^1^{date}|x> <javascript:alert(1)|click>',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: words that a template would run
  '"><b>bold</b> &lt;i&gt; {{7*7}} ${7*7}',
];

describe('the limits of the page', () => {
  let demo: Demo;
  let agent: Page;
  beforeAll(async () => {
    demo = await startPages();
    agent = await demo.open('amira', { at: 'call-floor' });
  });
  afterAll(() => demo.stop());

  /** Nothing became active, and nothing exceeds the window. */
  async function expectHarmless(page: Page): Promise<void> {
    expect(await page.title()).toBe('Warmline workspace');
    expect(await page.locator('img[src="x"], main script, main b, [href^="javascript"]').count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(await page.evaluate(WIDER_THAN_MAIN)).toBeLessThanOrEqual(0);
  }

  it.each(HOSTILE)('a person writes %s: shown as typed', async (text) => {
    await type(agent, text);
    await agent.getByRole('main').getByText(text, { exact: true }).last().waitFor();
    await expectHarmless(agent);
  });

  it('an app sends it unescaped: shown as sent', async () => {
    const { workspace } = demo;
    const slack = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl });
    const channel = workspace.ids.channels['call-floor'] ?? '';
    await slack.chat.postMessage({ channel, text: '<script>document.title="taken"</script> and <b>this</b>' });
    await agent.getByRole('main').getByText('document.title="taken"').last().waitFor();
    await expectHarmless(agent);
  });

  it('a word of 3,000 characters is broken, in a message and on a card', async () => {
    await type(agent, LONG_WORD);
    await agent.getByRole('main').getByText(LONG_WORD, { exact: true }).waitFor();
    await expectHarmless(agent);
    const manager = await demo.open('dana', { at: 'am-west' });
    const ref = await file(agent, '750001', {
      'Reason For Feedback': 'Recall Reassignment: SP Refused',
      'SP Refused Reason': 'Other',
      'Explanation of Other Refusal': `${HOSTILE[0]} ${'w'.repeat(2900)}`,
    });
    await card(manager, ref)
      .getByText(HOSTILE[0] ?? '')
      .waitFor();
    await expectHarmless(manager);
  });

  it('scripts and styles are under 500 kB gzipped in total', () => {
    const gzipped = readdirSync(ASSETS)
      .filter((name) => /\.(js|css)$/.test(name))
      .map((name) => gzipSync(readFileSync(join(ASSETS, name))).length);
    expect(gzipped.length).toBeGreaterThan(1);
    expect(gzipped.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(500_000);
  });

  it('no other host was contacted', () => {
    expect(demo.strayRequests).toEqual([]);
  });
});
