import { holdSp } from '../../src/services/hold-sp';
import { startWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

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
