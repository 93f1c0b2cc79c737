import { type CaseWork, DAY, dmsAbout, HOUR, startCaseWork } from '../support/case-work';
import { quotesOf } from './records';

let work: CaseWork;
beforeEach(async () => {
  work = await startCaseWork();
});
afterEach(() => work.stop());

/** A case of Amira's that Dana has resolved, and the DM about it. */
async function resolved() {
  const amira = work.as('amira');
  const { stored, card } = await work.file(amira);
  await work.make(work.as('dana'), 'Resolve', card, { Outcome: 'No fault found' });
  const dm = dmsAbout(amira, stored.ref).at(-1);
  if (!dm) throw new Error('Amira was not told.');
  return { ref: stored.ref, dm };
}

describe('an agent who does not accept an outcome', () => {
  it('disputes it from the DM with a reason: the case is open again, its clock restarts, its owner is told', async () => {
    const { ref, dm } = await resolved();
    const [amira, dana] = [work.as('amira'), work.as('dana')];
    expect(dm.buttons).toContain('Dispute the outcome');
    await work.world.pass(7 * DAY - 60 * 60_000);
    expect(Object.keys((await work.make(amira, 'Dispute the outcome', dm)).errors ?? {})).toEqual([
      'What is not settled?',
    ]);
    await amira.fill({ 'What is not settled?': 'Nobody called the customer.' });
    expect(await amira.submit()).toEqual({ closed: true });
    const said = await amira.waitForEphemeral(({ text }) => text.includes('“Dispute the outcome” is done'));
    expect(said).toMatchObject({ channel: dm.channel });

    const { stored, card } = await work.now(ref);
    expect(stored).toMatchObject({ state: 'open', resolution: null, reopened: 1, clocks: [{ name: 'acknowledge' }] });
    expect(+(stored.clocks[0]?.startedAt ?? 0)).toBe(+(stored.events.at(-1)?.at ?? 0));
    expect(card.buttons).toContain('Acknowledge');
    const told = dmsAbout(dana, ref).at(-1);
    expect(told?.text).toContain('disputed');
    expect(quotesOf(told?.blocks)).toEqual(['Nobody called the customer.']);
    const line = work.world.workspace.thread(card.channel, card.ts).at(-1);
    expect(quotesOf(line?.blocks)).toEqual(['Nobody called the customer.']);
  });

  it('is refused after 7 days, before typing anything, and told what to do', async () => {
    const { ref, dm } = await resolved();
    const amira = work.as('amira');
    await work.world.pass(7 * DAY + 60_000);
    await amira.press('Dispute the outcome', { in: dm });
    const told = await amira.waitForEphemeral(({ text }) => text.includes('more than 7 days ago'));
    expect(told.text).toContain(`File a new report, and mention ${ref} in it.`);
    expect(amira.modalCount).toBe(0);
    expect((await work.now(ref)).stored.state).toBe('resolved');
  });

  it('is refused if the 7 days end while the window is open', async () => {
    const { ref, dm } = await resolved();
    const amira = work.as('amira');
    await work.open(amira, 'Dispute the outcome', dm);
    await work.world.pass(7 * DAY + 60_000);
    await amira.fill({ 'What is not settled?': 'Too late.' });
    await amira.submit();
    const offered = await amira.waitForModal(({ title }) => title === 'Add note');
    expect(offered.text).toContain('can no longer be disputed');
    expect(offered.fields.Note?.value).toBe('Too late.');
    await amira.close();
    expect((await work.now(ref)).stored.state).toBe('resolved');
  });

  it('can dispute once: a reopened case has no outcome', async () => {
    const { ref, dm } = await resolved();
    const amira = work.as('amira');
    await work.make(amira, 'Dispute the outcome', dm, { 'What is not settled?': 'The bill.' });
    await amira.press('Dispute the outcome', { in: dm });
    await amira.waitForEphemeral(({ text }) => text.includes(`${ref} is open`));
    expect((await work.now(ref)).stored.reopened).toBe(1);
  });
});

describe('an agent who told the customer what they heard', () => {
  it('hears when it no longer holds: put off, handed on, reopened, voided', async () => {
    const [amira, dana, tom] = [work.as('amira'), work.as('dana'), work.as('tom')];
    const { stored, card } = await work.file(amira);
    const { ref } = stored;
    const now = async () => (await work.now(ref)).card;
    await work.make(dana, 'Acknowledge', card);
    const until = new Date(+work.world.clock.now() + 2 * HOUR);
    await work.make(dana, 'Snooze', await now(), { 'Another time': until, Reason: 'Part on order.' });
    await work.make(dana, 'Reassign', await now(), {
      'Or to this person': 'tom',
      'Summary for the new owner': 'Only for Tom.',
    });
    await work.make(tom, 'Resolve', await now(), { Outcome: 'No fault found' });
    await work.make(dana, 'Reopen', await now(), { Reason: 'It came back.' });
    await work.make(dana, 'Void', await now(), { 'Why was it filed by mistake?': 'Filed twice.' });

    const told = dmsAbout(amira, ref);
    expect(told.map(({ text }) => text.slice(ref.length + 2))).toEqual([
      'acknowledged',
      'put off',
      'handed to someone else',
      'resolved, No fault found',
      'open again',
      'voided',
    ]);
    expect(told.flatMap(({ blocks }) => quotesOf(blocks))).toEqual(['Part on order.', 'It came back.', 'Filed twice.']);
    expect(told[2]?.content).toMatch(/has your report now, and looks at it by .* The update promised for .* no longer/);
  });

  it('hears that a promise was missed, even if another case took over their report, which says so', async () => {
    const [amira, ben, dana] = [work.as('amira'), work.as('ben'), work.as('dana')];
    const { stored, card } = await work.file(amira);
    const second = await work.file(ben);
    await work.make(dana, 'Mark duplicate', second.card, { 'Duplicate of': stored.ref });
    await ben.command(`/case ${second.stored.ref}`);
    await ben.waitForEphemeral(({ content }) => content.includes(`continues in ${stored.ref}`));
    await work.make(dana, 'Acknowledge', card, { 'Next update by': new Date(+work.world.clock.now() + HOUR) });
    await work.world.pass(HOUR + 60_000);
    for (const agent of [amira, ben])
      expect(dmsAbout(agent, stored.ref).at(-1)?.text).toBe(`${stored.ref}: the promised update is late`);
  });
});
