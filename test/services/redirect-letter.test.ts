import { redirectLetter } from '../../src/services/redirect-letter';
import { storedCase } from '../support/cases';
import { startWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

it('an alarm that reached no one goes to no admin whom its case is about', async () => {
  const { jobDeps } = world.app;
  const [ada = '', tom = ''] = ['ada', 'tom'].map((name) => world.workspace.ids.users[name]);
  const deps = { ...jobDeps, admins: [ada, tom] };
  const ref = 'PRV-000777';
  await deps.cases.insert(
    storedCase('000777', deps.now(), { ref, kind: 'provider_report', area: null, subjects: [tom] }),
  );
  const content = { type: 'alarms', about: [`No one on its ladder answered ${ref}.`] } as const;
  await deps.letters.put({ id: 'lost', to: 'U0NOBODY', about: null, at: deps.now(), content });
  await world.pass(60_000);
  expect(await redirectLetter(deps, 'lost', { person: tom, by: ada })).toMatchObject({
    faults: [{ field: 'person', message: expect.stringContaining('or that is about them') }],
  });
  expect(await redirectLetter(deps, 'lost', { person: ada, by: ada })).toEqual({ ok: true });
});
