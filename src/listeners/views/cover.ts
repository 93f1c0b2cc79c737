import { coverAsked } from '../../blocks/covers/modal';
import { fault } from '../../domain/moves/dialog';
import { askForCover } from '../../services/covers';
import { readDialogValues } from '../../slack/read-dialog';
import type { ListenerDeps } from '../deps';
import type { SubmitArgs } from '../handlers';
import { storedInTime } from '../stored-in-time';
import { withFaults } from '../tell';

/** Someone named a cover: it is stored before the acknowledgment, or the window says what is wrong. */
export async function coverSubmitted(deps: ListenerDeps, { ack, body, view }: SubmitArgs) {
  const { deputy, from, to } = readDialogValues(view.state.values);
  const request = {
    id: view.id,
    person: body.user.id,
    deputy: String(deputy ?? ''),
    from: String(from ?? ''),
    to: String(to ?? ''),
  };
  const asked = await storedInTime(deps, {
    key: view.id,
    to: body.user.id,
    attempt: askForCover(deps, request),
    taken: (outcome) => ('cover' in outcome ? COVER : null),
    look: async () => ((await deps.covers.byId(view.id)) ? COVER : null),
  }).catch((error: unknown) => {
    deps.log.error({ err: error, view: view.id }, 'a cover could not be stored');
    return fault('deputy', NOT_STORED);
  });
  if ('cover' in asked) return ack({ response_action: 'update', view: coverAsked(asked.cover) });
  return ack(withFaults(asked.faults));
}

const COVER = { what: 'your request for a cover' };
const NOT_STORED = 'Warmline could not save this. What you chose is still here: press Ask again in a moment.';
