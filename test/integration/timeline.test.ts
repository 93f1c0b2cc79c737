import type { Actor, MessageReading, ViewReading } from '../../sandbox/workspace';
import { type CaseWork, startCaseWork } from '../support/case-work';
import { cardIn, fileReport, openReport, UNSAFE, under } from '../support/reports';
import { cardOf } from './records';

let work: CaseWork;
let [amira, dana, ada]: Actor[] = [];
const actor = (one: Actor | undefined): Actor => {
  if (!one) throw new Error('The world has not started.');
  return one;
};
beforeAll(async () => {
  work = await startCaseWork();
  [amira, dana, ada] = ['amira', 'dana', 'ada'].map(work.as);
  for (const name of ['ada', 'ben']) work.world.workspace.addMember('am-west', name);
});
afterAll(() => work.stop());

const note = (card: MessageReading, text: string) => work.make(actor(dana), 'Add note', card, { Note: text });

async function timeline(who: Actor, card: MessageReading): Promise<ViewReading> {
  return work.open(who, 'Timeline', card);
}

describe('the timeline of a case', () => {
  it('shows what happened, by whom, in order; a note is as masked as it is stored', async () => {
    const { card } = await work.file(actor(amira));
    await note(card, 'The card is 4111 1111 1111 1111.');
    await actor(dana).say('I called the shop.', 'am-west', card.ts);
    await work.world.settled();
    const { text } = await timeline(actor(dana), card);
    const order = ['filed this', 'It went to', 'added a note', '•••• 1111', 'I called the shop.'].map((part) =>
      text.indexOf(part),
    );
    expect(order.every((at, i) => at > (order[i - 1] ?? -1))).toBe(true);
    expect(text).not.toContain('4111 1111');
    await actor(dana).close();
  });

  it('is paged, the newest first on screen', async () => {
    const { card } = await work.file(actor(amira));
    for (let i = 1; i <= 22; i++) await note(card, `Note ${i}.`);
    const newest = await timeline(actor(dana), card);
    expect(newest.text).toContain('Note 22.');
    expect(newest.text).not.toContain('Note 1.');
    expect(newest.buttons).toEqual(['Earlier', 'Export record']);
    await actor(dana).press('Earlier');
    const oldest = await actor(dana).waitForModal(({ text }) => text.includes('filed this'));
    expect(oldest.text).toContain('Note 1.');
    expect(oldest.buttons).toEqual(['Later', 'Export record']);
    await actor(dana).close();
  });

  it('is hidden from people who see neither the case nor its text, and shows of a need-to-know case what its card shows', async () => {
    const { card } = await work.file(actor(amira));
    const ben = work.as('ben');
    await ben.choose('Timeline', { in: card });
    await ben.waitForEphemeral(({ text }) => text.includes('The timeline is for those who answer for the case'));
    expect(ben.modalCount).toBe(0);

    await openReport(actor(amira), '/high-risk', 'ACC100 930001');
    await actor(amira).fill(UNSAFE);
    const risk = await fileReport(work.world, work.records, actor(amira));
    await work.make(work.as('rosa'), 'Add note', cardIn(work.world, risk, 'main'), { Note: 'The gas is off.' });
    const outside = await timeline(actor(dana), cardIn(work.world, risk, 'area'));
    expect(outside.text).toContain('Filed.');
    for (const word of ['gas', 'note', actor(amira).id]) expect(JSON.stringify(outside)).not.toContain(word);
    await actor(dana).close();
    const full = await timeline(work.as('rosa'), cardIn(work.world, risk, 'main'));
    expect(full.text).toContain('The gas is off.');
    await work.as('rosa').close();
  });

  it('is in the answer to /case', async () => {
    const { stored, card } = await work.file(actor(amira));
    await note(card, 'Parts are ordered.');
    await actor(dana).command(`/case ${stored.ref}`);
    const found = await actor(dana).waitForEphemeral(
      ({ content }) => content.includes(stored.ref) && content.includes('Parts are ordered.'),
    );
    expect(found.buttons).toContain('Timeline');
    await actor(dana).press('Timeline', { in: found });
    await actor(dana).waitForModal(({ text }) => text.includes('Parts are ordered.'));
    await actor(dana).close();
  });

  it('starts the thread of a card that came to another channel', async () => {
    const { stored, card } = await work.file(actor(amira));
    await note(card, 'Parts are ordered.');
    await work.make(actor(ada), 'Reassign', card, {
      'To the Area Manager of': 'East',
      'Summary for the new owner': 'It is in the East.',
    });
    const moved = cardOf(work.world, (await work.now(stored.ref)).stored);
    const thread = under(work.world, moved);
    expect(thread[0]?.content).toContain('What happened so far');
    expect(thread[0]?.content).toContain('Parts are ordered.');
    expect(thread[1]?.content).toContain('handed this to');
  });
});
