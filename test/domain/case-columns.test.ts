import { CELL_MAX, caseTable } from '../../src/domain/case-columns';
import { STARTER_CATALOGUE } from '../../src/domain/catalogue';
import { CASE_KINDS } from '../../src/domain/kinds';
import { filedCase, MONDAY, WEST } from '../support/cases';

const { facts } = filedCase();
const context = {
  areas: [WEST],
  timeZone: 'America/Chicago',
  catalogue: STARTER_CATALOGUE,
  names: new Map([['U0DANA', 'Dana Diaz']]),
};
const asRecord = (table: ReturnType<typeof caseTable>, one = facts) =>
  Object.fromEntries(table.header.map((name, i) => [name, table.cells(one)[i]]));

it("has times in UTC and on the area's clock, people by name, answers in the form's words", () => {
  const row = asRecord(caseTable(['sp_feedback'], context));
  expect(row).toMatchObject({
    Reference: 'SPF-000001',
    Kind: 'SP feedback',
    'Filed (UTC)': '2026-11-02T17:00:00.000Z',
    'Filed (area time)': '2026-11-02 09:00:00',
    'Area time zone': 'America/Los_Angeles',
    Owner: 'Dana Diaz',
    'Filed by': 'U0AMIRA',
    'Reason For Feedback': 'Recall Reassignment',
    'Acknowledged (UTC)': '',
  });
  expect(asRecord(caseTable(['sp_feedback'], context), { ...facts, area: null })).toMatchObject({
    'Filed (area time)': '2026-11-02 11:00:00',
    'Area time zone': 'America/Chicago',
  });
});

it('has a column for every question, each header once, and as many cells', () => {
  const table = caseTable(CASE_KINDS, context);
  expect(new Set(table.header).size).toBe(table.header.length);
  expect(table.cells(facts)).toHaveLength(table.header.length);
  expect(asRecord(table)).toMatchObject({ 'SP feedback: Reason For Feedback': 'Recall Reassignment' });
});

it('keeps every cell within the limit of spreadsheets', () => {
  const notes = [{ id: '1', by: 'U0DANA', at: MONDAY, text: 'x'.repeat(50_000), edited: false }];
  const { Notes: cell = '' } = asRecord(caseTable(['sp_feedback'], context), { ...facts, notes });
  expect(cell).toHaveLength(CELL_MAX);
  expect(cell).toMatch(/^Dana Diaz: x+…$/);
});
