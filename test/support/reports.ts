import type { Actor, FillValue, MessageReading, ViewReading } from '../../sandbox/workspace';
import type { StoredCase } from '../../src/services/ports/cases';
import type { Records } from '../integration/records';
import { refIn, submitForm } from './filed';
import type { World } from './world';

export const TITLES = {
  '/sp-feedback': 'SP feedback',
  '/high-risk': 'High-risk report',
  '/provider-report': 'Provider report',
  '/leadership': 'Leadership concern',
} as const;
export type FormCommand = keyof typeof TITLES;
export type Entries = Readonly<Record<string, FillValue>>;

/** Types a command and returns the form it opens. */
export async function openReport(agent: Actor, command: FormCommand, text: string): Promise<ViewReading> {
  await agent.command(`${command} ${text}`.trim(), 'call-floor');
  return agent.waitForModal(({ title }) => title === TITLES[command]);
}

/** Gives a reason to skip a part of the page; returns the page once nothing in that part is required anymore. */
export async function skipPage(agent: Actor, part: string, why: string): Promise<ViewReading> {
  const label = `Why ${part} is skipped`;
  await agent.fill({ [label]: why });
  return agent.waitForModal(({ fields }) => {
    const all = Object.values(fields);
    const last = all.findIndex((field) => field.label === label);
    const first = all.findLastIndex((field, i) => i < last && /^Why .* is skipped$/.test(field.label));
    return all.slice(first + 1, last + 1).every(({ optional }) => optional);
  });
}

/** Submits the window on top, which must be accepted; returns what was stored. `close`: closes all windows, too. */
export async function fileReport(world: World, records: Records, agent: Actor, close = true): Promise<StoredCase> {
  // Of two alternatives, the other is required until the form is redrawn.
  await agent.waitForModal(({ fields }) =>
    Object.values(fields).every(({ optional, value }) => optional || String(value ?? '') !== ''),
  );
  const outcome = await submitForm(agent);
  const ref = refIn(outcome);
  if (!ref) throw new Error(`The form was not accepted: ${JSON.stringify(outcome)}`);
  if (close && agent.modalCount > 0) await agent.close({ all: true });
  await world.settled();
  return records.of(ref);
}

/** The card of a case in one of its places (`main`, `area`, `advocates` …). Throws if it has none there. */
export function cardIn({ workspace }: World, { ref, posts }: StoredCase, post: string): MessageReading {
  const sent = posts.find(({ id }) => id === post)?.sent;
  const card = sent && workspace.thread(sent.channel, sent.ts)[0];
  if (!card) throw new Error(`${ref} has no card in its place "${post}".`);
  return card;
}

/** The thread under a card. */
export const under = ({ workspace }: World, { channel, ts }: MessageReading): MessageReading[] =>
  workspace.thread(channel, ts).slice(1);

/** Answers of the shortest high-risk report. */
export const UNSAFE: Entries = {
  'Who is at risk': ['Customer'],
  Situation: ['Safety Issue'],
  'Is anyone in danger now': 'No',
  'What happened': 'An open gas line was left behind.',
};

/** Answers of the shortest provider report. */
export const MISTREATED: Entries = {
  'Who did it': 'Customer',
  'What kind': ['Harassed'],
  'What happened': 'The customer followed the technician to the car.',
  'When it happened': new Date('2026-11-02T16:00:00Z'),
  'Is the SP safe now': 'Yes',
};
