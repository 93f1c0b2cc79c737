import type { ListenerDeps } from '../deps';
import { drawnForm } from '../drawn-form';
import { formWindow, keepBeside } from '../form-window';
import type { ActionArgs } from '../handlers';
import { unlessChanged } from '../open-form';

/** Turns the form into an addition to an open case, or back into a report; everything typed stays. */
export async function addToOpenCase(deps: ListenerDeps, { action, body, client, at }: ActionArgs) {
  const { view, user } = body;
  const window = view && (await formWindow(deps, user.id, view, at));
  if (!view || !window) return;
  deps.newest.end(view.id);
  const { form, answers, line, metadata } = window;
  const { addTo: _before, ...report } = metadata;
  const drawing = {
    form,
    answers,
    line,
    metadata: action.value ? { ...report, addTo: action.value } : report,
    user: user.id,
  };
  const next = await drawnForm(deps, drawing);
  await unlessChanged(client.views.update({ view_id: view.id, view: next }));
  await keepBeside(deps, window.keep());
}
