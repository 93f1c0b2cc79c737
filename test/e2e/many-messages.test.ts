import { type Demo, startPages } from '../support/browser';
import { composer } from '../support/by-hand';

const MESSAGES = 5000;
/** What fits in a window and is kept ready around it. */
const MOST_ROWS = 120;

/** To the top of what is loaded, on the next frame: the list then loads older ones. */
const SCROLL_UP = `new Promise((done) => requestAnimationFrame(() => {
  document.querySelector('.message-list [data-virtuoso-scroller]').scrollTop = 0;
  done();
}))`;

/** Once the first drawing is done: the list adds and measures rows for some frames, then none for twenty. */
const SETTLED = `new Promise((done) => {
  let quiet = 0;
  const list = document.querySelector('.message-list');
  const observer = new MutationObserver(() => { quiet = 0; });
  observer.observe(list, { subtree: true, childList: true, characterData: true });
  const frame = () => {
    quiet += 1;
    if (quiet < 20) return requestAnimationFrame(frame);
    observer.disconnect();
    done();
  };
  requestAnimationFrame(frame);
})`;

describe('a channel with 5,000 messages', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await startPages();
  });
  afterAll(() => demo.stop());

  it('only a window of them is drawn, even while scrolling up, and typing redraws none', async () => {
    const { workspace } = demo;
    workspace.removeApp('recognition');
    const ben = workspace.as('ben');
    for (let count = 1; count <= MESSAGES; count += 1) await ben.say(`Well done, number ${count}.`, 'recognition');
    const page = await demo.open('amira', { at: 'recognition' });
    const rows = page.getByRole('region', { name: 'Messages in #recognition' }).getByRole('listitem');
    await page.getByText(`Well done, number ${MESSAGES}.`, { exact: true }).waitFor();
    expect(await rows.count()).toBeLessThan(MOST_ROWS);

    await page.waitForLoadState('networkidle'); // late resources, including fonts, are loaded
    await page.evaluate(SETTLED);
    await page.evaluate(`
      window.redrawn = 0;
      new MutationObserver((changes) => { window.redrawn += changes.length; })
        .observe(document.querySelector('.message-list'), { subtree: true, childList: true, characterData: true });`);
    await composer(page, 'Message #recognition').pressSequentially('Thank you all for this week!');
    expect(await page.evaluate('window.redrawn')).toBe(0);

    const oldestDrawn = async () =>
      Number(/number (\d+)\./.exec((await rows.first().textContent()) ?? '')?.[1] ?? MESSAGES);
    while ((await oldestDrawn()) > MESSAGES - 200) await page.evaluate(SCROLL_UP);
    expect(await rows.count()).toBeLessThan(MOST_ROWS);
    expect(await composer(page, 'Message #recognition').inputValue()).toBe('Thank you all for this week!');
  });
});
