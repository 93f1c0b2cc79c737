import type { BlockAction, BlockElementAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { formOf } from '../../domain/forms';
import { chosen } from '../../domain/forms/common';
import { newAnswersFrom, prune } from '../../domain/forms/engine';
import type { Answers, Catalogue, Form } from '../../domain/forms/form';
import { answersIn } from '../../domain/forms/joined';
import { toldBy } from '../../domain/forms/told';
import { ackBudget } from '../../services/deadline';
import {
  type AgainFrom,
  type FormMetadata,
  kindOfCallback,
  questionOfBlock,
  readFormMetadata,
  readPick,
} from '../../slack/ids/form';
import { readForm, shownInputs } from '../../slack/read-form';
import type { ListenerDeps } from '../deps';
import { drawAnswer, stampOf } from '../draw-answer';
import { drawnAlone } from '../drawn-alone';
import { drawnForm } from '../drawn-form';
import { type FormWindow, formWindow, keepBeside, withPresses } from '../form-window';
import type { ActionArgs } from '../handlers';
import type { Presses } from '../newest-answers';

type View = NonNullable<BlockAction['view']>;

/** How long the next questions wait for what is shown around them. */
const PATIENCE_MS = 1500;

/** What a button answers (`value`: its value), or a field (its question). */
type Press = (now: Now & Waiting, value: string, catalogue: Catalogue) => Answers;
interface Now {
  readonly form: Form;
  readonly metadata: FormMetadata;
  readonly answers: Answers;
}
interface Waiting {
  /** What buttons answered before, and the window does not show yet. */
  readonly waiting: Answers;
  /** What the fields themselves say. */
  readonly fields: Answers;
}

/**
 * An answer that others depend on: the form is redrawn with the questions that follow, and everything on screen is
 * stored as a draft (domain section 3). While the store is unreachable, they show anyway.
 */
export const formAnswered = answered(({ form, waiting, fields }, id) => {
  // A field's own answer comes with the window, except where a press is on its way to the same field.
  const question = form.questions.find((one) => one.id === id);
  const said = fields[id];
  if (!question || said === undefined || !(id in waiting)) return {};
  if (question.kind === 'many_of') return { [id]: [...new Set([...chosen(waiting, id), ...chosen(fields, id)])] };
  const ids = [id, ...(question.kind === 'one_of' ? (question.joins ?? []) : [])];
  return Object.fromEntries(ids.flatMap((one) => (fields[one] === undefined ? [] : [[one, fields[one]]])));
});

/** Fills in the SP found by the name typed after the command; the rest of the form stays as it is. */
export const formPickSp = answered(({ form: { spQuestion } }, value) => ({ [spQuestion]: value }));

/** The same with a known driver of the SP. */
export const formPickDriver = answered(({ form: { questions } }, value) => ({
  [questions.find(({ holds }) => holds === 'driver')?.id ?? '']: value,
}));

/** The same with an option of a list, in addition to earlier choices. */
export const formPickOption = answered(({ form, answers }, value) => {
  const { question: id, code } = readPick(value);
  const question = form.questions.find((one) => one.id === id);
  if (!question) return {};
  return answersIn(form, question, answers, question.kind === 'many_of' ? [...chosen(answers, id), code] : code);
});

/** Chooses what the person chose in their last report, or the form's common beginning. */
export const formAgain = answered(({ form, metadata }, value, catalogue) => {
  const isStarter = value === ('starter' satisfies AgainFrom);
  return (isStarter ? form.starter?.(catalogue) : metadata.again) ?? {};
});

/** A listener for an answer; `press` says which one a button gives. */
function answered(press: Press) {
  return async (deps: ListenerDeps, { body, action, client, at }: ActionArgs<BlockElementAction>) => {
    const { view } = body;
    const stamp = stampOf(action);
    if (!view || !deps.newest.take(view.id, stamp)) return;
    const { within } = ackBudget(PATIENCE_MS);
    const away = (error: unknown) => {
      deps.log.warn({ err: error, view: view.id }, 'a form is redrawn without what stands around its questions');
      return 'away' as const;
    };
    const given = answerOf(deps, view, press, aboutOf(action));
    const window = await within(formWindow(deps, body.user.id, view, at)).catch(away);
    if (window === 'away') return show(await alone(deps, view, given));
    if (window) await Promise.all([keepBeside(deps, keep(window)), redraw(window)]);

    async function keep(from: FormWindow) {
      const { pressed, metadata } = given(from, await deps.directory.catalogue());
      await from.keep(from.page, metadata, undefined, pressed);
    }

    async function redraw(from: FormWindow) {
      const { form, line } = from;
      const drawing = async () => {
        const { answers, metadata } = given(from, await deps.directory.catalogue());
        return drawnForm(deps, { form, answers, metadata, line, user: body.user.id });
      };
      const next = await within(drawing()).catch(away);
      await show(next === 'away' ? await alone(deps, view, given) : next);
    }

    async function show(next: ModalView | null) {
      if (!view || !next) return;
      // The confirmation of a filed form must not be covered.
      const { submitted = view.id } = readFormMetadata(view.private_metadata) ?? {};
      const isOver = async () => (await deps.cases.byId(submitted)) !== null;
      await drawAnswer(deps, { client, view, stamp, next, isOver });
    }
  };
}

const aboutOf = (action: BlockElementAction): string =>
  action.type === 'button' ? String(action.value ?? '') : questionOfBlock(action.block_id);

type Given = (now: Now, catalogue: Catalogue) => Now & { readonly pressed: Answers };

/** The form with an answer. A press counts once, however often that is asked, and with those on their way to the form. */
function answerOf({ newest }: ListenerDeps, view: View, press: Press, value: string): Given {
  let own: Presses | null = null;
  return ({ form, answers, metadata }, catalogue) => {
    if (!own) {
      const before = newest.unseen(view.id, metadata.pressed);
      const fields = readForm(form, view.state.values);
      const waiting = before.answers;
      const now = { form, metadata, waiting, fields, answers: { ...answers, ...waiting } };
      const pressed = newAnswersFrom(form, press(now, value, catalogue), catalogue);
      const counts = Object.keys(pressed).map((id) => [id, (before.counts[id] ?? 0) + 1] as const);
      own = { answers: { ...before.answers, ...pressed }, counts: { ...before.counts, ...Object.fromEntries(counts) } };
      newest.press(view.id, own);
    }
    const told = untold(form, metadata, shownInputs(view), catalogue);
    const all = prune(form, { ...told, ...answers, ...own.answers }, catalogue);
    return { form, answers: all, metadata: remembering(form, metadata, own), pressed: own.answers };
  };
}

/** The next window from what is on screen, if that is enough. */
async function alone(deps: ListenerDeps, view: View | undefined, given: Given): Promise<ModalView | null> {
  const kind = view && kindOfCallback(view.callback_id);
  const packed = view && readFormMetadata(view.private_metadata);
  if (!kind || !packed) return null;
  const form = formOf(kind);
  const { answers: pressed, metadata } = withPresses(deps, view.id, packed);
  const answers = { ...readForm(form, view.state.values), ...pressed };
  return drawnAlone(deps, { form, metadata, next: (catalogue) => given({ form, metadata, answers }, catalogue) });
}

/** What the window remembers next: a pressed answer replaces its field, and an SP found by name is no longer in doubt. */
function remembering({ spQuestion }: Form, metadata: FormMetadata, { answers, counts }: Presses): FormMetadata {
  if (!Object.keys(answers).length) return metadata;
  const { typed, ...others } = metadata;
  return { ...(spQuestion in answers ? others : metadata), pressed: counts };
}

/** The text that the form was begun with, for questions that were not on screen yet. */
function untold(
  form: Form,
  { source, told: words }: FormMetadata,
  shown: readonly string[],
  catalogue: Catalogue,
): Answers {
  const known = new Set(shown.map(questionOfBlock));
  const told = Object.entries(toldBy(form, source?.text ?? words ?? '', catalogue));
  return Object.fromEntries(told.filter(([id]) => !known.has(id)));
}
