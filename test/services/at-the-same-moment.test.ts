import { callSpecialists } from '../../src/services/call-specialists';
import { holdSp } from '../../src/services/hold-sp';
import type { SendLetter } from '../../src/services/ports/letters';
import { sendLetters } from '../../src/services/send-letters';
import { startWorld, type World } from '../support/world';

const MINUTE = 60_000;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const fail = (_about: unknown, error: unknown) => {
  throw error;
};
const place = { channel: 'D0AMIRA', ts: '1793638900.000100' };
const arrives: SendLetter = async (_letter, _again, ids) => ({ is: 'sent', ids, place });

it('admins hear of a request to lift the hold on an SP, although another request lost to it', async () => {
  const { jobDeps: deps } = world.app;
  const request = { account: 'ACC901', expected: 1 };
  const put = { is: 'put', reason: 'A claim.' } as const;
  const ask = { is: 'ask', reason: 'Settled.' } as const;
  expect(await holdSp(deps, { ...request, expected: null, by: 'U0ADA', answer: put })).toBeNull();
  const write: typeof deps.configuration.write = async (change) => {
    expect(await holdSp(deps, { ...request, by: 'U0ADA', answer: ask })).toBeNull();
    return deps.configuration.write(change);
  };
  const slower = { ...deps, configuration: { ...deps.configuration, write } };
  expect(await holdSp(slower, { ...request, by: 'U0TOM', answer: ask })).toContain('Someone else changed this');
  expect(await deps.letters.pending('sp_hold:ACC901')).not.toBeNull();
});

it('a caller waits on, if another instance sends the call to the specialists first', async () => {
  const { jobDeps: deps } = world.app;
  const put: typeof deps.letters.put = async (letter) => {
    const isNew = await deps.letters.put(letter);
    await sendLetters(deps, arrives, fail);
    return isNew;
  };
  const caller = { id: 'V0CALL', agent: 'U0AMIRA', sp: 'ACC100', sj: '556677', claimedBy: null, claimedAt: null };
  const slower = { ...deps, letters: { ...deps.letters, put } };
  expect(await callSpecialists(slower, arrives, { ...caller, askedAt: world.clock.now() })).toBe('called');
  expect(await deps.transfers.byId('V0CALL')).toMatchObject({ claimedBy: null });
});

it('where a letter about a case is stays known, although its sender died before it stored that', async () => {
  const { jobDeps: deps } = world.app;
  const letter = { id: 'late', to: 'U0AMIRA', about: null, at: world.clock.now() };
  await deps.letters.put({ ...letter, content: { type: 'stored_late', ref: 'SPF-000001', move: null } });
  const known: string[] = [];
  const dies = async () => {
    throw new Error('The process died.');
  };
  const remember = async (ref: string) => void known.push(ref);
  const died: unknown[] = [];
  const dying = { ...deps, cases: { ...deps.cases, remember: dies } };
  await sendLetters(dying, arrives, (_letter, error) => died.push(error));
  expect(died).toHaveLength(1);
  world.clock.advance(3 * MINUTE);
  await sendLetters({ ...deps, cases: { ...deps.cases, remember } }, arrives, fail);
  expect(known).toEqual(['SPF-000001']);
});
