import { alarmsPage, openAlarms } from '../../src/services/alarms';
import { redirectLetter } from '../../src/services/redirect-letter';
import { personOf } from '../../src/services/standing';
import { storedCase } from '../support/cases';
import { startWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

it('an alarm about several cases is shown to no admin whom one of them is about', async () => {
  const { jobDeps: deps } = world.app;
  const { ada = '' } = world.workspace.ids.users;
  const given = { ref: 'PRV-000778', kind: 'provider_report', area: null, subjects: [ada] } as const;
  await deps.cases.insert(storedCase('000778', deps.now(), given));
  const about = '2 open cases went to the next in line, SPF-000001 first. 1 could not be passed on, PRV-000778 first.';
  await deps.alarms.raise({ id: 'no_owner:U0', kind: 'no_owner', ref: 'SPF-000001', about, since: deps.now() });
  const reader = await personOf(deps, ada, []);
  expect((await openAlarms(deps, reader)).alarms).toEqual([]);
  expect((await alarmsPage(deps, reader, 0)).rows).toEqual([]);
});

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
