import { WebClient } from '@slack/web-api';
import { parse } from 'csv-parse/sync';
import type { Actor, MessageReading } from '../../sandbox/workspace';
import { type CaseWork, dmsAbout, startCaseWork } from '../support/case-work';
import { offeredFor } from '../support/home-rows';
import { quotesOf } from './records';

let work: CaseWork;
let [amira, dana, tom, priya, ada]: Actor[] = [];
const actor = (one: Actor | undefined): Actor => {
  if (!one) throw new Error('The world has not started.');
  return one;
};
beforeAll(async () => {
  work = await startCaseWork();
  [amira, dana, tom, priya, ada] = ['amira', 'dana', 'tom', 'priya', 'ada'].map(work.as);
  for (const name of ['priya', 'ada']) work.world.workspace.addMember('am-west', name);
});
afterAll(() => work.stop());

const SUSPENDED = { Outcome: 'SP suspended *', 'What the agent can tell the customer': 'They will not come again.' };

/** A case for which Dana has requested a starred outcome. */
async function asked(): Promise<{ ref: string; card: MessageReading }> {
  const { stored, card } = await work.file(actor(amira));
  expect(await work.make(actor(dana), 'Resolve', card, SUSPENDED)).toEqual({ closed: true });
  return { ref: stored.ref, card: (await work.now(stored.ref)).card };
}

