import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { contactRecordedModal, readSpContact } from '../../blocks/contacts/sp-contact';
import { recordContact } from '../../services/record-contact';
import { readContact } from '../../slack/ids/contact';
import { readContactValues } from '../../slack/read-contact';
import type { ListenerDeps } from '../deps';
import { storedInTime } from '../stored-in-time';

/** An attempt was submitted: it is stored before Slack hears anything, and the answer says what is next. */
export const spContactSubmitted =
  (deps: ListenerDeps) =>
  async ({ ack, body, view }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs) => {
    const read = readSpContact(readContactValues(view.state.values), body.user.id);
    if ('faults' in read) {
      const errors = Object.fromEntries(read.faults.map(({ question, message }) => [question, message]));
      return ack({ response_action: 'errors', errors });
    }
    const { sp } = readContact(view.private_metadata);
    const kept = { what: `the attempt to reach the SP of SJ ${read.attempt.sj}` };
    const notice = await storedInTime(deps, {
      key: view.id,
      to: body.user.id,
      attempt: recordContact(deps, { id: view.id, sp, ...read.attempt }),
      taken: () => kept,
      look: async () => ((await deps.contacts.byId(view.id)) ? kept : null),
    }).catch((error: unknown) => {
      deps.log.error({ err: error, view: view.id }, 'a contact attempt could not be stored');
      return null;
    });
    if (!notice) return ack({ response_action: 'errors', errors: { sj: NOT_STORED } });
    return ack({ response_action: 'update', view: contactRecordedModal(notice) });
  };

const NOT_STORED = 'This could not be stored just now. What you entered is still here: press Record again in a moment.';
