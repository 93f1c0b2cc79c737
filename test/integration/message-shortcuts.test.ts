import type { Actor, FillValue } from '../../sandbox/workspace';
import { cardIn, fileReport, MISTREATED, openReport, UNSAFE } from '../support/reports';
import { startWorld, type World } from '../support/world';
import { openRecords, type Records } from './records';

let world: World;
let records: Records;
let amira: Actor;
let ben: Actor;

beforeAll(async () => {
  world = await startWorld();
  records = await openRecords(world);
  amira = world.workspace.as('amira');
  ben = world.workspace.as('ben');
});
afterAll(async () => {
  await records.close();
  await world.stop();
});

it('starts a high-risk report with the text of a message, which is kept as its source', async () => {
  const message = await ben.say('The tech pulled a knife & <left>.', 'call-floor');
  await amira.shortcut('file_high_risk', message);
  const form = await amira.waitForModal(({ title }) => title === 'High-risk report');
  expect(form.fields['What happened']?.value).toBe('The tech pulled a knife & <left>.');
  const { 'What happened': _told, ...rest } = UNSAFE;
  await amira.fill({ 'SP Account Number': 'ACC100', 'SJ Number': '930001', ...rest });
  const stored = await fileReport(world, records, amira);
  expect(stored.source).toMatchObject({ channel: message.channel, ts: message.ts, author: ben.id });
  expect(stored.source?.permalink).toContain(message.ts.replace('.', ''));
  expect(cardIn(world, stored, 'main').content).toContain('source message');
  expect(cardIn(world, stored, 'area').content).not.toContain('source message');
});

it.each<[string, string, Record<string, FillValue>]>([
  [
    'a customer whose recall went wrong',
    "Details of Customer's Experience with SP",
    {
      'Reason For Feedback': 'Recall Reassignment: Customer Driven',
      'Does Customer Have a Complaint Against SP': 'Yes',
    },
  ],
  [
    'a refusal for another reason',
    'Explanation of Other Refusal',
    {
      'Reason For Feedback': 'Recall Reassignment: SP Refused',
      'SP Refused Reason': 'Other',
    },
  ],
  [
    'negative feedback of our own',
    'Details of Internal Experience with SP',
    { 'Reason For Feedback': 'SP Internal Feedback: Negative' },
  ],
])('fills the text of a message into the details of %s once they are asked', async (_name, label, branch) => {
  const message = await ben.say('He would not come: the dog, he said.', 'call-floor');
  await amira.shortcut('file_sp_feedback', message);
  const first = await amira.waitForModal(({ title }) => title === 'SP feedback');
  expect(first.labels).not.toContain(label);
  await amira.fill(branch);
  const form = await amira.waitForModal(({ labels }) => labels.includes(label));
  expect(form.fields[label]?.value).toBe('He would not come: the dog, he said.');
  await amira.close();
});

it('fills the text of a message into the details of whichever branch of feedback is chosen', async () => {
  const message = await ben.say('Customer says: on time, very kind.', 'call-floor');
  await amira.shortcut('file_sp_feedback', message);
  await amira.waitForModal(({ title }) => title === 'SP feedback');
  const form = await amira.fill({
    'SP Account Number': 'ACC100',
    'SJ Number': '930002',
    'Reason For Feedback': 'SP Feedback from Customer: Positive',
    'Positive Customer Feedback': ['On time'],
  });
  expect(form.fields["Details of Customer's Experience with SP"]?.value).toBe('Customer says: on time, very kind.');
  const stored = await fileReport(world, records, amira);
  expect(stored.answers.customer_details).toBe('Customer says: on time, very kind.');
  expect(stored.source?.author).toBe(ben.id);
});

it('fills in the SP and the job that a message names', async () => {
  const message = await ben.say('Ticket 88: ACC100 never came. SJ 930003, caller Ms. Q, 415-555-0101.', 'call-floor');
  await amira.shortcut('file_sp_feedback', message);
  const form = await amira.waitForModal(({ title }) => title === 'SP feedback');
  expect(form.fields['SP Account Number']?.value).toBe('ACC100');
  expect(form.fields['SJ Number']?.value).toBe('930003');
  await amira.close();
});

