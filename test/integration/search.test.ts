import type { Actor, FillValue, ViewReading } from '../../sandbox/workspace';
import { connect } from '../../src/db/connection';
import type { Move } from '../../src/domain/moves/declared';
import { figuresOf } from '../../src/services/figures';
import { type CaseWork, DAY, startCaseWork } from '../support/case-work';
import { type Given, storedAfter, storedCase } from '../support/cases';
import { fileReport, openReport, UNSAFE } from '../support/reports';

const MARKER = 'quokka';
let work: CaseWork;
let id: (name: string) => string;
let own: string;
let highRisk: string;

/** A stored case, dated in the past, so that it comes after those that are filed here. */
async function put(ref: string, daysAgo: number, given: Given = {}, move: Move | null = null): Promise<void> {
  const filedAt = new Date(+work.world.clock.now() - daysAgo * DAY);
  const people = { reporter: id('ben'), owner: id('dana') };
  const filed = storedCase(ref, filedAt, { clocks: [], ...people, ...given, ref });
  const stored = move ? storedAfter(filed, move, filedAt, { actor: people.owner }) : filed;
  await work.records.cases.insert({ ...stored, outbox: [] });
}

beforeAll(async () => {
  work = await startCaseWork({ policy: { repeat_rules: [] } });
  id = (name) => work.as(name).id;
  await Promise.all([
    ...Array.from({ length: 43 }, (_, i) => put(`SPF-${100_001 + i}`, 10 + i, { sj: '700700', title: 'Paged' })),
    put('SPF-200001', 2, { sp: { account: 'ZED-77', name: 'Zebra Heating' } }),
    put('EXC-200002', 3, { kind: 'exception', state: 'in_review', title: 'Late twice' }),
    put('SPF-200003', 4, {}, { type: 'resolve', outcome: 'warning_issued', text: 'Warned about the ladder.' }),
    put('SPF-200004', 5, { area: 'East', owner: id('priya'), answers: { customer_details: 'The giraffe left' } }),
  ]);
  own = (await work.file(work.as('amira'), { sj: '700900', details: 'Water stains on the ceiling' })).stored.ref;
  await openReport(work.as('amira'), '/high-risk', 'ACC100 700901');
  await work.as('amira').fill({ ...UNSAFE, 'What happened': `An open ${MARKER} line was left behind.` });
  highRisk = (await fileReport(work.world, work.records, work.as('amira'))).ref;
});
afterAll(() => work.stop());

/** Opens the search and fills it in. */
async function asks(actor: Actor, entries: Readonly<Record<string, FillValue>>): Promise<void> {
  await actor.command('/warmline search');
  await actor.waitForModal(({ labels }) => labels.includes('Words'));
  await actor.fill(entries);
}
/** The results; the window is closed. */
async function finds(actor: Actor, entries: Readonly<Record<string, FillValue>>): Promise<ViewReading> {
  await asks(actor, entries);
  const { updated, ...otherwise } = await actor.submit();
  if (!updated) throw new Error(`No results: ${JSON.stringify(otherwise)}`);
  await actor.close();
  return updated;
}
/** From the rows; the search above them has no stars. */
const refsIn = ({ text }: ViewReading) => [...text.matchAll(/([A-Z]{3}-\d{6})>?\*/g)].map(([, ref = '']) => ref);

