import type { MessageReading } from '../../sandbox/workspace';
import { type CaseWork, startCaseWork } from '../support/case-work';
import { type Front, startFront } from '../support/front';
import { until } from '../support/until';

const UPDATE = 'chat.update';
const UNKNOWN = { status: 500, body: { ok: false, error: 'internal_error' } };

let work: CaseWork;
let front: Front;
beforeAll(async () => {
  work = await startCaseWork({
    retry: { firstMs: 10, longestMs: 40 },
    between: async (apiUrl) => {
      front = await startFront(apiUrl);
      return front;
    },
  });
});
afterAll(() => work.stop());
afterEach(() => {
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