/** A message of an app in the call floor's channel. */
async function posted(message: object) {
  const { botToken, apiUrl, ids } = world.workspace;
  const channel = ids.channels['call-floor'] ?? '';
  const response = await fetch(`${apiUrl}chat.postMessage`, {
    method: 'POST',
    body: JSON.stringify({ ...message, channel }),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${botToken}` },
  });
  const { ts } = (await response.json()) as { ts: string };
  return { channel, ts };
}

it('starts a report with what a ticket shows, although the message has no text', async () => {
  const attachment = {
    fallback: 'Ticket 88',
    title: 'Ticket 88',
    text: `ACC100 never came, says <@${ben.id}>`,
    fields: [{ title: 'Caller', value: 'Ms. Q', short: true }],
  };
  const ticket = await posted({ text: '', attachments: [attachment] });
  await amira.shortcut('file_high_risk', ticket);
  const form = await amira.waitForModal(({ title }) => title === 'High-risk report');
  expect(form.fields['What happened']?.value).toBe('Ticket 88\nACC100 never came, says @Ben Cruz\nCaller: Ms. Q');
  expect(form.fields['SP Account Number']?.value).toBe('ACC100');
  await amira.close();
  const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'Outage &amp; smoke' } }];
  await amira.shortcut('file_high_risk', await posted({ text: '', blocks }));
  const other = await amira.waitForModal(({ title }) => title === 'High-risk report');
  expect(other.fields['What happened']?.value).toBe('Outage & smoke');
  await amira.close();
});

it('leaves out the words of a need-to-know card in a report that others read, and says so', async () => {
  const rosa = world.workspace.as('rosa');
  await openReport(amira, '/high-risk', 'ACC100 960090');
  await amira.fill(UNSAFE);
  const stored = await fileReport(world, records, amira);
  const card = cardIn(world, stored, 'main');
  const reply = await rosa.say('They were drunk.', card.channel, card);
  for (const message of [card, reply]) {
    await rosa.shortcut('file_sp_feedback', message);
    const open = await rosa.waitForModal(({ title }) => title === 'SP feedback');
    expect(open.text).toContain('is about a need-to-know case, so its words were left out');
    expect(open.text).toContain(message.ts.replace('.', ''));
    expect(JSON.stringify(open)).not.toMatch(/gas line|drunk|ACC100/);
    await rosa.close();
    await rosa.shortcut('file_high_risk', message);
    const secret = await rosa.waitForModal(({ title }) => title === 'High-risk report');
    expect(secret.fields['What happened']?.value).not.toBeNull();
    await rosa.close();
  }
});

it('leaves out the words of a direct message about a need-to-know case, too', async () => {
  const rosa = world.workspace.as('rosa');
  await openReport(amira, '/high-risk', 'ACC100 960091');
  await amira.fill(UNSAFE);
  const stored = await fileReport(world, records, amira);
  await rosa.press('Resolve', { in: cardIn(world, stored, 'main') });
  await rosa.waitForModal(({ title }) => title === 'Resolve');
  await rosa.fill({ Outcome: 'Coaching given', 'What the agent can tell the customer': 'The gas line is closed.' });
  await rosa.submit();
  const dm = await amira.waitForDm(({ content }) => content.includes('The gas line is closed.'));
  await amira.shortcut('file_sp_feedback', dm);
  const open = await amira.waitForModal(({ title }) => title === 'SP feedback');
  expect(JSON.stringify(open)).not.toMatch(/gas line/);
  await amira.fill({ 'Reason For Feedback': 'SP Feedback from Customer: Negative' });
  const asked = await amira.waitForModal(({ labels }) => labels.includes("Details of Customer's Experience with SP"));
  expect(JSON.stringify(asked)).not.toMatch(/gas line/);
  expect(asked.text).toContain('is about a need-to-know case, so its words were left out');
  await amira.close();
});

it('says that a message has no text, and links it', async () => {
  const wordless = await posted({ text: '', blocks: [{ type: 'divider' }] });
  await amira.shortcut('file_high_risk', wordless);
  const form = await amira.waitForModal(({ title }) => title === 'High-risk report');
  expect(form.fields['What happened']?.value).toBeNull();
  expect(form.text).toContain('has no words to begin with');
  expect(form.text).toContain(wordless.ts.replace('.', ''));
  await amira.close();
});

it('a draft from a long message takes a long story that is typed with the command', async () => {
  const message = await ben.say(`The ticket: ${'it leaked again and again. '.repeat(80)}`, 'call-floor');
  await amira.shortcut('file_sp_feedback', message);
  await amira.waitForModal(({ title }) => title === 'SP feedback');
  await amira.fill({ 'SJ Number': '930077', 'Reason For Feedback': 'Recall Reassignment: Customer Driven' });
  await amira.waitForModal(({ labels }) => labels.includes('Does Customer Have a Complaint Against SP'));
  await amira.close();
  await world.settled();
  const story = `They called again: ${'the caller is angry now. '.repeat(50)}`.trim();
  await amira.command(`/sp-feedback ACC100 930077 ${story}`, 'call-floor');
  const form = await amira.waitForModal(({ title }) => title === 'SP feedback');
  expect(form.text).toContain('Continue your draft');
  await amira.fill({ 'Does Customer Have a Complaint Against SP': 'Yes' });
  const label = "Details of Customer's Experience with SP";
  const next = await amira.waitForModal(({ labels }) => labels.includes(label));
  expect(next.fields[label]?.value).toBe(story);
  await amira.press('Discard');
  await amira.close();
});

it('leaves out the words of a need-to-know card in a report that another team reads', async () => {
  const pat = world.workspace.as('pat');
  await openReport(amira, '/provider-report', 'ACC100 960095');
  await amira.fill({ ...MISTREATED, 'What happened': 'Someone of the risk team shouted at them.' });
  const stored = await fileReport(world, records, amira);
  await pat.shortcut('file_high_risk', cardIn(world, stored, 'main'));
  const form = await pat.waitForModal(({ title }) => title === 'High-risk report');
  expect(JSON.stringify(form)).not.toMatch(/shouted/);
  expect(form.text).toContain('is about a need-to-know case, so its words were left out');
  await pat.close();
});
