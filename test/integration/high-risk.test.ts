import type { Actor } from '../../sandbox/workspace';
import { acknowledge } from '../support/feedback';
import { fillForm } from '../support/fill-form';
import { cardIn, fileReport, openReport, UNSAFE, under } from '../support/reports';
import { startWorld, type World } from '../support/world';
import { openRecords, type Records } from './records';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let world: World;
let records: Records;
let amira: Actor;
let dana: Actor;
let rosa: Actor;
let nextSj = 910_000;
const sj = () => String(nextSj++);

beforeAll(async () => {
  world = await startWorld();
  records = await openRecords(world);
  amira = world.workspace.as('amira');
  dana = world.workspace.as('dana');
  rosa = world.workspace.as('rosa');
});
afterAll(async () => {
  await records.close();
  await world.stop();
});

async function filed(entries = {}, account = 'ACC100') {
  await openReport(amira, '/high-risk', `${account} ${sj()}`);
  await fillForm(amira, { ...UNSAFE, ...entries });
  return fileReport(world, records, amira);
}

describe('the form', () => {
  it('begins with the banner, and shows severity with its reason and every destination before it is submitted', async () => {
    const form = await openReport(amira, '/high-risk', `ACC100 ${sj()}`);
    expect(form.text.split('\n')[0]).toContain('If anyone is in danger now, call the emergency services first.');
    const shown = await amira.fill({ ...UNSAFE, 'Is anyone in danger now': 'Yes' });
    expect(shown.text.split('\n')[1]).toMatch(/^\*Critical because someone is in danger now\.\* Respond by /);
    expect(shown.text).toContain('To *the risk channel*');
    expect(shown.text).toContain(`<#${world.workspace.ids.channels['am-west']}> (redacted)`);
    await amira.close();
  });

  it('is filed with at most seven interactions if SP and SJ are typed in the command', async () => {
    await openReport(amira, '/high-risk', `ACC100 ${sj()}`);
    const touched = Object.entries(UNSAFE);
    for (const [label, value] of touched) await amira.fill({ [label]: value });
    const stored = await fileReport(world, records, amira);
    expect(stored.kind).toBe('high_risk');
    expect(touched.length + 1).toBeLessThanOrEqual(7);
  });
});

describe('where it goes', () => {
  it('in full to the risk channel, redacted to the channel of the area', async () => {
    const stored = await filed({ 'What happened': 'A loaded nail gun on the porch.' });
    expect(stored).toMatchObject({ area: 'West', owner: dana.id, state: 'open' });
    const full = cardIn(world, stored, 'main');
    expect(full.channel).toBe(world.workspace.ids.channels['risk-desk']);
    expect(full.content).toContain('A loaded nail gun on the porch.');
    const redacted = cardIn(world, stored, 'area');
    expect(redacted.channel).toBe(world.workspace.ids.channels['am-west']);
    expect(redacted.content).toContain(stored.ref);
    expect(redacted.content).toContain('need-to-know');
    expect(redacted.content).toContain('Respond by');
    expect(redacted.content).not.toContain('nail gun');
    expect(stored.posts).toHaveLength(2);
  });

  it('to the Provider Advocates as well if the SP is at risk', async () => {
    const stored = await filed({ 'Who is at risk': ['SP'] });
    const copy = cardIn(world, stored, 'advocates');
    expect(copy.channel).toBe(world.workspace.ids.channels['provider-advocates']);
    expect(copy.content).toContain('An open gas line');
  });

  it('can be acknowledged by the Risk team, who work on it along with the Area Manager', async () => {
    const stored = await filed();
    await acknowledge(rosa, cardIn(world, stored, 'main'));
    await world.settled();
    expect((await records.of(stored.ref)).acknowledged?.by).toBe(rosa.id);
    expect(cardIn(world, stored, 'area').content).toContain('Acknowledged');
  });
});

describe('its clocks', () => {
  it('run around the clock: a critical report filed on a Sunday night is due 15 minutes later', async () => {
    const sunday = Date.parse('2026-11-09T07:30:00Z'); // Sunday, 23:30 in Los Angeles
    await world.pass(sunday - +world.clock.now());
    const stored = await filed({ Situation: ['Police Involved'], 'Is anyone in danger now': 'Yes' });
    const due = stored.clocks.find(({ name }) => name === 'acknowledge')?.dueAt;
    expect(+(due ?? 0) - +stored.filedAt).toBe(15 * MINUTE);
    await world.pass(16 * MINUTE);
    const nudges = under(world, cardIn(world, stored, 'main')).filter(({ text }) =>
      text.includes('waits for an answer'),
    );
    expect(nudges).toHaveLength(1);
  });

  it('asks the reporter again for the police report number, and stops once it is answered', async () => {
    const stored = await filed({ Situation: ['Police Involved'] });
    expect(stored.marks).toContain('police_number_missing');
    const asked = () =>
      amira.dm().filter(({ text }) => text.startsWith(`${stored.ref}: the police report number is missing`));
    await world.pass(4 * HOUR - MINUTE);
    expect(asked()).toHaveLength(0);
    await world.pass(2 * MINUTE);
    const [dm] = asked();
    if (!dm) throw new Error('The reporter was not asked.');
    await amira.press('Police report number', { in: dm });
    await amira.waitForModal(({ title }) => title === 'Police report number');
    await amira.fill({ 'Report number': '26-4410', Agency: 'Oakland PD' });
    expect(await amira.submit()).toEqual({ closed: true });
    await world.settled();
    const answered = await records.of(stored.ref);
    expect(answered.answers).toMatchObject({ police_report_number: '26-4410', police_agency: 'Oakland PD' });
    expect(answered.clocks.map(({ name }) => name)).not.toContain('police_number');
    expect(cardIn(world, answered, 'main').content).toContain('26-4410');
    expect(cardIn(world, answered, 'area').content).not.toContain('26-4410');
    await world.pass(24 * HOUR);
    expect(asked()).toHaveLength(1);
  });

  it('does not ask for a number that was given at once', async () => {
    const stored = await filed({ Situation: ['Police Involved'], 'Report number': '26-1' });
    expect(stored.clocks.map(({ name }) => name)).not.toContain('police_number');
  });
});