describe('a search', () => {
  it.each([
    ['SP Account Number', 'zed-77', ['SPF-200001']],
    ['Words', 'ZEBRA', ['SPF-200001']],
    ['Words', 'zeb*', ['SPF-200001']],
    ['Words', 'zeb', []],
    ['Words', 'ladder warned', ['SPF-200003']],
    ['Words', 'giraffe', ['SPF-200004']],
    ['Reference', 'exc-200002', ['EXC-200002']],
    ['Kind', ['Exception'], ['EXC-200002']],
    ['State', ['In review'], ['EXC-200002']],
    ['Outcome', ['Warning issued', 'Coaching given'], ['SPF-200003']],
    ['Area', 'East', ['SPF-200004']],
    ['Filed on or after', '2026-11-01', ['own']],
  ] as const)('by %s "%s" finds %j', async (label, value, refs) => {
    const found = await finds(work.as('ada'), { [label]: typeof value === 'string' ? value : [...value] });
    expect(refsIn(found)).toEqual(refs.map((ref) => (ref === 'own' ? own : ref)));
  });

  it('combines all its conditions, including the person who filed', async () => {
    const ada = work.as('ada');
    expect(refsIn(await finds(ada, { 'Filed by': 'amira' }))).toEqual([own]);
    expect(refsIn(await finds(ada, { 'Filed by': 'amira', 'SJ Number': '700900', Words: 'ceiling' }))).toEqual([own]);
    expect(refsIn(await finds(ada, { 'Filed by': 'ben', 'SJ Number': '700900' }))).toEqual([]);
    const days = { 'Filed on or after': '2026-10-01', 'Filed on or before': '2026-10-01' };
    expect(refsIn(await finds(ada, days))).toHaveLength(1);
  });

  it('starts at once with what was typed after the command, and links to the card', async () => {
    const dana = work.as('dana');
    await dana.command('/warmline search water CEILING');
    const found = await dana.waitForModal(({ text }) => text.includes('newest first'));
    expect(refsIn(found)).toEqual([own]);
    expect(found.text).toContain('“water CEILING”');
    expect(found.text).toContain('*1 of 1*');
    expect(found.text).toMatch(new RegExp(`<https?://[^|>]+\\|${own}>`));
    expect(found.buttons).toEqual(['Change the search', 'Export CSV']);
    await dana.close();
  });

  it('finds what was later added in a note', async () => {
    const dana = work.as('dana');
    expect(refsIn(await finds(dana, { Words: 'wallaby' }))).toEqual([]);
    const { card } = await work.now(own);
    await dana.say('A wallaby was seen.', card.channel, card);
    expect(refsIn(await finds(dana, { Words: 'wallaby' }))).toEqual([own]);
  });

  it('pages back and forth, showing its position', async () => {
    const ada = work.as('ada');
    await asks(ada, { 'SJ Number': '700700' });
    const first = (await ada.submit()).updated;
    const seen: string[][] = [];
    const positions: string[] = [];
    const note = (view: ViewReading) => {
      seen.push(refsIn(view));
      positions.push(/\*(\d.*?)\*/.exec(view.text)?.[1] ?? '');
      return view;
    };
    note(first ?? ada.modal());
    for (const button of ['Older ›', 'Older ›', 'Older ›', 'Older ›', '‹ Newer', '‹ Newer', '‹ Newer', '‹ Newer']) {
      const { hash } = ada.modal();
      await ada.press(button);
      note(await ada.waitForModal((view) => view.hash !== hash));
    }
    expect(positions).toEqual([
      '1-10 of 43',
      '11-20 of 43',
      '21-30 of 43',
      '31-40 of 43',
      '41-43 of 43',
      '31-40 of 43',
      '21-30 of 43',
      '11-20 of 43',
      '1-10 of 43',
    ]);
    expect(seen.slice(0, 5).flat()).toEqual(Array.from({ length: 43 }, (_, i) => `SPF-${100_001 + i}`));
    expect(seen.slice(5)).toEqual(seen.slice(0, 4).reverse());
    expect(ada.modal().buttons).not.toContain('‹ Newer');
    await ada.close();
  });

  it('can be changed, with everything that was entered', async () => {
    const ada = work.as('ada');
    const entered = { Words: 'zebra', Kind: ['SP feedback'], Area: 'West', 'Filed on or after': '2026-10-01' };
    await asks(ada, { ...entered, 'Filed by': 'ben' });
    await ada.submit();
    await ada.press('Change the search');
    const { fields } = await ada.waitForModal(({ labels }) => labels.includes('Words'));
    for (const [label, value] of Object.entries(entered)) expect(fields[label]?.value).toEqual(value);
    expect(fields['Filed by']?.value).toBe(id('ben'));
    expect(refsIn((await ada.submit()).updated ?? ada.modal())).toEqual(['SPF-200001']);
    await ada.close();
  });

  it('shows faults at their fields, and says so if there are no results', async () => {
    const ada = work.as('ada');
    await asks(ada, {
      Words: '?',
      Reference: '12',
      'Filed on or after': '2026-10-02',
      'Filed on or before': '2026-10-01',
    });
    const { errors } = await ada.submit();
    expect(Object.keys(errors ?? {})).toEqual(['Words', 'Reference', 'Filed on or before']);
    expect(ada.modal().fields.Reference?.value).toBe('12');
    await ada.close();
    const nothing = await finds(ada, { Words: 'nowhere' });
    expect(nothing.text).toContain('Nothing found that you can read');
    expect(nothing.buttons).toEqual(['Change the search']);
  });

  it('finds cases stored before there were search words', async () => {
    const connection = await connect(work.world.databaseUri, work.world.log);
    await connection.collection('cases').updateMany({ ref: 'SPF-200001' }, { $unset: { words: '' } });
    expect(refsIn(await finds(work.as('ada'), { Words: 'zebra' }))).toEqual([]);
    const second = await work.world.another();
    for (let time = 0; time < 2; time++) await Promise.all([work.world.app, second].map((app) => app.runJobs('words')));
    await work.world.halt(second);
    expect(refsIn(await finds(work.as('ada'), { Words: 'zebra' }))).toEqual(['SPF-200001']);
    await connection.close();
  });
});

