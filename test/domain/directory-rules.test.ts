import { areaFaults } from '../../src/domain/directory-rules';

it.each([
  ['', 'is empty: name the area'],
  ['x'.repeat(76), 'is longer than 75 characters: shorten it'],
  ['West|East', 'has a bar, a line break or spaces around it: leave them out'],
  ['W\u0435st', 'looks like a Latin'],
  ['default', 'is what policies call all areas without a calendar of their own: choose another name'],
])('an area cannot be named %p', (name, fault) => {
  expect(areaFaults({ name, timeZone: 'America/Denver' })).toEqual([
    { field: 'name', message: expect.stringContaining(fault) },
  ]);
});

it.each(['West', 'Default', 'São Paulo', '北'])('an area can be named %p', (name) => {
  expect(areaFaults({ name, timeZone: 'America/Denver' })).toEqual([]);
});
