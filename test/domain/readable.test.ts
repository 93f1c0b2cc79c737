import fc from 'fast-check';
import { mayRead, type Person, type Readable, readable } from '../../src/domain/access';
import type { CaseFacts } from '../../src/domain/case';
import type { Area } from '../../src/domain/directory';
import { CASE_KINDS } from '../../src/domain/kinds';
import { ROLES } from '../../src/domain/role';
import { WEST } from '../support/cases';

type Known = Parameters<typeof mayRead>[0] & { readonly area: string | null };
const IDS = ['U0ME', 'U0DANA', 'U0TOM'] as const;
const id = fc.constantFrom(...IDS);
const few = <T>(one: fc.Arbitrary<T>) => fc.uniqueArray(one, { maxLength: 2 });

const facts: fc.Arbitrary<Known> = fc.record({
  ref: fc.constantFrom('SPF-000001', 'HRR-000001'),
  kind: fc.constantFrom(...CASE_KINDS),
  area: fc.constantFrom('West', 'East', null),
  owner: fc.option(id),
  reporter: id,
  followers: few(id),
  subjects: few(id),
  marks: few(fc.constantFrom<CaseFacts['marks'][number]>('sp_at_risk', 'sensitive', 'lawsuit')),
});
const area = (name: string): fc.Arbitrary<Area> =>
  fc.record({ areaManager: fc.option(id), deputy: fc.option(id) }).map((people) => ({ ...WEST, name, ...people }));
const person: fc.Arbitrary<Person> = fc.record({
  id,
  isAdmin: fc.boolean(),
  isManager: fc.boolean(),
  roles: fc.uniqueArray(fc.constantFrom(...ROLES)),
  standsFor: few(id),
  grants: few(fc.constantFrom('SPF-000001', 'HRR-000001')).map((refs) =>
    refs.map((ref) => ({ ref, by: 'U0DANA', until: new Date(), seq: 7 })),
  ),
});

/** What a store does with it. */
const fits = (one: Known, { refs, kinds, areas, reporter, owner, follower, mark }: Readable) =>
  (!refs || refs.includes(one.ref)) &&
  (!kinds || kinds.includes(one.kind)) &&
  (!areas || (one.area !== null && areas.includes(one.area))) &&
  (!reporter || one.reporter === reporter) &&
  (!owner || one.owner === owner) &&
  (!follower || one.followers.includes(follower)) &&
  (!mark || one.marks.includes(mark));

it('a store is asked for exactly what someone may read', () => {
  fc.assert(
    fc.property(facts, fc.tuple(area('West'), area('East')), person, (one, areas, reader) => {
      const its = areas.find(({ name }) => name === one.area) ?? null;
      const asked = !one.subjects.includes(reader.id) && readable(reader, areas).some((part) => fits(one, part));
      expect(asked).toBe(mayRead(one, reader, its));
    }),
    { numRuns: 3000 },
  );
});

it('an admin with every reading role has no conditions', () => {
  expect(
    readable({ id: 'U0ME', isAdmin: true, isManager: false, roles: [...ROLES], standsFor: [], grants: [] }, []),
  ).toEqual([{}]);
});

it('someone without any role reads what they filed, follow or own', () => {
  const parts = readable({ id: 'U0ME', isAdmin: false, isManager: false, roles: [], standsFor: [], grants: [] }, []);
  expect(parts.flatMap((part) => Object.keys(part).filter((field) => field !== 'kinds'))).toEqual([
    'reporter',
    'owner',
    'follower',
  ]);
});
