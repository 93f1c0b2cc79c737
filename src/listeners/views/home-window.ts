import type { FieldFault } from '../../domain/directory-rules';
import { sentence } from '../../domain/wording';
import { personOf } from '../../services/standing';
import { withNames } from '../../services/stranger';
import { watchedConfiguration } from '../../services/watched-configuration';
import { fieldOfBlock, HOME_WINDOW, readWindow } from '../../slack/ids/home-window';
import { readWindowValues } from '../../slack/read-window';
import { NOT_YOURS } from '../actions/home-window';
import type { ListenerDeps } from '../deps';
import type { SubmitArgs } from '../handlers';
import { showHome } from '../home/show-home';
import { windowOf } from '../home/windows';
import type { Saved } from '../home/windows/window';
import { storedInTime } from '../stored-in-time';
import { tellPrivately } from '../tell';

/** A window of Home was submitted: the change is made and Home shows it, or the window stays with what is wrong. */
export async function homeWindowSubmitted(deps: ListenerDeps, { ack, body, view, client }: SubmitArgs) {
  const window = windowOf(HOME_WINDOW.exec(view.callback_id)?.[1] ?? '');
  if (!window) throw new Error(`No window answers to ${view.callback_id}.`);
  const user = body.user.id;
  const memory = readWindow(view.private_metadata);
  const inputs = view.blocks.flatMap(({ type, block_id: id }) => (type === 'input' && id ? [id] : []));

  const { configuration, stands } = watchedConfiguration(deps.configuration);
  const kept = { what: `what you entered under “${view.title.text}”` };
  const attempt = save();
  const saved = await storedInTime(deps, {
    key: view.id,
    to: user,
    attempt,
    taken: ({ is }) => (is === 'saved' ? kept : null),
    look: async () => ((await (window.stored?.(deps, memory) ?? stands())) ? kept : null),
    followUp: async () => {
      await showHome(deps, user, memory.place);
      const late = await attempt.catch(() => null);
      if (late?.is === 'saved') await late.goOn?.();
    },
  }).catch((error: unknown) => {
    deps.log.error({ err: error, window: window.id, key: memory.key, view: view.id }, 'a change could not be stored');
    return UNSTORED;
  });
  // A window that refuses keeps what was typed.
  const faults = saved.is === 'refused' ? [{ field: '', message: await withNames(deps, saved.reason) }] : [];
  const wrong = saved.is === 'faults' ? saved.faults : faults;
  if (wrong.length && inputs.length) {
    await ack({ response_action: 'errors', errors: errorsOf(wrong, inputs) });
    return saved.is === 'refused' ? showHome(deps, user, memory.place) : undefined;
  }
  if (saved.is === 'again') return ack({ response_action: 'update', view: saved.view });
  if (saved.is === 'begun') {
    await ack({ response_action: 'update', view: saved.view });
    return saved.work();
  }
  if (saved.is === 'next') return ack({ response_action: 'push', view: saved.view });
  await (saved.is === 'saved' && saved.all ? ack({ response_action: 'clear' }) : ack());
  if (saved.is === 'refused') await tellPrivately({ client, user, channel: null }, saved.reason);
  if (saved.is === 'faults')
    await tellPrivately({ client, user, channel: null }, saved.faults.map(({ message }) => message).join(' '));
  await showHome(deps, user, memory.place);
  if (saved.is === 'saved') await saved.goOn?.();

  async function save(): Promise<Saved> {
    const person = await personOf(deps, user);
    if (!window || !person.isAdmin) return { is: 'refused', reason: NOT_YOURS };
    return window.submit({ ...deps, configuration }, person, memory, readWindowValues(view.state.values));
  }
}

const UNSTORED: Saved = {
  is: 'faults',
  faults: [
    {
      field: '',
      message: 'Warmline could not save this. What you entered is still here: press the button again in a moment.',
    },
  ],
};

/** Each fault next to its field; without a field in this window, next to the first. */
function errorsOf(faults: readonly FieldFault[], inputs: readonly string[]): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { field, message } of faults) {
    const block = inputs.find((input) => fieldOfBlock(input) === field) ?? inputs[0] ?? '';
    errors[block] = [errors[block] ?? '', sentence(message)].filter(Boolean).join(' ');
  }
  return errors;
}
