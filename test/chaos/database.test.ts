import type { MessageReading, Submission } from '../../sandbox/workspace';
import { connect } from '../../src/db/connection';
import { type Door, door } from '../support/door';
import { freshDatabase } from '../support/engine';
import { acknowledge, cardOf, cardsOf, fileFeedback, fillFeedback } from '../support/feedback';
import { type FormSubmission, submitForm } from '../support/filed';
import { startWorld, type World, type WorldOptions } from '../support/world';

const NOT_STORED = /could not save your report yet.*press Submit again/;

let database: Awaited<ReturnType<typeof freshDatabase>>;
let way: Door;
let world: World;
beforeEach(async () => {
  database = await freshDatabase();
  way = await door(database.uri);
  way.open();
});
afterEach(async () => {
  way.release();
  way.open();
  await world.stop();
  await way.close();
  await database.drop();
});

async function enter(options: WorldOptions = {}): Promise<void> {
  world = await startWorld({ databaseUri: way.uri, ...options });
}

const amira = () => world.workspace.as('amira');
const dana = () => world.workspace.as('dana');

/** Submits until it succeeds: how often depends on when the driver finds the database again. */
async function submitUntilFiled(): Promise<FormSubmission> {
  for (let presses = 0; presses < 20; presses++) {
    const submission = await submitForm(amira());
    if (submission.closed) return submission;
    expect(Object.values(submission.errors ?? {})).toEqual([expect.stringMatching(NOT_STORED)]);
  }
  throw new Error('The submission was never taken.');
}

it('an app that starts while the database is down works once it is up, with its indexes', async () => {
  await enter({ start: false });
  way.shut();
  await world.another();
  await amira().command('/sp-feedback ACC100 800000', 'call-floor');
  expect((await amira().waitForModal()).text).not.toContain('Ace Plumbing');

  way.open();
  // The app tries the database once a second, without an outside sign of success.
  for (let known = false, tries = 0; !known && tries < 10; tries++) {
    await amira().close();
    await amira().command('/sp-feedback ACC100 800000', 'call-floor');
    const named = amira().waitForModal(({ text }) => text.includes('Ace Plumbing'), 1000);
    known = await named.then(
      () => true,
      () => false,
    );
  }
  await amira().close();
  await fileFeedback(amira(), '800001');
  await cardOf(world, '800001');
  const connection = await connect(database.uri, world.log);
  expect((await connection.collection('cases').indexes()).map(({ name }) => name)).toContain('ref_1__id_1');
  await connection.close();
});

describe('while the database is down', () => {
  beforeEach(() => enter());

  it('a submission leaves the form open with everything typed and says so; the same one is filed once it is back', async () => {
    await fillFeedback(amira(), '811001');
    way.shut();
    expect(await amira().submit()).toEqual({
      errors: { 'SP Account Number': expect.stringMatching(NOT_STORED) },
    });
    const { fields } = amira().modal();
    expect(fields['SJ Number']?.value).toBe('811001');
    expect(fields['Reason For Feedback']?.value).toBe('Recall Reassignment: Account Inactive');

    way.open();
    expect((await submitUntilFiled()).told?.content).toMatch(/SPF-\d{6}\s+is filed/);
    await cardOf(world, '811001');
    await world.settled();
    expect(cardsOf(world, '811001')).toHaveLength(1);
  });

  it('an answer shows the questions that follow from it all the same', async () => {
    await amira().command('/sp-feedback ACC100 811009', 'call-floor');
    await amira().waitForModal();
    way.shut();
    await amira().fill({ 'Reason For Feedback': 'SP Feedback from Customer: Negative' });
    const next = await amira().waitForModal(({ labels }) => labels.includes('Negative Customer Feedback'));
    expect(next.fields['SJ Number']?.value).toBe('811009');
    way.open();
  });

  it('a button says that nothing was changed; an open window keeps what was typed; both work when it is back', async () => {
    await fileFeedback(amira(), '811002');
    const card = await cardOf(world, '811002');
    await world.settled();
    await dana().press('Resolve', { in: card });
    await dana().waitForModal((modal) => modal.title === 'Resolve');
    await dana().fill({ Outcome: 'Coaching given', 'What the agent can tell the customer': 'Sorted.' });

    way.shut();
    expect(Object.values((await dana().submit()).errors ?? {})).toEqual([expect.stringContaining('could not save')]);
    expect(dana().modal().fields['What the agent can tell the customer']?.value).toBe('Sorted.');
    const tom = world.workspace.as('tom');
    await tom.press('Acknowledge', { in: card });
    await tom.waitForEphemeral((message) => message.text.includes('nothing was changed'));
    expect(tom.modalCount).toBe(0);

    way.open();
    const closed = async (): Promise<Submission> => {
      const submission = await dana().submit();
      return submission.errors ? closed() : submission;
    };
    expect(await closed()).toEqual({ closed: true });
    await amira().waitForDm((message) => message.text.includes('resolved'));
  });

  it('a message sent before its mark was stored is not sent again', async () => {
    await fileFeedback(amira(), '811003');
    const card = await cardOf(world, '811003');
    await world.settled();
    const posting = world.workspace.waitFor(
      (event) =>
        event?.type === 'traffic' &&
        event.entry.name === 'chat.postMessage' &&
        event.entry.durationMs === null &&
        JSON.stringify(event.entry.request).includes('thread_ts'),
    );
    await world.workspace.faults.set({ latencyMs: 100 });
    await dana().press('Acknowledge', { in: card });
    await posting;
    way.shut();
    await dana().waitForReply('am-west', card.ts);
    await world.settled();
    world.workspace.faults.clear();
    way.open();

    await world.workspace.waitFor(
      () => cardsOf(world, '811003')[0]?.text.includes('acknowledged'),
      25_000,
      'the redraw',
    );
    const lines = dana().thread('am-west', card.ts).slice(1);
    expect(lines.map(({ text }) => text)).toEqual([expect.stringContaining('acknowledged')]);
  }, 60_000);
});

