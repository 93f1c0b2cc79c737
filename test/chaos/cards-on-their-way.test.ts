import type { MessageReading } from '../../sandbox/workspace';
import { holdSp } from '../../src/services/hold-sp';
import { redrawCards } from '../../src/services/redraw-cards';
import { type CaseWork, startCaseWork } from '../support/case-work';
import { type Front, frontFor } from '../support/front';
import { fileReport, openReport, UNSAFE } from '../support/reports';
import { until } from '../support/until';

const [POST, UPDATE] = ['chat.postMessage', 'chat.update'];
const UNKNOWN = { status: 500, body: { ok: false, error: 'internal_error' } };

let work: CaseWork;
let front: Front;
beforeAll(async () => {
  work = await startCaseWork({
    retry: { firstMs: 10, longestMs: 40 },
    between: frontFor((made) => {
      front = made;
    }),
  });
});
afterAll(() => work.stop());
afterEach(() => {
  front.on(POST, null);
  front.on(UPDATE, null);
});

/** Makes someone wait until it is opened. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}
/** Fills and submits a button's window; messages may still be on their way. */
async function made(button: string, on: MessageReading, entries: Record<string, string>) {
  const dana = work.as('dana');
  await work.open(dana, button, on);
  await dana.fill(entries);
  expect(await dana.submit()).toEqual({ closed: true });
}
const shown = ({ channel, ts }: MessageReading) => work.world.workspace.thread(channel, ts)[0]?.content ?? '';

it('a redraw without an answer that arrives once its case has moved gives way to the pointer again', async () => {
  const { card } = await work.file(work.as('amira'));
  const first = gate();
  const late: (() => Promise<unknown>)[] = [];
  front.on(UPDATE, ({ ts }, forward) => {
    if (ts !== card.ts) return null;
    late.push(forward);
    first.open();
    return UNKNOWN;
  });
  await made('Add note', card, { Note: 'Called them twice.' });
  await first.opened;
  await made('Reassign', card, {
    'To the Area Manager of': 'East',
    'Summary for the new owner': 'The SP moved east.',
  });
  front.on(UPDATE, null);
  await until(() => shown(card).includes('moved to'), 'the pointer');
  await work.world.settled();
  await late[0]?.();
  expect(shown(card)).not.toContain('moved to');
  await work.world.pass(61_000);
  await until(() => shown(card).includes('moved to'), 'the pointer again');
});

it('a card that was being drawn when its SP was put on legal hold shows the hold', async () => {
  const { card } = await work.file(work.as('amira'));
  const [reached, held] = [gate(), gate()];
  front.on(UPDATE, async ({ ts }, forward) => {
    if (ts !== card.ts) return null;
    front.on(UPDATE, null);
    const body = await forward();
    reached.open();
    await held.opened;
    return { body };
  });
  await made('Add note', card, { Note: 'Called them twice.' });
  await reached.opened;
  const deps = work.world.app.jobDeps;
  const put = { is: 'put', reason: 'A claim.' } as const;
  expect(await holdSp(deps, { account: 'ACC100', by: work.as('ada').id, expected: null, answer: put })).toBeNull();
  await redrawCards(deps, 'ACC100');
  held.open();
  await until(() => shown(card).includes('Legal hold on the SP'), 'the hold on the card');
});

describe('a need-to-know card on its way to a channel that another company may read by then', () => {
  const desk = () => work.world.workspace.ids.channels['risk-desk'];
  const inDesk = () => work.world.workspace.messages('risk-desk').map(({ content }) => content);
  /** Reports it; what `then` does happens once the card is there, and before Warmline hears that. */
  async function reported(sj: string, then: () => Promise<{ status?: number; body: Record<string, unknown> } | null>) {
    front.on(POST, async ({ channel, text }, forward) => {
      if (channel !== desk() || !String(text).includes(sj)) return null;
      front.on(POST, null);
      const body = await forward();
      return (await then()) ?? { body };
    });
    const amira = work.as('amira');
    await openReport(amira, '/high-risk', `ACC200 ${sj}`);
    await amira.fill(UNSAFE);
    return fileReport(work.world, work.records, amira);
  }
  afterEach(() => work.world.workspace.unshare('risk-desk'));

  /** All that the desk shows of a case is that it moved, and nothing is left to send. */
  async function expectOnlyPointer(ref: string): Promise<void> {
    expect(
      inDesk()
        .filter((content) => content.includes(ref))
        .map((content) => content.includes('moved to')),
    ).toEqual([true]);
    await until(async () => (await work.records.of(ref)).outbox.length === 0, 'everything to be sent');
  }

  it('becomes a pointer if Slack reported the sharing before the card was known to be there', async () => {
    const alarms = () => work.world.logged.filter((line) => line.includes('"alarm":"shared_outside"')).length;
    const { ref } = await reported('930101', async () => {
      await work.world.workspace.share('risk-desk', 'T0OTHER');
      await until(() => alarms() > 0, 'the look at the channel');
      return null;
    });
    await until(() => !inDesk().join().includes('SJ 930101'), 'the pointer');
    await expectOnlyPointer(ref);
  });

  it('becomes a pointer if its answer was lost', async () => {
    const { ref } = await reported('930102', async () => {
      await work.world.workspace.share('risk-desk', 'T0OTHER', { silent: true });
      work.world.workspace.clock.advance(5 * 60_000);
      return UNKNOWN;
    });
    const main = async () => (await work.records.of(ref)).posts.find(({ id }) => id === 'main');
    await until(async () => (await main())?.show === 'redacted', 'the stand-in');
    await until(() => !inDesk().join().includes('SJ 930102'), 'the pointer');
    await expectOnlyPointer(ref);
  });
});
