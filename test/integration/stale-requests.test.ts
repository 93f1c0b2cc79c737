import type { Actor, MessageReading } from '../../sandbox/workspace';
import { type CaseWork, startCaseWork } from '../support/case-work';

let work: CaseWork;
let [dana, tom, ada]: Actor[] = [];
const actor = (one: Actor | undefined): Actor => {
  if (!one) throw new Error('The world has not started.');
  return one;
};
beforeAll(async () => {
  work = await startCaseWork();
  [dana, tom, ada] = ['dana', 'tom', 'ada'].map(work.as);
  work.world.workspace.addMember('am-west', 'ada');
});
afterAll(() => work.stop());

async function filed(): Promise<{ ref: string; now: () => Promise<MessageReading> }> {
  const { ref } = (await work.file(work.as('amira'))).stored;
  return { ref, now: async () => (await work.now(ref)).card };
}
const CHANGED = 'Another request waits now than this window shows';

describe('a window that answers a request', () => {
  it('approves no other outcome than the one it shows', async () => {
    const { ref, now } = await filed();
    await work.make(actor(dana), 'Resolve', await now(), { Outcome: 'SP suspended *' });
    const window = await work.open(actor(tom), 'Approve', await now());
    expect(window.text).toContain('SP suspended');
    await work.make(actor(ada), 'Refuse approval', await now(), { Reason: 'Not that.' });
    await work.make(actor(dana), 'Resolve', await now(), { Outcome: 'SP removed from network *' });
    await actor(tom).submit();
    const told = await actor(tom).waitForModal(({ text }) => text.includes(CHANGED));
    expect(told.title).toBe('Approve');
    await actor(tom).close({ all: true });
    expect((await work.now(ref)).stored).toMatchObject({ state: 'open', approval: { outcome: 'sp_removed' } });
    expect(await work.make(actor(tom), 'Approve', await now())).toEqual({ closed: true });
    expect((await work.now(ref)).stored.resolution?.outcome).toBe('sp_removed');
  });

  it('refuses no other outcome than the one it was opened for, and keeps the reason', async () => {
    const { ref, now } = await filed();
    await work.make(actor(dana), 'Resolve', await now(), { Outcome: 'SP suspended *' });
    await work.open(actor(tom), 'Refuse approval', await now());
    await actor(tom).fill({ Reason: 'A warning comes first.' });
    await work.make(actor(ada), 'Refuse approval', await now(), { Reason: 'Not that.' });
    await work.make(actor(dana), 'Resolve', await now(), { Outcome: 'SP removed from network *' });
    expect((await actor(tom).submit()).errors?.Reason).toContain(CHANGED);
    expect(actor(tom).modal().fields.Reason?.value).toBe('A warning comes first.');
    await actor(tom).close({ all: true });
    expect((await work.now(ref)).stored.approval?.outcome).toBe('sp_removed');
  });

  it('does not agree to lift a hold that its writer meant to ask about, or has become the request of', async () => {
    const { ref, now } = await filed();
    await work.make(actor(dana), 'Legal hold', await now(), { Reason: 'A claim.' });
    await work.open(actor(tom), 'Lift legal hold', await now());
    await actor(tom).fill({ Reason: 'The claim is settled.' });
    await work.make(actor(dana), 'Lift legal hold', await now(), { Reason: 'A letter came.' });
    expect((await actor(tom).submit()).errors?.Reason).toContain(CHANGED);
    await actor(tom).close({ all: true });
    expect((await work.now(ref)).stored.legalHold?.lifting?.by).toBe(actor(dana).id);

    await work.open(actor(tom), 'Lift legal hold', await now());
    await work.make(actor(ada), 'Refuse lifting', await now(), { Reason: 'Not yet.' });
    await actor(tom).submit();
    await actor(tom).waitForModal(({ text }) => text.includes(CHANGED));
    await actor(tom).close({ all: true });
    expect((await work.now(ref)).stored.legalHold).toMatchObject({ lifting: null });
  });
});
