import manifest from '../../manifests/socket.json';
import type { Actor, MessageReading } from '../../sandbox/workspace';
import { type CaseWork, startCaseWork } from '../support/case-work';
import { refIn, submitForm } from '../support/filed';

let work: CaseWork;
let refs: { own: string; others: string; east: string };
const HOURS = 60 * 60_000;
beforeAll(async () => {
  work = await startCaseWork();
  const [amira, ben] = [work.as('amira'), work.as('ben')];
  refs = {
    own: (await work.file(amira, { sj: '881001' })).stored.ref,
    others: (await work.file(ben, { sj: '881002', negatives: ['Poor workmanship'] })).stored.ref,
    east: (await work.file(ben, { account: 'ACC200', sj: '881003' })).stored.ref,
  };
});
afterAll(() => work.stop());

/** Types a lookup in one of their channels and returns what only they see. */
async function asks(actor: Actor, line: string): Promise<MessageReading> {
  const before = new Set(actor.ephemerals().map(({ ts }) => ts));
  await actor.command(line);
  return actor.waitForEphemeral(({ ts }) => !before.has(ts));
}

/** A reference that links to its card. */
const linkOf = (ref: string) => new RegExp(`<https?://[^|>]+\\|${ref}>`);

describe('/case', () => {
  it('finds by reference, SJ number or SP account, with a link to the card', async () => {
    const dana = work.as('dana');
    const short = refs.own.replace(/-0+/, '-');
    for (const text of [refs.own.toLowerCase(), short, short.replace('-', ' '), '881001', 'SJ-881001', '8810 01']) {
      const found = await asks(dana, `/case ${text}`);
      expect(found.content).toMatch(linkOf(refs.own));
      expect(found.content).toContain('1 case you can see');
      expect(found.buttons).toEqual(['Timeline']);
    }
    const all = await asks(dana, '/case acc100');
    expect(all.content).toContain(refs.own);
    expect(all.content).toContain(refs.others);
  });

  it.each([
    ['amira', 'own', true],
    ['amira', 'others', false],
    ['ben', 'others', true],
    ['dana', 'own', true],
    ['tom', 'others', true],
    ['dana', 'east', false],
    ['priya', 'east', true],
    ['priya', 'own', false],
    ['ada', 'own', true],
    ['ada', 'east', true],
  ] as const)('%s asks for the case %s: seen %s', async (name, which, seen) => {
    const found = await asks(work.as(name), `/case ${refs[which]}`);
    expect(found.content.includes('you can see.')).toBe(seen);
    expect(found.content.includes('Nothing you can see')).toBe(!seen);
    expect(found.content.includes('Misdiagnosis') || found.content.includes('Negative feedback')).toBe(seen);
  });

  it('explains how to ask', async () => {
    expect((await asks(work.as('amira'), '/case')).text).toContain('/case SPF-000123');
    expect((await asks(work.as('amira'), '/case <!channel> ??')).text).toContain('/case SPF-000123');
  });
});

describe('/case of a need-to-know case', () => {
  const MARKER = 'zebra-crossing-4711';
  let ref: string;
  beforeAll(async () => {
    const amira = work.as('amira');
    await amira.command('/high-risk ACC100 881009', 'call-floor');
    await amira.waitForModal(({ title }) => title === 'High-risk report');
    await amira.fill({
      'Who is escalating': 'Customer',
      'Who is at risk': ['Customer'],
      Situation: ['Safety Issue'],
      'Is anyone in danger now': 'No',
      'What happened': MARKER,
    });
    ref = refIn(await submitForm(amira));
    await work.world.settled();
  });

  it.each(['dana', 'ada'])('shows %s only that it exists, its severity and state', async (name) => {
    const found = await asks(work.as(name), `/case ${ref}`);
    expect(found.content).toContain(
      'High-risk report: *open*, high. The details are need-to-know. Who reads them: Risk team.',
    );
    expect(found.buttons).toContain('Ask for access');
    const { severityReason } = (await work.now(ref)).stored;
    for (const words of [MARKER, severityReason, 'Safety Issue']) expect(JSON.stringify(found)).not.toContain(words);
  });
  it.each(['ben', 'priya', 'pat'])('shows %s nothing', async (name) => {
    for (const text of [ref, '881009']) {
      const found = await asks(work.as(name), `/case ${text}`);
      expect(found.content).toContain('Nothing you can see');
    }
  });
  it.each(['rosa', 'amira'])('shows %s all of it', async (name) => {
    const { title } = (await work.now(ref)).stored;
    expect((await asks(work.as(name), `/case ${ref}`)).content).toContain(title);
  });
  it('is not shown in the form of someone who may not read it', async () => {
    const ben = work.as('ben');
    const form = await work.fill(ben, { sj: '881009' });
    expect(form.text).not.toContain(ref);
    await ben.close();
  });
});

