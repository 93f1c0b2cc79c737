import { acknowledge } from '../support/feedback';
import { submitForm } from '../support/filed';
import { startWorld, type World } from '../support/world';

const HOUR = 60 * 60_000;

describe.each(['socket', 'http'] as const)('SP feedback from a command to the Area Manager, by %s', (mode) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ mode });
  });
  afterAll(() => world.stop());

  async function fileNegative(sj: string) {
    const amira = world.workspace.as('amira');
    await amira.command(`/sp-feedback ACC100 ${sj}`, 'call-floor');
    const form = await amira.waitForModal((modal) => modal.text.includes('Ace Plumbing'));
    expect(form.text).toContain('Area West');
    await amira.fill({
      'Reason For Feedback': 'SP Feedback from Customer: Negative',
      'Negative Customer Feedback': ['Missed appointment'],
      "Details of Customer's Experience with SP": 'Nobody came on Tuesday.',
    });
    const { told } = await submitForm(amira);
    expect(told?.content).toMatch(/SPF-\d{6}\s+is filed/);
    expect(told?.channel).toBe(world.workspace.ids.channels['call-floor']);
    await world.settled();
    const card = world.workspace.messages('am-west').findLast((message) => message.text.includes(sj));
    if (!card)
      throw new Error(
        `no card: ${JSON.stringify(world.workspace.messages('am-west'))} ${world.logged.filter((l) => !l.includes('"level":20')).join('')}`,
      );
    return { amira, card };
  }

  it('is acknowledged, worked on and resolved with buttons, in one card edited in place', async () => {
    const { amira, card } = await fileNegative('556677');
    expect(card.buttons).toEqual(expect.arrayContaining(['Acknowledge', 'Add note', 'Log SP contact', 'Resolve']));
    const dana = world.workspace.as('dana');

    await acknowledge(dana, card);
    await amira.waitForDm((message) => message.text.includes('acknowledged'));
    await dana.waitForReply('am-west', card.ts, (reply) => reply.text.includes('acknowledged'));

    await dana.press('Resolve', { in: card });
    await dana.waitForModal((modal) => modal.title === 'Resolve');
    await dana.fill({ Outcome: 'Coaching given', 'What the agent can tell the customer': 'A new visit is booked.' });
    expect(await dana.submit()).toEqual({ closed: true });
    await amira.waitForDm((message) => message.text.includes('resolved'));
    await world.settled();

    const cards = world.workspace.messages('am-west').filter((message) => message.text.includes('556677'));
    expect(cards).toHaveLength(1);
    expect(cards[0]?.text).toContain('resolved');
    expect(cards[0]?.buttons).not.toContain('Acknowledge');
  });

  it('nudges in the thread if no one acknowledges, then by DM to the owner, and stops once someone does', async () => {
    const { card } = await fileNegative('556688');
    const dana = world.workspace.as('dana');
    await world.pass(4 * HOUR + 60_000);
    const nudges = () => dana.thread('am-west', card.ts).filter((reply) => reply.text.includes('waits for an answer'));
    expect(nudges()).toHaveLength(1);
    expect(dana.dm().filter((message) => message.text.includes('waits for you'))).toHaveLength(0);

    await world.pass(HOUR / 2);
    expect(dana.dm().filter((message) => message.text.includes('waits for you'))).toHaveLength(1);

    await acknowledge(dana, card);
    await world.pass(2 * HOUR);
    expect(nudges()).toHaveLength(1);
  });
});
