import type { BlockAction, BlockElementAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { formOf } from '../../domain/forms';
import { prune } from '../../domain/forms/engine';
import type { Answers, Catalogue, Form } from '../../domain/forms/form';
import { toldBy } from '../../domain/forms/told';
import { ackBudget } from '../../services/deadline';
import { type FormMetadata, kindOfCallback, questionOfBlock, readFormMetadata } from '../../slack/ids/form';
import { readForm, shownInputs } from '../../slack/read-form';
import type { ListenerDeps } from '../deps';
import { drawAnswer, stampOf } from '../draw-answer';
import { drawnAlone } from '../drawn-alone';
import { drawnForm } from '../drawn-form';
import { type FormWindow, formWindow, keepBeside } from '../form-window';
import type { ActionArgs } from '../handlers';

type View = NonNullable<BlockAction['view']>;

/** How long the next questions wait for what is shown around them. */
const PATIENCE_MS = 1500;

/**
 * An answer that others depend on: the form is redrawn with the questions that follow, and everything on screen is
 * stored as a draft (domain section 3). While the store is unreachable, they show anyway.
 */
export async function formAnswered(deps: ListenerDeps, { body, action, client, at }: ActionArgs<BlockElementAction>) {
  const { view } = body;
  const stamp = stampOf(action);
  if (!view || !deps.newest.take(view.id, stamp)) return;
  const { within } = ackBudget(PATIENCE_MS);
  const away = (error: unknown) => {
    deps.log.warn({ err: error, view: view.id }, 'a form is redrawn without what stands around its questions');
    return 'away' as const;
  };
  const window = await within(formWindow(deps, body.user.id, view, at)).catch(away);
  if (window === 'away') return show(await alone(deps, view));
  if (!window) return;
  await Promise.all([keepBeside(deps, window.keep()), redraw(window)]);

  async function redraw({ form, answers: given, metadata, line }: FormWindow) {
    if (!view) return;
    const drawing = async () => {
      const catalogue = await deps.directory.catalogue();
      const told = untold(form, metadata, shownInputs(view), catalogue);
      const answers = prune(form, { ...told, ...given }, catalogue);
      return drawnForm(deps, { form, answers, metadata, line, user: body.user.id });
    };
    const next = await within(drawing()).catch(away);
    await show(next === 'away' ? await alone(deps, view) : next);
  }

  async function show(next: ModalView | null) {
    if (!view || !next) return;
    // The confirmation of a filed form must not be covered.
    const { submitted = view.id } = readFormMetadata(view.private_metadata) ?? {};
    const isOver = async () => (await deps.cases.byId(submitted)) !== null;
    await drawAnswer(deps, { client, view, stamp, next, isOver });
  }
}

/** The next window from what is on screen, if that is enough. */
async function alone(deps: ListenerDeps, view: View): Promise<ModalView | null> {
  const kind = kindOfCallback(view.callback_id);
  const metadata = readFormMetadata(view.private_metadata);
  if (!kind || !metadata) return null;
  const form = formOf(kind);
  return drawnAlone(deps, {
    form,
    metadata,
    answers: readForm(form, view.state.values),
    told: (catalogue) => untold(form, metadata, shownInputs(view), catalogue),
  });
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