describe('what someone may not read', () => {
  it.each([
    ['dana', 'SPF-200001', true],
    ['tom', 'SPF-200001', true],
    ['priya', 'SPF-200001', false],
    ['priya', 'SPF-200004', true],
    ['dana', 'SPF-200004', false],
    ['ben', 'SPF-200001', true],
    ['amira', 'SPF-200001', false],
    ['rosa', 'SPF-200001', false],
  ] as const)('%s looks for %s: found %s', async (name, ref, found) => {
    expect(refsIn(await finds(work.as(name), { Reference: ref }))).toEqual(found ? [ref] : []);
  });

  it.each(['ada', 'dana', 'tom', 'ben', 'pat'])(
    '%s finds no trace of a need-to-know case, not even in the count',
    async (name) => {
      const actor = work.as(name);
      for (const entries of [
        { Words: MARKER },
        { Reference: highRisk },
        { Kind: ['High-risk report'] },
        { 'SJ Number': '700901' },
      ]) {
        const found = await finds(actor, entries);
        expect(found.text).toContain('Nothing found');
        expect(found.text.replace(/🔎.*/, '')).not.toMatch(new RegExp(`${MARKER}|${highRisk}|1 of`));
      }
      const all = await finds(actor, {});
      const count = Number(/\*1(?:-\d+)? of (\d+)\*/.exec(all.text)?.[1] ?? 0);
      const readable = { ada: 48, dana: 47, tom: 47, ben: 47, pat: 0 }[name];
      expect(count).toBe(readable);
    },
  );

  it.each(['rosa', 'amira'])('%s reads it, and that is on the access log', async (name) => {
    const found = await finds(work.as(name), { Words: MARKER });
    expect(refsIn(found)).toEqual([highRisk]);
    const connection = await connect(work.world.databaseUri, work.world.log);
    const reads = await connection
      .collection('access_log')
      .find({ who: id(name), how: 'search' })
      .toArray();
    await connection.close();
    expect(reads.map(({ ref }) => ref)).toContain(highRisk);
  });
});

describe('figures over all cases', () => {
  it('are for admins and leadership, for Area Managers in their areas, and count need-to-know cases without their text', async () => {
    const days = { from: '2026-01-01', to: '2026-12-31' };
    const { jobDeps } = work.world.app;
    const figures = await figuresOf(jobDeps, days, id('ada'));
    expect(figures?.total.filed).toBe(49);
    expect(figures?.kinds.map(([kind, { filed }]) => [kind, filed])).toEqual([
      ['sp_feedback', 47],
      ['exception', 1],
      ['high_risk', 1],
    ]);
    expect(JSON.stringify(figures)).not.toContain(MARKER);
    const own = await figuresOf(jobDeps, days, id('dana'));
    expect(own?.areas.map(([area]) => area)).toEqual(['West']);
    for (const name of ['amira', 'rosa']) expect(await figuresOf(jobDeps, days, id(name))).toBeNull();
    expect((await figuresOf(jobDeps, { from: '2026-01-01', to: '2026-01-02' }, id('ada')))?.total.filed).toBe(0);
  });
});
