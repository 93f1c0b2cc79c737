import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { chosen } from '../../domain/forms/common';
import { newAnswersFrom } from '../../domain/forms/engine';
import type { Answer, Answers, Form } from '../../domain/forms/form';
import { readPick } from '../../slack/ids/form';
import type { ListenerDeps } from '../deps';
import { drawnForm } from '../drawn-form';
import { formWindow, keepBeside } from '../form-window';
import type { NewestAnswers } from '../newest-answers';
import { unlessChanged } from '../open-form';

type Args = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;

/** Fills in the SP found by the name typed after the command; the rest of the form stays as it is. */
export const formPickSp = (deps: ListenerDeps, newest: NewestAnswers) =>
  picking(deps, newest, ({ spQuestion }, value) => [spQuestion, value]);

/** The same with a known driver of the SP. */
export const formPickDriver = (deps: ListenerDeps, newest: NewestAnswers) =>
  picking(deps, newest, ({ questions }, value) => [questions.find(({ holds }) => holds === 'driver')?.id ?? '', value]);

/** The same with an option of a long list, in addition to earlier choices. */
export const formPickOption = (deps: ListenerDeps, newest: NewestAnswers) =>
  picking(deps, newest, ({ questions }, value, answers) => {
    const { question, code } = readPick(value);
    const isMany = questions.some(({ id, kind }) => id === question && kind === 'many_of');
    return [question, isMany ? [...chosen(answers, question), code] : code];
  });

const picking =
  (
    deps: ListenerDeps,
    newest: NewestAnswers,
    picked: (form: Form, value: string, answers: Answers) => readonly [question: string, answer: Answer],
  ) =>
  async ({ ack, body, action, client }: Args) => {
    const at = deps.now();
    await ack();
    const { view, user } = body;
    if (!view || !newest.take(view.id, action.action_ts)) return;
    const window = await formWindow(deps, user.id, view, at);
    if (!window) return;
    const { form, line } = window;
    const [question, answer] = picked(form, action.value ?? '', window.answers);
    const filled = newAnswersFrom(form, { [question]: answer }, await deps.directory.catalogue());
    const { typed, ...others } = window.metadata;
    const rest = question === form.spQuestion || !typed ? others : { ...others, typed };
    const metadata = { ...rest, pressed: { ...rest.pressed, [question]: (rest.pressed?.[question] ?? 0) + 1 } };
    const answers = { ...window.answers, ...filled };
    const next = await drawnForm(deps, { form, answers, metadata, line, user: user.id });
    await unlessChanged(client.views.update({ view_id: view.id, view: next }));
    await keepBeside(deps, window.keep());
  };
