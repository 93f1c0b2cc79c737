import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { newAnswersFrom } from '../../domain/forms/engine';
import type { Form } from '../../domain/forms/form';
import type { ListenerDeps } from '../deps';
import { drawnForm } from '../drawn-form';
import { formWindow, keepBeside } from '../form-window';
import { unlessChanged } from '../open-form';
import type { Turns } from '../turns';

type Args = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;

/** Fills in the SP that was meant by the name typed after the command; the rest of the form stays as it is. */
export const formPickSp = (deps: ListenerDeps, turns: Turns) => picking(deps, turns, ({ spQuestion }) => spQuestion);

/** The same with a driver who is known of the SP. */
export const formPickDriver = (deps: ListenerDeps, turns: Turns) =>
  picking(deps, turns, ({ questions }) => questions.find(({ holds }) => holds === 'driver')?.id ?? '');

const picking =
  (deps: ListenerDeps, turns: Turns, questionOf: (form: Form) => string) =>
  async ({ ack, body, action, client }: Args) => {
    const at = deps.now();
    await ack();
    const { view, user } = body;
    if (!view || !turns.take(view.id, action.action_ts)) return;
    const window = await formWindow(deps, user.id, view, at);
    if (!window) return;
    const { form, line } = window;
    const question = questionOf(form);
    const filled = newAnswersFrom(form, { [question]: action.value ?? '' });
    const { typed, ...others } = window.metadata;
    const rest = question === form.spQuestion || !typed ? others : { ...others, typed };
    const metadata = { ...rest, edition: (rest.edition ?? 0) + 1 };
    const answers = { ...window.answers, ...filled };
    const next = await drawnForm(deps, { form, answers, metadata, line, user: user.id });
    await unlessChanged(client.views.update({ view_id: view.id, view: next }));
    await keepBeside(deps, window.keep());
  };