describe('while the database is slow', () => {
  beforeEach(() => enter());

  const storedLate = async (sj: string): Promise<void> => {
    await fillFeedback(amira(), sj);
    const held = way.hold('insert');
    const submission = amira().submit();
    await held;
    expect(await submission).toEqual({ errors: { 'SP Account Number': expect.stringMatching(NOT_STORED) } });
    way.release();
    await cardOf(world, sj);
  };

  it('a submission that is stored after all and pressed again is one case', async () => {
    await storedLate('822001');
    const again = (await submitForm(amira())).told?.content;
    expect(again).toMatch(/Already filed as\s+SPF-000001/);
    await world.settled();
    expect(cardsOf(world, '822001').map(({ content }) => content)).toEqual([expect.not.stringContaining('1 note')]);
    await fileNext('822002');
    expect(cardsOf(world, '822001')).toHaveLength(1);
  });

  it('a correction between the two presses becomes a note', async () => {
    await storedLate('822003');
    await amira().fill({
      'Reason For Feedback': 'Recall Reassignment: Customer Driven',
      'Does Customer Have a Complaint Against SP': 'No',
    });
    const told = (await submitForm(amira())).told?.content;
    expect(told).toMatch(/Already filed as\s+SPF-000001 \(SJ 822003\), once\. Your changes are a note on it/);
    const [card] = cardsOf(world, '822003');
    const note = await dana().waitForReply('am-west', card?.ts ?? '', (reply) => reply.text.includes('new note'));
    expect(note.content).toContain('Corrected while filing');
    expect(cardsOf(world, '822003')).toHaveLength(1);
    await acknowledge(dana(), card as MessageReading);
  });

  it('its sender is told by DM that it was filed after all, once, and pressing again does not file another report', async () => {
    await storedLate('822004');
    const told = (message: MessageReading) => message.text.includes('SPF-000001 was filed after all');
    const dm = await amira().waitForDm(told);
    expect(dm.content).toContain('do not need to do it again');
    expect((await submitForm(amira())).told?.content).toMatch(/Already filed as\s+SPF-000001/);
    await world.pass(60_000);
    expect(world.workspace.messages(amira().dmId()).filter(told)).toHaveLength(1);
  });

  it('a person who closed the window and returns with the draft is told that it is already filed; another job is another report', async () => {
    await fillFeedback(amira(), '822005');
    const held = way.hold('insert');
    const submission = amira().submit();
    await held;
    expect((await submission).errors).toBeDefined();
    await amira().close();
    await amira().command('/sp-feedback', 'call-floor');
    await amira().waitForModal(({ fields }) => fields['SJ Number']?.value === '822005');
    way.release();
    await cardOf(world, '822005');
    expect((await submitForm(amira())).told?.content).toMatch(/Already filed as\s+SPF-000001/);
    await fileNext('822006');
    await world.settled();
    expect(cardsOf(world, '822005')).toHaveLength(1);
  });

  it('whoever hears that it was filed and closes the window finds no draft of it', async () => {
    await storedLate('822021');
    await amira().waitForDm(({ text }) => text.includes('SPF-000001 was filed after all'));
    await amira().close({ all: true });
    await world.app.answered();
    await amira().command('/sp-feedback', 'call-floor');
    const { fields } = await amira().waitForModal(({ title }) => title === 'SP feedback');
    expect(fields['SJ Number']?.value ?? null).toBeNull();
    await amira().close({ all: true });
  });

  it('a move that is made late is told by DM, and nothing is made twice', async () => {
    await fileFeedback(amira(), '822007');
    const card = await cardOf(world, '822007');
    await world.settled();
    await dana().press('Resolve', { in: card });
    await dana().waitForModal(({ title }) => title === 'Resolve');
    await dana().fill({ Outcome: 'Coaching given', 'What the agent can tell the customer': 'Sorted.' });
    const held = way.hold('coaching_given');
    const submission = dana().submit();
    await held;
    expect(Object.values((await submission).errors ?? {})).toEqual([expect.stringContaining('could not save')]);
    way.release();
    await dana().waitForDm(({ text }) => text.includes('“Resolve” was done after all'));
    expect(await dana().submit()).toEqual({ closed: true });
    await world.settled();
    const lines = world.workspace.thread('am-west', card.ts).slice(1);
    expect(lines).toHaveLength(1);
  });

  it('if every answer of the store is more than half a second late, a window is answered before Slack gives up', async () => {
    await fillFeedback(amira(), '822008');
    way.slow(700);
    const { errors, closed } = await amira().submit();
    way.slow(0);
    expect(
      closed ||
        Object.values(errors ?? {})
          .join()
          .includes('could not save'),
    ).toBe(true);
    await cardOf(world, '822008');
    await world.settled();
    expect(cardsOf(world, '822008')).toHaveLength(1);
  });

  const fileNext = async (sj: string) => {
    if (amira().modalCount) await amira().close({ all: true });
    await fileFeedback(amira(), sj);
    await cardOf(world, sj);
  };
});
