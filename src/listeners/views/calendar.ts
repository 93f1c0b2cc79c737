import { calendarModal } from '../../blocks/covers/calendar';
import { fault } from '../../domain/moves/dialog';
import { connectCalendar, readCalendar } from '../../services/calendars';
import { fieldOfBlock } from '../../slack/ids/home-window';
import { readDialogValues } from '../../slack/read-dialog';
import type { ListenerDeps } from '../deps';
import type { SubmitArgs } from '../handlers';
import { unlessChanged } from '../open-form';
import { storedInTime } from '../stored-in-time';

/**
 * Someone entered the address of a calendar: it is stored before the acknowledgment, then read while its window says
 * so, and finally the window shows what was found.
 */
export async function calendarSubmitted(deps: ListenerDeps, { ack, body, view, client }: SubmitArgs) {
  const {
    person: chosen,
    address,
    deputy,
    words,
  } = Object.fromEntries(
    Object.entries(readDialogValues(view.state.values)).map(([block, value]) => [fieldOfBlock(block), value]),
  );
  const by = body.user.id;
  const person = view.private_metadata || String(chosen ?? '');
  const request = {
    person,
    by,
    address: String(address ?? ''),
    deputy: String(deputy ?? ''),
    words: String(words ?? ''),
  };
  const connected = await storedInTime(deps, {
    key: view.id,
    to: by,
    attempt: connectCalendar(deps, request),
    taken: (outcome) => ('calendar' in outcome ? CALENDAR : null),
    look: async () => {
      const kept = await deps.calendars.find(person);
      return kept && !kept.removedAt && kept.deputy === request.deputy && kept.by === by ? CALENDAR : null;
    },
  }).catch((error: unknown) => {
    deps.log.error({ err: error, view: view.id }, 'a calendar could not be stored');
    return fault('deputy', NOT_STORED);
  });
  if ('faults' in connected) {
    const inputs = view.blocks.flatMap(({ block_id: id }) => id ?? []);
    const errors = Object.fromEntries(
      connected.faults.map(({ question, message }) => [
        inputs.find((block) => fieldOfBlock(block) === question) ?? 'deputy',
        message,
      ]),
    );
    return ack({ response_action: 'errors', errors });
  }
  const { calendar } = connected;
  const isOther = person !== by;
  await ack({ response_action: 'update', view: calendarModal({ person, calendar, isOther }) });
  await readCalendar(deps, calendar);
  const read = calendarModal({ person, calendar: await deps.calendars.find(person), isOther });
  await unlessChanged(client.views.update({ view_id: view.id, view: read }));
  deps.onAdminMatter(null);
}

const CALENDAR = { what: 'the address of a calendar' };
const NOT_STORED =
  'This could not be stored just now. What you entered is still here: press the button again in a moment.';
