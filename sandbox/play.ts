import type { WarmlineApp } from '../src/app';
import type { MessageReading, Workspace } from './workspace';

/** Plays one report from the agent's command to the resolution, and says what each person sees. */
export async function playReport(workspace: Workspace, app: WarmlineApp, say: (line: string) => void): Promise<void> {
  const amira = workspace.as('amira');
  const dana = workspace.as('dana');
  const names = new Map(Object.entries(workspace.ids.users).map(([name, id]) => [id, name]));
  /** Mentions by name, and times in words. */
  const legible = (text: string) =>
    text.replace(/<@(\w+)>/g, (_, id: string) => `@${names.get(id) ?? id}`).replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1');
  const sj = String(Math.floor(+workspace.clock.now() / 1000) % 100_000_000).padStart(8, '0');
  const show = (who: string, { content }: MessageReading) => say(indent(`${who} sees:`, legible(content)));

  say(`Amira types /sp-feedback SP100275 ${sj}`);
  await amira.command(`/sp-feedback SP100275 ${sj}`, 'call-floor');
  await amira.waitForModal((modal) => modal.text.includes('Area West'));
  await amira.fill({
    'Reason For Feedback': 'SP Feedback from Customer: Negative',
    'Negative Customer Feedback': ['Missed appointment'],
    "Details of Customer's Experience with SP": 'The customer waited all Tuesday and nobody came or called.',
  });
  await amira.submit();
  show('Amira', await amira.waitForEphemeral(({ content }) => content.includes('is filed')));

  const card = await dana.waitForMessage('am-west', (message) => message.content.includes(sj));
  show('Dana', card);
  await dana.press('Acknowledge', { in: card });
  say('Dana acknowledges.');
  show('Amira', await amira.waitForDm(({ content }) => content.includes(sj)));

  await dana.press('Resolve', { in: card });
  await dana.waitForModal(({ title }) => title === 'Resolve');
  await dana.fill({
    Outcome: 'Coaching given',
    'What the agent can tell the customer': 'A new visit is booked for tomorrow at nine.',
  });
  await dana.submit();
  say('Dana resolves it: coaching given.');
  show('Amira', await amira.waitForDm(({ content }) => content.includes('resolved') && content.includes(sj)));
  await app.delivered();
  show('Everybody in #am-west', dana.read('am-west').find(({ ts }) => ts === card.ts) ?? card);
}

const indent = (title: string, text: string) => `${title}\n${text.replace(/^/gm, '    │ ')}\n`;