describe('evidence', () => {
  it('is only in the threads of the full posts, as a copy that only their members can open', async () => {
    const photo = amira.upload('door.jpg', Buffer.from('the door'));
    const stored = await filed({ 'Who is at risk': ['SP'], Evidence: [photo] });
    for (const post of ['main', 'advocates']) {
      const [shared] = under(world, cardIn(world, stored, post)).filter(({ files }) => files.length > 0);
      expect(shared?.files).toHaveLength(1);
      expect(shared?.files).not.toContain(photo);
    }
    expect(cardIn(world, stored, 'main').content).toContain('Evidence: 1 file, in the thread');
    expect(under(world, cardIn(world, stored, 'area')).flatMap(({ files }) => files)).toEqual([]);
    const elsewhere = ['am-west', 'am-east', 'call-floor', 'warmline-unrouted'];
    expect(elsewhere.flatMap((channel) => world.workspace.messages(channel)).flatMap(({ files }) => files)).toEqual([]);
  });

  it('that cannot be shared leaves a line saying so, and delays nothing', async () => {
    const lost = amira.upload('lost.jpg', '');
    const stored = await filed({ Evidence: [lost] });
    const [line] = under(world, cardIn(world, stored, 'main'));
    expect(line?.content).toContain('Evidence 1 of 1 could not be shared here');
    expect(line?.content).toContain('Amira Haddad');
  });
});

describe('a redacted card', () => {
  it('reveals nothing that an answer, an outcome or another clock would, and neither do its thread and its buttons', async () => {
    const stored = await filed({ Situation: ['Police Involved'] });
    expect(stored.clocks.map(({ name }) => name)).toContain('police_number');
    const card = () => cardIn(world, stored, 'area');
    const all = () => JSON.stringify([card().blocks, under(world, card())]);
    expect(card().content).toContain('Respond by');
    expect(card().content).not.toMatch(/police|DM to/i);
    expect(all()).not.toContain(amira.id);
    const full = cardIn(world, stored, 'main');
    await rosa.press('Resolve', { in: full });
    await rosa.waitForModal(({ title }) => title === 'Resolve');
    await rosa.fill({ Outcome: 'SP suspended *' });
    expect(await rosa.submit()).toEqual({ closed: true });
    await world.settled();
    await world.pass(48 * 60 * 60_000);
    expect(under(world, full).some(({ text }) => text.includes('needs a second approval'))).toBe(true);
    expect(all()).not.toMatch(/suspended|approv|police/i);
    expect(card().buttons).not.toContain('Approve');
    expect(all()).not.toContain(amira.id);
  });
});

describe('the thread of a redacted card', () => {
  it('takes notes from people without access, which the full thread shows, and shows nothing from that one', async () => {
    const stored = await filed();
    const redacted = cardIn(world, stored, 'area');
    const full = cardIn(world, stored, 'main');
    await rosa.say('The customer is in hospital.', 'risk-desk', full.ts);
    await rosa.waitForMessage('risk-desk', ({ ts, content }) => ts === full.ts && content.includes('1 note'));
    const reply = await dana.say('I know this crew, call me.', 'am-west', redacted.ts);
    await rosa.waitForMessage('risk-desk', ({ ts, content }) => ts === full.ts && content.includes('2 notes'));
    await world.settled();
    const { notes } = await records.of(stored.ref);
    expect(notes.map(({ text }) => text)).toEqual(['The customer is in hospital.', 'I know this crew, call me.']);
    const said = () => under(world, full).map(({ content }) => content);
    const noted = said().filter((content) => content.includes('I know this crew, call me.'));
    expect(noted).toEqual([expect.stringContaining("Note from the area's thread by Dana Diaz:")]);

    await dana.edit(reply, 'I know this crew: call the owner.');
    await world.workspace.waitFor(() => said().some((content) => content.includes('call the owner')));
    expect(said().at(-1)).toContain("Dana Diaz changed their note in the area's thread:");
    const open = world.workspace.thread(redacted.channel, redacted.ts);
    expect(open.slice(1).map(({ text }) => text)).toEqual(['I know this crew: call the owner.']);
    expect(JSON.stringify(open)).not.toContain('hospital');
  });
});