describe('an outcome that needs a second person', () => {
  it('waits: the card says who asks for what, and offers to approve or refuse it, but not to resolve', async () => {
    const { ref, card } = await asked();
    const { stored } = await work.now(ref);
    expect(stored).toMatchObject({ state: 'open', resolution: null, approval: { outcome: 'sp_suspended' } });
    expect(JSON.stringify(card.blocks)).toContain(`"user_id":"${actor(dana).id}"`);
    expect(card.content).toContain('asks for:');
    expect(card.content).toContain('SP suspended');
    expect(quotesOf(card.blocks)).toContain('They will not come again.');
    expect(card.buttons).toEqual(expect.arrayContaining(['Approve', 'Refuse approval']));
    expect(card.buttons).not.toContain('Resolve');
    expect(dmsAbout(actor(amira), ref).map(({ text }) => text)).not.toContain(`${ref}: resolved, SP suspended`);
  });

  it.each(['tom', 'priya', 'ada'])(
    'is approved by another manager or an admin (%s), and only then resolved',
    async (name) => {
      const { ref, card } = await asked();
      expect(await work.make(work.as(name), 'Approve', card)).toEqual({ closed: true });
      const { stored } = await work.now(ref);
      expect(stored).toMatchObject({
        state: 'resolved',
        approval: null,
        resolution: { outcome: 'sp_suspended', by: work.as(name).id, text: 'They will not come again.' },
      });
      expect(stored.events.at(-1)).toMatchObject({ type: 'resolved', data: { askedBy: actor(dana).id } });
      expect(dmsAbout(actor(amira), ref).at(-1)?.text).toContain('resolved, SP suspended');
    },
  );

  it('cannot be approved by the person who asked for it', async () => {
    const { ref, card } = await asked();
    await actor(dana).press('Approve', { in: card });
    await actor(dana).waitForEphemeral(({ text }) => text.includes('You asked for this yourself'));
    expect(actor(dana).modalCount).toBe(0);
    expect((await work.now(ref)).stored.state).toBe('open');
    await actor(dana).openHome();
    // A Home from before they asked has the case, too.
    const home = await actor(dana).waitForHome((shown) => offeredFor(shown, ref).includes('refuse_approval'));
    expect(offeredFor(home, ref)).not.toContain('approve');
  });

  it.each(['Approve', 'Refuse approval'])('is not for an agent: %s', async (button) => {
    const { ref, card } = await asked();
    await actor(amira).press(button, { in: card });
    await actor(amira).waitForEphemeral(({ text }) =>
      text.includes(`Only an Area Manager or an admin can use ${button}`),
    );
    expect((await work.now(ref)).stored.approval).not.toBeNull();
  });

  it('is refused with a reason, which goes to the person who asked; the case continues', async () => {
    const { ref, card } = await asked();
    expect(Object.keys((await work.make(actor(tom), 'Refuse approval', card)).errors ?? {})).toEqual(['Reason']);
    await actor(tom).fill({ Reason: 'A warning comes first.' });
    expect(await actor(tom).submit()).toEqual({ closed: true });
    const { stored, card: later } = await work.now(ref);
    expect(stored).toMatchObject({ state: 'open', approval: null, resolution: null });
    expect(later.buttons).toContain('Resolve');
    const dm = dmsAbout(actor(dana), ref).at(-1);
    expect(dm?.text).toContain('approval refused');
    expect(quotesOf(dm?.blocks)).toEqual(['A warning comes first.']);
  });

  it('prevents resolving meanwhile, even from a window opened before', async () => {
    const { stored, card } = await work.file(actor(amira));
    await work.open(actor(tom), 'Resolve', card);
    await actor(tom).fill({ Outcome: 'No fault found', 'What the agent can tell the customer': 'All was right.' });
    await work.make(actor(dana), 'Resolve', card, SUSPENDED);
    await actor(tom).submit();
    const offered = await actor(tom).waitForModal(({ title }) => title === 'Add note');
    expect(offered.text).toContain(`already asked to resolve ${stored.ref}`);
    expect(await actor(tom).submit()).toEqual({ closed: true });
    const { stored: later } = await work.now(stored.ref);
    expect(later).toMatchObject({ state: 'open', resolution: null, approval: { by: actor(dana).id } });
    expect(later.notes).toMatchObject([{ by: actor(tom).id, text: 'All was right.' }]);
  });

  it('tells the slower person in their window', async () => {
    const { card } = await asked();
    await work.open(actor(tom), 'Approve', card);
    await work.make(actor(priya), 'Approve', card);
    await actor(tom).submit();
    const told = await actor(tom).waitForModal(({ text }) => text.includes('was resolved by'));
    expect(told.title).toBe('Approve');
  });

  it('ends with the case: a void one that is reopened waits for no one', async () => {
    const { ref, card } = await asked();
    await work.make(actor(ada), 'Void', card, { 'Why was it filed by mistake?': 'Another SP.' });
    const { stored, card: voided } = await work.now(ref);
    expect(stored).toMatchObject({ state: 'void', approval: null });
    expect(voided.buttons).not.toContain('Approve');
    await work.make(actor(ada), 'Reopen', voided, { Reason: 'It was this one.' });
    expect((await work.now(ref)).card.buttons).toContain('Resolve');
    expect(actor(priya).dm()).toEqual([]);
  });

  it('asks people who may approve by DM, with buttons, and the card names them; no one else is told', async () => {
    const { ref, card } = await asked();
    for (const one of [tom, ada]) {
      const dm = dmsAbout(actor(one), ref).at(-1);
      expect(dm?.text).toBe(`${ref} waits for your approval`);
      expect(dm?.content).toContain('SP suspended');
      expect(dm?.buttons).toEqual(['Approve', 'Refuse approval', 'Open the card']);
      expect(JSON.stringify(card.blocks)).toContain(`"user_id":"${actor(one).id}"`);
    }
    expect(card.content).toContain('Waits for approval by');
    expect(card.content).toContain('Second approval by');
    for (const one of [dana, priya]) expect(dmsAbout(actor(one), ref)).toEqual([]);
    expect((await work.now(ref)).stored.clocks).toContainEqual(expect.objectContaining({ name: 'approval' }));
  });

  it('is approved from the DM; every DM then says by whom, and has no button anymore', async () => {
    const { ref } = await asked();
    const dm = dmsAbout(actor(tom), ref).at(-1);
    expect(dm && (await work.make(actor(tom), 'Approve', dm))).toEqual({ closed: true });
    const { stored, card } = await work.now(ref);
    for (const one of [tom, ada]) {
      const settled = dmsAbout(actor(one), ref).at(-1);
      expect(settled?.buttons).toEqual(['Open the card']);
      expect(settled?.content).toContain('approved this');
      expect(JSON.stringify(settled?.blocks)).toContain(`"user_id":"${actor(tom).id}"`);
    }
    expect(stored.posts.filter(({ show }) => show === 'ask')).toEqual([]);
    expect(stored.clocks).toEqual([]);
    expect(dmsAbout(actor(dana), ref).at(-1)?.content).toContain('approved the outcome you asked for');
    // Both are credited.
    expect(stored.resolution).toMatchObject({ by: actor(tom).id, askedBy: actor(dana).id });
    const credited = JSON.stringify(card.blocks.find((block) => JSON.stringify(block).includes(', asked by ')));
    for (const one of [tom, dana]) expect(credited).toContain(actor(one).id);
    await actor(dana).command(`/case ${ref}`);
    await actor(dana).waitForEphemeral(
      ({ content }) => content.includes('asked by') && content.includes('approved by'),
    );
  });

  it('settles the DMs if it is refused', async () => {
    const { ref, card } = await asked();
    await work.make(actor(tom), 'Refuse approval', card, { Reason: 'A warning comes first.' });
    await work.now(ref);
    const dm = dmsAbout(actor(ada), ref).at(-1);
    expect(dm?.content).toContain('refused this');
    expect(dm?.buttons).toEqual(['Open the card']);
  });

  it('has a clock that asks again and escalates; the new DMs are settled as well', async () => {
    const { ref } = await asked();
    const due = (await work.now(ref)).stored.clocks.find(({ name }) => name === 'approval')?.dueAt;
    await work.world.pass(+(due ?? 0) - +work.world.clock.now() + 60_000);
    expect(dmsAbout(actor(tom), ref).filter(({ buttons }) => buttons.includes('Approve'))).toHaveLength(2);
    const { card } = await work.now(ref);
    await work.make(actor(ada), 'Approve', card);
    await work.now(ref);
    expect(dmsAbout(actor(tom), ref).filter(({ buttons }) => buttons.includes('Approve'))).toEqual([]);
  });
});

