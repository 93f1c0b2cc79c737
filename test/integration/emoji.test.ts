import { WebClient } from '@slack/web-api';
import type { Actor } from '../../sandbox/workspace';
import { reportOffer } from '../../src/blocks/reactions';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import { type CaseWork, startCaseWork } from '../support/case-work';

let work: CaseWork;
let amira: Actor;
let dana: Actor;
beforeAll(async () => {
  work = await startCaseWork();
  amira = work.as('amira');
  dana = work.as('dana');
});
afterAll(() => work.stop());

const stateOf = async (ref: string) => (await work.records.of(ref)).state;

describe('an emoji on a card', () => {
  it('acknowledges the case, once, with an ephemeral message; removing it undoes nothing', async () => {
    const { stored, card } = await work.file(amira);
    await dana.react(card, 'eyes');
    const told = await dana.waitForEphemeral(({ text }) => text.includes(stored.ref));
    expect(told.text).toContain('You acknowledged it.');
    expect(told.buttons).toEqual(['Change next update']);
    await work.world.settled();
    expect((await work.records.of(stored.ref)).acknowledged?.by).toBe(dana.id);
    await dana.react(card, 'eyes');
    await work.world.app.answered();
    expect(await stateOf(stored.ref)).toBe('acknowledged');
  });

  it('on a nudge, in the thread or in a DM, counts as on the card', async () => {
    const { world } = work;
    const { stored, card } = await work.file(amira);
    for (const words of ['First.', 'Second.']) await dana.say(words, card.channel, card);
    const due = stored.clocks[0]?.dueAt;
    await world.pass(Number(due) - +world.clock.now() + 60_000);
    const nudge = await world.workspace.waitFor(
      () =>
        world.workspace
          .thread(card.channel, card.ts)
          .find(({ ts, user }) => ts !== card.ts && user === world.workspace.botUserId),
      10_000,
      'the nudge',
    );
    await dana.react(nudge, 'eyes');
    await dana.waitForEphemeral(({ text }) => text.includes(stored.ref));
    expect(await stateOf(stored.ref)).toBe('acknowledged');
  });

  it('offers to resolve it with a button', async () => {
    const { stored, card } = await work.file(amira);
    await dana.react(card, 'white_check_mark');
    const offer = await dana.waitForEphemeral(({ text }) => text.includes(`${stored.ref}: choose what came of it`));
    await dana.press('Resolve', { in: offer });
    await dana.waitForModal(({ title }) => title === 'Resolve');
    await dana.fill({ Outcome: 'Coaching given' });
    expect(await dana.submit()).toEqual({ closed: true });
    await work.world.settled();
    expect(await stateOf(stored.ref)).toBe('resolved');
  });

  it('is refused, with who may, to someone who may not press the button', async () => {
    const { stored, card } = await work.file(amira);
    await amira.react(card, 'eyes');
    await amira.waitForEphemeral(({ text }) => text.includes(`can use Acknowledge on ${stored.ref}`));
    expect(await stateOf(stored.ref)).toBe('open');
  });

  it('is known by every name it has: Slack tells the first of them', async () => {
    const { stored, card } = await work.file(amira);
    const policy = await work.records.directory.policy();
    await work.records.directory.savePolicy(
      { ...policy, emoji: { ...DEFAULT_POLICY.emoji, take: 'thumbsup' } },
      'test',
    );
    await work.world.pass(61_000);
    await dana.react(card, '+1');
    await dana.waitForEphemeral(({ text }) => text.includes(stored.ref));
    expect(await stateOf(stored.ref)).toBe('acknowledged');
    await work.records.directory.savePolicy(policy, 'test');
    await work.world.pass(61_000);
  });

  it('does nothing when it is another one, or the policy has turned it off', async () => {
    const { stored, card } = await work.file(amira);
    await dana.react(card, 'tada');
    await work.world.app.answered();
    const policy = await work.records.directory.policy();
    await work.records.directory.savePolicy(
      { ...policy, emoji: { ...DEFAULT_POLICY.emoji, take: '', resolve: 'tada' } },
      'test',
    );
    await work.world.pass(61_000);
    await dana.react(card, 'eyes');
    await work.world.app.answered();
    expect(await stateOf(stored.ref)).toBe('open');
    await work.records.directory.savePolicy(policy, 'test');
  });
});

it('offers to start a report from any message, which becomes its source', async () => {
  const said = await work.as('ben').say('ACC100 never came, SJ 760002', 'call-floor');
  await amira.react(said, 'warning');
  const offer = await amira.waitForEphemeral(({ text }) => text.includes('Start a report from this message?'));
  expect(offer.buttons).toContain('SP feedback');
  await amira.press('SP feedback', { in: offer });
  const form = await amira.waitForModal(({ text }) => text.includes('Ace Plumbing'));
  expect(form.fields['SJ Number']?.value).toBe('760002');
  await amira.fill({ 'Reason For Feedback': 'Recall Reassignment: Account Inactive' });
  await amira.submit();
  await work.world.settled();
  const [filed] = await work.records.cases.bySj('760002', 1);
  expect(filed?.source).toMatchObject({ channel: said.channel, ts: said.ts });
});

it.each([false, true])(
  'starts no report from a message that was deleted meanwhile (with replies: %s)',
  async (replied) => {
    const ben = work.as('ben');
    const said = await ben.say('ACC100 never came, SJ 760004', 'call-floor');
    if (replied) await ben.say('Again.', 'call-floor', said);
    await amira.react(said, 'warning');
    await work.world.app.answered();
    const offer = amira.ephemerals().at(-1);
    if (!offer) throw new Error('Nothing was offered.');
    await ben.delete(said);
    await amira.press('SP feedback', { in: offer });
    await work.world.app.answered();
    expect(amira.ephemerals().at(-1)?.text).toContain('That message is gone');
    expect(amira.modalCount).toBe(0);
  },
);

it('reads a message only to someone who is in its channel, whatever button they press', async () => {
  const { workspace } = work.world;
  const said = await work.as('rosa').say('ACC100 came with a knife, SJ 760003', 'risk-desk');
  const slack = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl });
  await slack.chat.postMessage({
    channel: amira.id,
    text: 'Start a report from this message?',
    blocks: reportOffer(said.channel, said.ts),
  });
  const offer = await amira.waitForMessage(amira.dm().at(-1)?.channel ?? '', ({ buttons }) =>
    buttons.includes('High-risk report'),
  );
  await amira.press('High-risk report', { in: offer });
  const told = await workspace.waitFor(
    () => [...amira.ephemerals(), ...amira.dm()].find(({ text }) => text.includes('That message is gone')),
    5000,
    'a refusal',
  );
  expect(told.text).toContain('Type the command instead');
  expect(amira.modalCount).toBe(0);
});
