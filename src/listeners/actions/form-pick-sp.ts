import { chosen } from '../../domain/forms/common';
import { newAnswersFrom } from '../../domain/forms/engine';
import type { Answers } from '../../domain/forms/form';
import { readPick } from '../../slack/ids/form';
import type { ListenerDeps } from '../deps';
import { drawnForm } from '../drawn-form';
import { type FormWindow, formWindow, keepBeside } from '../form-window';
import type { ActionArgs } from '../handlers';
import { unlessChanged } from '../open-form';

/** Fills in the SP found by the name typed after the command; the rest of the form stays as it is. */
export const formPickSp = picking(({ form: { spQuestion } }, value) => ({ [spQuestion]: value }));

/** The same with a known driver of the SP. */
export const formPickDriver = picking(({ form: { questions } }, value) => ({
  [questions.find(({ holds }) => holds === 'driver')?.id ?? '']: value,
}));

/** The same with an option of a long list, in addition to earlier choices. */
export const formPickOption = picking(({ form: { questions }, answers }, value) => {
  const { question, code } = readPick(value);
  const isMany = questions.some(({ id, kind }) => id === question && kind === 'many_of');
  return { [question]: isMany ? [...chosen(answers, question), code] : code };
});

/** Chooses what the person chose in their last report. */
export const formAgain = picking(({ metadata }) => metadata.again ?? {});

function picking(picked: (window: FormWindow, value: string) => Answers) {
  return async (deps: ListenerDeps, { body, action, client, at }: ActionArgs) => {
    const { view, user } = body;
    if (!view || !deps.newest.take(view.id, action.action_ts)) return;
    const window = await formWindow(deps, user.id, view, at);
    if (!window) return;
    const { form, line } = window;
    const filled = newAnswersFrom(form, picked(window, action.value ?? ''), await deps.directory.catalogue());
    const { typed, ...others } = window.metadata;
    const rest = form.spQuestion in filled || !typed ? others : { ...others, typed };
    const pressed = Object.keys(filled).map((id) => [id, (rest.pressed?.[id] ?? 0) + 1] as const);
    const metadata = { ...rest, pressed: { ...rest.pressed, ...Object.fromEntries(pressed) } };
    const answers = { ...window.answers, ...filled };
    const next = await drawnForm(deps, { form, answers, metadata, line, user: user.id });
    await unlessChanged(client.views.update({ view_id: view.id, view: next }));
    await keepBeside(deps, window.keep());
  };
}
