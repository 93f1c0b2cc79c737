import { type CaseWork, startCaseWork } from '../support/case-work';

type Block = Readonly<Record<string, unknown>>;
interface Pressed {
  readonly blockId: string;
  readonly actionId: string;
}

let work: CaseWork;
beforeAll(async () => {
  work = await startCaseWork();
});
afterAll(() => work.stop());

/** Asks the workspace as the page of this person does. */
async function asPage<T>(user: string, path: string, body?: object): Promise<T> {
  const { url, ids } = work.world.workspace;
  const response = await fetch(`${url}/client/${path}`, {
    headers: { 'x-user': ids.users[user] ?? '', 'content-type': 'application/json' },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}
const homeOf = async (user: string) => {
  const { home } = await asPage<{ home: { id: string; blocks: readonly Block[] } }>(user, 'boot');
  return home;
};

/** The button with these words, as someone's finger finds it. */
function under(blocks: readonly unknown[], words: string): Pressed {
  for (const block of blocks as readonly Block[]) {
    const elements = [block.elements, block.accessory].flat().filter(Boolean) as readonly Block[];
    const found = elements.find(({ text }) => (text as { text?: string } | undefined)?.text === words);
    if (found) return { blockId: String(block.block_id), actionId: String(found.action_id) };
  }
  throw new Error(`no button ${words}`);
}

it('a press on Home that meets a redraw on its way arrives', async () => {
  const dana = work.as('dana');
  await dana.openHome();
  await dana.waitForHome(({ buttons }) => buttons.includes('Cover …'));
  const { blocks } = await homeOf('dana');
  const pressed = under(blocks, 'Cover …');

  const { stored } = await work.file(work.as('amira'));
  await dana.openHome();
  await dana.waitForHome(({ text }) => text.includes(stored.ref));
  const { id: viewId } = await homeOf('dana');
  await asPage('dana', 'action', { container: { viewId }, ...pressed });
  await dana.waitForModal(({ buttons }) => buttons.includes('Connect …'));
  await dana.close();
});

it('a press on a card that meets a redraw on its way arrives', async () => {
  const dana = work.as('dana');
  const { stored, card } = await work.file(work.as('amira'));
  const pressed = under(card.blocks, 'Log SP contact');
  await work.make(dana, 'Add note', card, { Note: 'They called.' });
  await work.now(stored.ref);
  await asPage('dana', 'action', { container: { channel: card.channel, ts: card.ts }, ...pressed });
  await dana.waitForModal(({ title }) => title === 'Log SP contact');
  await dana.close();
});

it('a press in a window that meets a redraw on its way arrives', async () => {
  const dana = work.as('dana');
  const board = async () => {
    await dana.command('/warmline cover');
    return dana.waitForModal(({ title }) => title === 'Your cover');
  };
  await board();
  await dana.fill({ 'Who covers for you?': 'priya' });
  await dana.submit();
  await dana.close({ all: true });

  const { id: viewId, blocks } = await board();
  const pressed = under(blocks, 'Connect …');
  await dana.press('Withdraw');
  await dana.waitForModal(({ buttons }) => !buttons.includes('Withdraw'));
  await asPage('dana', 'action', { container: { viewId }, ...pressed });
  await dana.waitForModal(({ id }) => id !== viewId);
  await dana.close({ all: true });
});

it('the menu of a changed card shows no earlier choice', async () => {
  const { stored, card } = await work.file(work.as('amira'));
  const menuOf = (blocks: readonly unknown[]) => {
    const row = (blocks as readonly Block[]).find(({ type }) => type === 'actions');
    const elements = (row?.elements ?? []) as readonly Block[];
    return elements.find(({ type }) => type === 'static_select')?.action_id;
  };
  await work.make(work.as('dana'), 'Add note', card, { Note: 'They called.' });
  const { card: changed } = await work.now(stored.ref);
  expect(menuOf(card.blocks)).toMatch(/^case_more:\d+$/);
  expect(menuOf(changed.blocks)).not.toBe(menuOf(card.blocks));
});

it('a press below a list that shows another page by then arrives, with buttons of other pages come or gone', async () => {
  const dana = work.as('dana');
  const { card } = await work.file(work.as('amira'), { sj: '911900' });
  for (let i = 0; i < 22; i++) await work.make(dana, 'Add note', card, { Note: `Note ${i}.` });
  const { id: viewId, blocks } = await work.open(dana, 'Timeline', card);
  const pressed = under(blocks, 'Export record');
  await dana.press('Earlier');
  await dana.waitForModal(({ buttons }) => buttons.includes('Later'));
  await asPage('dana', 'action', { container: { viewId }, ...pressed });
  await dana.waitForDm(({ files }) => files.length > 0);
  await dana.close();
});

it('a press to add to an open case means that case, although another one stands in its place by then', async () => {
  const [amira, ben] = [work.as('amira'), work.as('ben')];
  const { stored: meant } = await work.file(amira, { sj: '911950' });
  const { id: viewId, blocks } = await work.fill(ben, { sj: '911950' });
  const pressed = under(blocks, 'Add to this one');
  const { stored: newer } = await work.file(amira, { sj: '911950' });
  await ben.fill({ 'Negative Customer Feedback': ['Missed appointment'] });
  await ben.waitForModal(({ text }) => text.includes(newer.ref));
  await asPage('ben', 'action', { container: { viewId }, ...pressed });
  await ben.waitForModal(({ title }) => title === `Add to ${meant.ref}`);
  await ben.close();
});

it('a choice in the menu of a case on Home arrives, although the case moved and its menu begins with another move', async () => {
  const [dana, tom] = [work.as('dana'), work.as('tom')];
  const { stored, card } = await work.file(work.as('amira'));
  await dana.openHome();
  await dana.waitForHome(({ text }) => text.includes(stored.ref));
  const { blocks } = await homeOf('dana');
  const value = `resolve|${stored.ref}`;
  const row = blocks.find(({ accessory }) => JSON.stringify(accessory ?? null).includes(`"${value}"`));
  if (!row) throw new Error('Home has no menu of the case.');
  const { action_id: actionId, options } = row.accessory as { action_id: string; options: readonly Block[] };
  await work.make(tom, 'Acknowledge', card);
  await dana.waitForHome(({ blocks: shown }) => {
    const now = JSON.stringify(shown);
    return now.includes(`"${value}"`) && !now.includes(`"acknowledge|${stored.ref}"`);
  });
  const { id: viewId } = await homeOf('dana');
  const chosen = { selected_option: options.find((option) => option.value === value) };
  const blockId = String(row.block_id);
  await asPage('dana', 'action', { container: { viewId }, blockId, actionId, value: chosen });
  await dana.waitForModal(({ title }) => title === 'Resolve');
  await dana.close();
});