it('is credited to both people in figures, on the page and in the file, which has the same numbers', async () => {
  const { card } = await asked();
  await work.make(actor(tom), 'Approve', card);
  await actor(ada).openHome();
  await actor(ada).waitForHome(({ buttons }) => buttons.includes('Figures'));
  await actor(ada).press('Figures', { in: 'home' });
  const shown = await actor(ada).waitForHome(({ text }) => text.includes('Second approvals'));
  expect(shown.text).toContain(`<@${actor(dana).id}>  ·  asked`);
  expect(shown.text).toContain(`<@${actor(tom).id}>  ·  approved`);
  await actor(ada).press('Download CSV', { in: 'home' });
  const dm = await actor(ada).waitForDm(({ files }) => files.length > 0);
  const { botToken, apiUrl } = work.world.workspace;
  const { file } = await new WebClient(botToken, { slackApiUrl: apiUrl }).files.info({ file: dm.files[0] ?? '' });
  expect(file?.name).toMatch(/^warmline-figures-.*\.csv$/);
  const answer = await fetch(file?.url_private_download ?? '', { headers: { authorization: `Bearer ${botToken}` } });
  const rows: Record<string, string>[] = parse(await answer.text(), { bom: true, columns: true });
  const filed = /\*?([\d,]+) filed/.exec(shown.text)?.[1];
  expect(rows[0]).toMatchObject({ Of: 'All', Filed: filed });
  const person = rows.find(({ Name }) => Name?.startsWith('Dana'));
  expect(shown.text).toContain(`asked ${person?.['Second approvals asked']}`);
});
