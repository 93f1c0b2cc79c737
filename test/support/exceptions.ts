import type { Actor, FillValue, MessageReading, ViewReading } from '../../sandbox/workspace';
import { type ContactAttempt, isExempt } from '../../src/domain/contact-rule';
import type { StoredCase } from '../../src/services/ports/cases';
import type { ContactStore } from '../../src/services/ports/records';
import type { Records } from '../integration/records';
import { type FormSubmission, refIn, submitForm } from './filed';
import type { World } from './world';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

type Entries = Readonly<Record<string, FillValue>>;
/** A valid second attempt that did not reach the SP. */
export const SECOND: Entries = {
  'Did you reach the SP?': 'No',
  'What did you leave?': ['Voicemail left', 'Public with Email note sent'],
};
export const FIRST: Entries = {
  'Did you reach the SP?': 'No',
  'What did you leave?': ['Voicemail left', 'Note left on the job'],
};

/** Types a command and returns the window it opens, whatever other window is still there. */
export async function opened(agent: Actor, line: string, title: string): Promise<ViewReading> {
  const before = agent.modalCount > 0 ? agent.modal().id : null;
  await agent.command(line, 'call-floor');
  return agent.waitForModal((modal) => modal.id !== before && modal.title === title);
}

/** Records an attempt about an SJ; returns the confirmation, and closes it. */
export async function attempt(agent: Actor, sj: string, entries: Entries = FIRST): Promise<ViewReading> {
  await opened(agent, `/sp-contact ${sj}`, 'SP contact');
  await agent.fill(entries);
  const { updated, errors } = await agent.submit();
  if (!updated) throw new Error(`The attempt was not recorded: ${JSON.stringify(errors)}`);
  await agent.close();
  return updated;
}

/** The stored first attempt to reach the SP of a job. */
export async function firstAttempt(contacts: ContactStore, sj: string): Promise<ContactAttempt> {
  const [first] = await contacts.ofSj(sj);
  if (!first) throw new Error(`SJ ${sj} has no attempt.`);
  return first;
}

/** Opens the exception form about an SJ and fills it in, without submitting. */
export async function exceptionForm(agent: Actor, sj: string, entries: Entries = {}, account = 'ACC100') {
  await opened(agent, `/escalate ${account} ${sj}`, 'Exception');
  const { 'Exception code': code = 'NCNS', ...others } = entries;
  const calledBack = isExempt(String(code)) ? {} : { 'Has the customer called back': 'Yes' };
  return agent.fill({ 'Exception code': code, ...calledBack, ...others, Details: 'Nobody came and nobody called.' });
}

/** Submits the form on screen, which must be accepted; returns the case and its card. */
export async function escalated(world: World, records: Records, agent: Actor) {
  const { ref, confirmation } = refOf(await submitForm(agent));
  await world.settled();
  const stored = await records.of(ref);
  return { ref, confirmation, stored, card: cardIn(world, stored) };
}

function refOf(submission: FormSubmission) {
  const ref = refIn(submission);
  const { told, ...rest } = submission;
  if (!ref || !told) throw new Error(`The exception was not filed: ${JSON.stringify(rest)}`);
  return { ref, confirmation: told };
}

/** The card of a case where it is worked on now. */
export function cardIn({ workspace }: World, { ref, posts }: StoredCase): MessageReading {
  const sent = posts.find(({ show }) => show !== 'pointer')?.sent;
  const card = sent && workspace.thread(sent.channel, sent.ts)[0];
  if (!card) throw new Error(`${ref} has no card.`);
  return card;
}

/** Whether a window or a message shows this time, to the second, whatever the reader's zone. */
export const showsMoment = ({ blocks }: Pick<ViewReading, 'blocks'>, at: Date): boolean =>
  JSON.stringify(blocks).includes(`"timestamp":${+at / 1000}`);

/** Moves the clock to a future time, and runs what became due. */
export const passTo = (world: World, at: Date | string) => world.pass(+new Date(at) - +world.clock.now());
