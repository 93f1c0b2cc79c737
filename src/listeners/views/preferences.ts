import { isDeepStrictEqual } from 'node:util';
import { preferencesKept, readPreferences } from '../../blocks/preferences';
import { readDialogValues } from '../../slack/read-dialog';
import type { ListenerDeps } from '../deps';
import type { SubmitArgs } from '../handlers';
import { storedInTime } from '../stored-in-time';
import { withFaults } from '../tell';

/** Someone's preferences were submitted: they are stored before the acknowledgment. */
export async function preferencesSubmitted(deps: ListenerDeps, { ack, body, view }: SubmitArgs) {
  const read = readPreferences(readDialogValues(view.state.values));
  if ('faults' in read) return ack(withFaults(read.faults));
  const { chosen } = read;
  const kept = await storedInTime(deps, {
    key: view.id,
    to: body.user.id,
    attempt: deps.preferences.save(body.user.id, chosen).then(() => true),
    taken: () => PREFERENCES,
    look: async () => (isDeepStrictEqual(await deps.preferences.of(body.user.id), chosen) ? PREFERENCES : null),
  }).catch((error: unknown) => {
    deps.log.error({ err: error, view: view.id }, 'preferences could not be stored');
    return false;
  });
  if (!kept) return ack({ response_action: 'errors', errors: { by: NOT_STORED } });
  return ack({ response_action: 'update', view: preferencesKept(chosen) });
}

const PREFERENCES = { what: 'your preferences' };
const NOT_STORED = 'Warmline could not save this. What you chose is still here: press Save again in a moment.';
