import type { Actor, ViewReading } from '../../sandbox/workspace';
import { type CaseWork, startCaseWork } from '../support/case-work';
import { openRecords, type Records } from './records';

let work: CaseWork;
let records: Records;
let amira: Actor;
beforeAll(async () => {
  work = await startCaseWork();
  records = await openRecords(work.world);
  amira = work.as('amira');
  const sp = (account: string, name: string, area = 'West') =>
    ({ account, name, area, phone: null, email: null, status: 'active' }) as const;
  await records.directory.saveProviders([
    sp('SP100275', 'Cascade Appliance Repair'),
    sp('SP100386', 'Pacific HVAC Pros'),
    sp('SP100412', 'Pacific Plumbing'),
  ]);
});
afterAll(async () => {
  await records.close();
  await work.stop();
});

/** Types a command, closes the window it opens, and returns that window. */
async function opened(line: string): Promise<ViewReading> {
  const title = { '/high-risk': 'High-risk report', '/leadership': 'Leadership' }[line.split(' ')[0] ?? ''];
  await amira.command(line, 'call-floor');
  const view = await amira.waitForModal((modal) => modal.title.startsWith(title ?? 'SP'));
  await amira.close({ all: true });
  return view;
}
const answerTo = ({ fields }: ViewReading, label: string) => fields[label]?.value ?? null;
const numbers = (view: ViewReading) => [answerTo(view, 'SP Account Number'), answerTo(view, 'SJ Number')];

describe('numbers typed after a command', () => {
  test.each<[string, string | null, string | null]>([
    ['SP100275 +18005550142', 'SP100275', null],
    ['SP100275 123-45-6789', 'SP100275', null],
    ['SP 100275 556677', 'SP100275', '556677'],
    ['100275,556677', 'SP100275', '556677'],
    ['“SP100275” 556677', 'SP100275', '556677'],
    ['556677 SP100275', 'SP100275', '556677'],
    ['#SP100275 SJ# 556677', 'SP100275', '556677'],
    ['SP100275\u200b 556 677', 'SP100275', '556677'],
    ['\u0405\u0420100275 556677', null, '556677'],
    ['999999 556677', null, null],
    ['24HR Towing 556677', null, '556677'],
  ])('%j', async (typed, account, sj) => {
    expect(numbers(await opened(`/sp-feedback ${typed}`))).toEqual([account, sj]);
  });

  it('are found by every form and by /sp-contact', async () => {
    expect(numbers(await opened('/high-risk SJ 556677, SP 100275'))).toEqual(['SP100275', '556677']);
    await amira.command('/sp-contact 100275 / 556677', 'call-floor');
    const contact = await amira.waitForModal(({ title }) => title === 'SP contact');
    expect(answerTo(contact, 'SJ Number')).toBe('556677');
    await amira.close({ all: true });
  });

  it('are shown again if it is unclear which is which', async () => {
    const view = await opened('/sp-feedback 999999 556677');
    expect(view.text).toContain('You typed “999999 556677”. It is not clear which number is which: type them below.');
  });
});

describe('an SP typed by its name', () => {
  it('is filled in if there is only one', async () => {
    const view = await opened('/sp-feedback Cascade 556677');
    expect(numbers(view)).toEqual(['SP100275', '556677']);
    expect(view.text).toContain('Cascade Appliance Repair');
  });

  it('is offered if there are several, and one press fills it in along with what was typed since', async () => {
    await amira.command('/sp-feedback pacific 556677', 'call-floor');
    const view = await amira.waitForModal(({ text }) => text.includes('Which SP is it?'));
    expect(view.buttons).toEqual(
      expect.arrayContaining(['SP100386 · Pacific HVAC Pros', 'SP100412 · Pacific Plumbing']),
    );
    await amira.fill({ 'SJ Number': '556688' });
    await amira.press('SP100412 · Pacific Plumbing');
    const filled = await amira.waitForModal(({ text }) => text.includes('Area West'));
    expect(numbers(filled)).toEqual(['SP100412', '556688']);
    expect(filled.text).not.toContain('Which SP is it?');
    await amira.close({ all: true });
  });

  it('that does not exist is reported, and the field stays empty', async () => {
    const view = await opened('/sp-feedback Pacfic Plumbing 556677');
    expect(numbers(view)).toEqual([null, '556677']);
    expect(view.text).toContain('You typed “Pacfic Plumbing”. No SP goes by that name: type the account number.');
  });

  it('is found by /sp and /case, too', async () => {
    const dana = work.as('dana');
    const asks = async (line: string) => {
      const before = new Set(dana.ephemerals().map(({ ts }) => ts));
      await dana.command(line);
      return dana.waitForEphemeral(({ ts }) => !before.has(ts));
    };
    const { stored } = await work.file(work.as('ben'), { sj: '556699' });
    expect((await asks('/sp pacific plumbing')).content).toContain('Pacific Plumbing');
    expect((await asks('/sp pacific')).content).toContain('SP100386 · Pacific HVAC Pros · West');
    expect((await asks('/sp nobody at all')).content).toContain('No SP goes by “nobody at all”');
    expect((await asks('/case ace plumbing')).content).toContain(stored.ref);
    expect((await asks('/case SJ# 556699')).content).toContain(stored.ref);
  });
});

it('takes the text after the numbers as the details, whichever question asks for them', async () => {
  const risk = await opened('/high-risk SP100275 556677 he threatened her at the door');
  expect(answerTo(risk, 'What happened')).toBe('he threatened her at the door');
  await amira.command('/sp-feedback SP100275 556677 on time, great work', 'call-floor');
  await amira.waitForModal(({ title }) => title === 'SP feedback');
  await amira.choose('SP Feedback from Customer: Positive');
  const form = await amira.waitForModal(({ labels }) => labels.includes('Positive Customer Feedback'));
  expect(answerTo(form, "Details of Customer's Experience with SP")).toBe('on time, great work');
  await amira.close({ all: true });
});

it('explains itself instead of taking "help" for an SP', async () => {
  await amira.command('/sp-feedback help', 'call-floor');
  const told = await amira.waitForEphemeral(({ content }) => content.includes('/sp-feedback'));
  expect(told.content).toContain('words after the numbers become the details');
  expect(amira.modalCount).toBe(0);
});
