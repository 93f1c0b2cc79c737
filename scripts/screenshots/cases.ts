import type { Actor, FillValue, Workspace } from '../../sandbox/workspace';
import type { WarmlineApp } from '../../src/app';

type Entries = Readonly<Record<string, FillValue>>;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const negative = (what: string, details: string): Entries => ({
  'Reason For Feedback': 'SP Feedback from Customer: Negative',
  'Negative Customer Feedback': [what],
  "Details of Customer's Experience with SP": details,
});
const exception = (code: string, details: string): Entries => ({ 'Exception code': code, Details: details });

const REPORTS: readonly (readonly [who: string, command: string, entries: Entries])[] = [
  [
    'amira',
    '/sp-feedback SP100275 556601',
    negative('Missed appointment', 'Booked for Tuesday between 8 and 12; nobody came and nobody called.'),
  ],
  ['amira', '/sp-feedback SP100328 556602', negative('High cost or billing dispute', 'The quote has no detail.')],
  [
    'ben',
    '/sp-feedback SP100345 556603',
    negative('Rude or unprofessional', 'He shouted at the customer on the phone.'),
  ],
  [
    'ben',
    '/sp-feedback SP100386 556604',
    negative(
      'Poor workmanship',
      'The same failure a week after the repair: the drum does not turn, and it hums. The technician said on the phone that the motor he put in was a used one, that the customer had agreed to it, and that he would not come again without being paid for the visit. The customer agreed to nothing of the kind, has the invoice for a new motor in front of them, and wants somebody else to come before the weekend, because there is a newborn in the house and the laundry has piled up since Monday.',
    ),
  ],
  [
    'amira',
    '/high-risk SP100275 556605',
    {
      'Who is at risk': ['Customer'],
      Situation: ['Safety Issue'],
      'Is anyone in danger now': 'No',
      'What happened': 'An open gas line was left behind.',
    },
  ],
  [
    'ben',
    '/provider-report SP100328 556606',
    {
      'Who did it': 'Customer',
      'What kind': ['Harassed'],
      'What happened': 'The customer followed the technician to the car.',
      'When it happened': new Date('2026-11-02T16:00:00Z'),
      'Is the SP safe now': 'Yes',
    },
  ],
  [
    'amira',
    '/leadership SP100345 556607',
    {
      'Follow-up': 'Agrees to wait for a follow-up',
      'Promised callback time': new Date('2026-11-03T22:00:00Z'),
      'Summary for the hand-over': 'Three visits, and the dishwasher still leaks.',
    },
  ],
  ['amira', '/escalate SP100386 556608', exception('COACH', 'Third complaint about manners this month.')],
  ['ben', '/escalate SP100275 556609', exception('GREAT SVC', 'He drove back at night to finish the job.')],
  ['ben', '/sp-feedback SP777001 556610', negative('No work done', 'The technician left after five minutes.')],
  ['amira', '/sp-feedback SP777002 556611', negative('No call, no show', 'Third time this month.')],
];

/**
 * Files some reports of every kind in the demo's workspace, lets time pass, and leaves a question, a draft and a failed
 * message, so that every desk and every admin list has something in it.
 */
export async function fileSomeReports(workspace: Workspace, app: WarmlineApp): Promise<void> {
  const settled = () => app.delivered();
  for (const [who, line, entries] of REPORTS) await file(workspace.as(who), line, entries);
  await settled();

  const ada = workspace.as('ada');
  const [question] = ada.read('admin-review').filter(({ content }) => content.includes('556608'));
  if (!question) throw new Error('No exception came to #admin-review.');
  await ada.press('Return with a question', { in: question });
  await ada.waitForModal();
  await ada.fill({ 'Question for the agent': 'On which of the three calls did you hear it yourself?' });
  await ada.submit();

  const [first] = workspace.messages('am-west').filter(({ content }) => content.includes('556601'));
  if (!first) throw new Error('No card came to #am-west.');
  workspace.archive('leadership-desk');
  const dana = workspace.as('dana');
  await dana.choose('Escalate', { in: first });
  await dana.waitForModal(({ title }) => title === 'Escalate');
  await dana.fill({ 'What do you need from leadership?': 'The customer is on the news.' });
  await dana.submit();
  await settled();
  workspace.unarchive('leadership-desk');

  const [second] = workspace.messages('am-west').filter(({ content }) => content.includes('556602'));
  if (!second) throw new Error('No second card came to #am-west.');
  await dana.press('Acknowledge', { in: second });
  await dana.waitForEphemeral(({ buttons }) => buttons.includes('Change next update'));
  await dana.press('Resolve', { in: second });
  await dana.waitForModal(({ title }) => title === 'Resolve');
  await dana.fill({ Outcome: 'Customer made whole', 'What the agent can tell the customer': 'The bill is halved.' });
  await dana.submit();

  const amira = workspace.as('amira');
  await amira.command('/sp-feedback SP100328 556612', 'call-floor');
  await amira.waitForModal(({ text }) => text.includes('Area West'));
  await amira.fill({ 'Reason For Feedback': 'SP Internal Feedback: Negative' });
  await amira.close();
  await settled();

  await workspace.clock.advance(4 * HOUR + 20 * MINUTE);
  await app.runJobs();
  await settled();
}

async function file(agent: Actor, line: string, entries: Entries): Promise<void> {
  await agent.command(line, 'call-floor');
  await agent.waitForModal();
  const known = line.includes('SP777') ? 'not in the directory' : 'Area West';
  await agent.waitForModal(({ text }) => line.startsWith('/escalate') || text.includes(known));
  await agent.fill(entries);
  const { closed, errors } = await agent.submit();
  if (!closed) throw new Error(`${line} was not filed: ${JSON.stringify(errors)}`);
}
