import type { StoredCase } from '../../src/services/ports/cases';
import type { Records } from '../integration/records';
import { refIn, submitForm } from './filed';
import { fillForm, showAll } from './fill-form';
import { type Entries, type FormCommand, fileReport, openReport } from './reports';
import type { World } from './world';

interface Marked {
  readonly sj: string;
  /** The text in every free-text field. */
  readonly marker: string;
}

interface Marking {
  readonly command: FormCommand;
  readonly entries: Entries;
  /** The question that the last answer opens, if any, which gets the marker, too. */
  readonly opens?: string;
}

/** Amira files a report with the marker in every free-text field, and in the name of its evidence. */
export async function markedReport(
  world: World,
  records: Records,
  { command, sj, entries, marker, opens }: Marked & Marking,
): Promise<StoredCase> {
  const amira = world.workspace.as('amira');
  await openReport(amira, command, `ACC100 ${sj}`);
  await showAll(amira);
  await amira.fill(entries);
  const form = await amira.waitForModal(({ labels }) => !opens || labels.includes(opens));
  // Parsed as a number, and other questions would change.
  const numbers = ['SP Account Number', 'SJ Number', 'Appeal of a decision'];
  for (const { label, type } of Object.values(form.fields)) {
    if (type === 'plain_text_input' && !numbers.includes(label))
      await amira.fill({
        [label]: label.startsWith('Link') ? `https://calls.example/${marker}` : `${marker} ${label}`,
      });
    if (type === 'file_input') await amira.fill({ [label]: [amira.upload(`${marker}.txt`, marker)] });
  }
  return fileReport(world, records, amira);
}

const LAST_PAGE = 12;

/** 10:00 in Los Angeles, where the SP's area is open then. */
function nextThursdayAtTen(now: Date): Date {
  const day = new Date(now);
  day.setUTCHours(18, 0, 0, 0);
  do day.setUTCDate(day.getUTCDate() + 1);
  while (day.getUTCDay() !== 4);
  return day;
}

/** Amira goes through a sensitive leadership interview page by page, with the marker in every free-text field. */
export async function markedInterview(world: World, records: Records, { sj, marker }: Marked): Promise<StoredCase> {
  const amira = world.workspace.as('amira');
  await amira.command(`/leadership ACC100 ${sj}`, 'call-floor');
  await amira.waitForModal(({ title }) => title === 'Leadership concern');
  await fillForm(amira, {
    'Follow-up': 'Agrees to wait for a follow-up',
    'Promised callback time': nextThursdayAtTen(world.clock.now()).toISOString(),
    'Sensitive issues': ['Slander'],
  });
  for (let page = 1; page <= LAST_PAGE; page++) {
    for (const { label, type } of Object.values(amira.modal().fields))
      if (type === 'plain_text_input' && !/Number|number/.test(label))
        await amira.fill({ [label]: `${marker} ${label}`.slice(0, 100) });
    // The reason for skipping the page is one of these texts: once the form is redrawn, nothing in it is required.
    await amira.waitForModal(({ fields }) =>
      Object.values(fields).every(({ optional, value }) => optional || String(value ?? '') !== ''),
    );
    const outcome = await submitForm(amira);
    if (outcome.errors) throw new Error(`page ${page}: ${JSON.stringify(outcome)}`);
    const ref = refIn(outcome);
    if (!ref) continue;
    await world.settled();
    return records.of(ref);
  }
  throw new Error('the interview never ended');
}