describe('/sp, /who and help', () => {
  it('counts an SP by tone and code, with what is open', async () => {
    const card = await asks(work.as('dana'), '/sp acc100');
    expect(card.content).toContain('Ace Plumbing (ACC100)');
    expect(card.content).toMatch(/Last 30 days: +0 positive {2}· {2}[23] negative/);
    expect(card.content).toContain('MISDIAG 1');
    expect(card.content).toContain('WORKMANSHIP 1');
    expect(card.content).toContain(refs.own);
    const east = await asks(work.as('priya'), '/sp ACC100');
    expect(east.content).not.toContain('MISDIAG');
    expect(east.content).not.toContain(refs.own);
    expect((await asks(work.as('rosa'), '/sp ??')).text).toContain('Type the SP account number');
  });

  it('says who is on duty, the local time, and whether it is open', async () => {
    const dana = work.as('dana');
    const west = await asks(dana, '/who west');
    expect(west.content).toMatch(/West {2}· {2}Mon 9:\d\d AM PST {2}· {2}open now/);
    expect(JSON.stringify(west.blocks)).toContain(`"user_id":"${dana.id}"`);
    expect(JSON.stringify(west.blocks)).toContain(`"user_id":"${work.as('tom').id}"`);
    expect(west.content).not.toContain('East');
    await work.world.pass(12 * HOURS);
    expect((await asks(dana, '/who')).content).toMatch(/closed now, opens Tue 8:00 AM/);
    expect((await asks(dana, '/who Nowhere')).content).toContain('There is no area *Nowhere*.');
  });

  it.each([
    ['amira', false],
    ['ben', false],
    ['dana', true],
    ['tom', true],
    ['ada', true],
    ['rosa', true],
    ['pat', true],
    ['sam', true],
  ])(
    'helps %s with every command they may use, and no others are allowed to use them (/sp: %s)',
    async (name, scorecard) => {
      const person = work.as(name);
      const help = await asks(person, '/warmline help');
      const commands = Object.fromEntries(
        manifest.features.slash_commands.map(({ command, usage_hint }) => [command, `\`${command} ${usage_hint}\``]),
      );
      const shown = Object.keys(commands).filter((command) => help.content.includes(commands[command] ?? ''));
      expect(shown).toEqual(Object.keys(commands).filter((command) => scorecard || command !== '/sp'));
      const card = await asks(person, '/sp ACC100');
      expect(card.content.includes('Last 30 days')).toBe(scorecard);
      if (!scorecard) expect(card.text).toContain('`/sp` is for those who answer for cases');
    },
  );

  it('shows help for this person', async () => {
    expect((await asks(work.as('amira'), '/warmline help')).content).toContain('among the cases you filed');
    expect((await asks(work.as('dana'), '/warmline help')).content).toContain('the cases of your areas');
  });
});

it("a card's link costs no call to Slack, in a list as in a message", async () => {
  const { stored, card } = await work.file(work.as('amira'));
  await work.make(work.as('dana'), 'Acknowledge', card);
  const told = await work.as('amira').waitForDm(({ buttons }) => buttons.includes('Open the card'));
  expect(told.content).toContain('is on your report');
  expect((await asks(work.as('ada'), '/case acc100')).content).toMatch(linkOf(stored.ref));
  expect(work.world.workspace.traffic.filter(({ name }) => name === 'chat.getPermalink')).toEqual([]);
});
