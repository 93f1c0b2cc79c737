import type { webApi } from '@slack/bolt';
import { contactRecordedModal, readSpContact } from '../../blocks/contacts/sp-contact';
import { formOf } from '../../domain/forms';
import { within } from '../../services/deadline';
import { numbersFor } from '../../services/numbers';
import { recordContact } from '../../services/record-contact';
import { type FormBelow, readContactWindow } from '../../slack/ids/contact';
import { readContactValues } from '../../slack/read-contact';
import type { ListenerDeps } from '../deps';
import { drawnForm } from '../drawn-form';
import { lineOf } from '../form-window';
import type { SubmitArgs } from '../handlers';
import { unlessChanged } from '../open-form';
import { storedInTime } from '../stored-in-time';
import { withFaults } from '../tell';

/**
 * An attempt was submitted: it is stored before the acknowledgment, and the answer shows the next step. If it was
 * opened from a form about the same job, that form is the answer: it returns with everything typed, and the job's
 * current state.
 */
export async function spContactSubmitted(deps: ListenerDeps, { ack, body, view, client }: SubmitArgs) {
  deps.newest.end(view.id);
  const numbers = await within(NUMBERS_MS, numbersFor(deps)).catch((error: unknown) => {
    deps.log.error({ err: error, view: view.id }, 'what an SJ number looks like could not be read');
    return null;
  });
  if (!numbers) return ack({ response_action: 'errors', errors: { sj: NOT_STORED } });
  const read = readSpContact(readContactValues(view.state.values), body.user.id, numbers);
  if ('faults' in read) return ack(withFaults(read.faults));
  const { sp, sj, below } = readContactWindow(view.private_metadata);
  const kept = { what: `the attempt to reach the SP of SJ ${read.attempt.sj}` };
  const recorded = await storedInTime(deps, {
    key: view.id,
    to: body.user.id,
    attempt: recordContact(deps, { id: view.id, sp, ...read.attempt }),
    taken: () => kept,
    look: async () => ((await deps.contacts.byId(view.id)) ? kept : null),
  }).catch((error: unknown) => {
    deps.log.error({ err: error, view: view.id }, 'a contact attempt could not be stored');
    return null;
  });
  if (!recorded) return ack({ response_action: 'errors', errors: { sj: NOT_STORED } });
  const { notice, counts } = recorded;
  if (!below || notice.about.sj !== sj)
    return ack({ response_action: 'update', view: contactRecordedModal(notice, counts) });
  await ack();
  await redraw(deps, client, below, body.user.id);
}

/** The form below, with the current state of its job. What was typed into it since is still there. */
async function redraw(deps: ListenerDeps, client: webApi.WebClient, below: FormBelow, user: string): Promise<void> {
  const { view: view_id, kind, answers, metadata } = below;
  const view = await drawnForm(deps, { form: formOf(kind), answers, metadata, line: lineOf(metadata, null, []), user });
  await unlessChanged(client.views.update({ view_id, view }));
}

/** The policy is usually cached; the rest of Slack's 3 seconds is for the store. */
const NUMBERS_MS = 800;
const NOT_STORED = 'Warmline could not save this. What you entered is still here: press Record again in a moment.';
