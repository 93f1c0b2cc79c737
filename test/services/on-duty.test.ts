import { onDuty } from '../../src/services/on-duty';
import { WEST } from '../support/cases';
import { startWorld } from '../support/world';

it('of 500 areas, Slack is asked only about the people of those that are shown', async () => {
  const world = await startWorld();
  const { jobDeps } = world.app;
  const areas = Array.from({ length: 500 }, (_, i) => ({ ...WEST, name: `Area ${i}`, areaManager: `U0${i}` }));
  const asked = new Set<string>();
  const account = async (id: string) => {
    asked.add(id);
    return { active: !id.endsWith('7'), timeZone: null, isBot: false, isGuest: false };
  };
  const deps = {
    ...jobDeps,
    directory: { ...jobDeps.directory, areas: async () => areas },
    people: { ...jobDeps.people, account },
  };
  const { duties, more } = await onDuty(deps, '');
  expect([duties.length, more, asked.size]).toEqual([40, 460, 41]);
  expect(duties.flatMap(({ gone }) => gone)).toEqual(['U07', 'U017', 'U027', 'U037']);
  await world.stop();
});
