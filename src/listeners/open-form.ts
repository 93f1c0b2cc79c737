import type { BlockAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { formModal } from '../blocks/forms/modal';
import type { TypedLine } from '../blocks/forms/typed-line';
import { STARTER_CATALOGUE } from '../domain/catalogue';
import type { Answers, Catalogue, Form } from '../domain/forms/form';
import type { FormOutlook } from '../domain/forms/outlook';
import { toldBy } from '../domain/forms/told';
import { KINDS } from '../domain/kinds';
import { withTexts } from '../domain/texts';
import { DeadlineError, within } from '../services/deadline';
import { keepDraft, type Remembered, remembered } from '../services/drafts';
import { blankOutlook, openCasesFor, quickOutlook } from '../services/form-context';
import { presetTimes } from '../services/preset-times';
import { transferLine } from '../services/transfer-line';
import { limitOf } from '../slack/clients';
import { type FormMetadata, packForDraft } from '../slack/ids/form';
import { refusalOf } from '../slack/refusal';
import { type Beginning, begin, isApart, unaware } from './begin-form';
import type { ListenerDeps } from './deps';
import { isTooLate } from './errors';
import { keepBeside } from './form-window';
import type { Opener } from './handlers';

/** A trigger is valid for 3 seconds: what is not known by then is shown a moment later. */
const CATALOGUE_MS = 1000;
const LOOK_UP_MS = 300;
/** If a window does not open, the person is told, whatever the store does meanwhile. */
const LATEST_WORD_MS = 1000;

/** The draft of the person who opens it is restored, and they are told if it cannot be opened. */
interface FormOpening extends Opener {
  /** True for a form that opens on top of the window of its trigger. */
  readonly above?: boolean;
  readonly form: Form;
  readonly answers: Answers;
  /** The text it was begun with, which answers what it can. */
  readonly story?: string | undefined;
  readonly metadata: FormMetadata;
  /** What was typed after the command and is not filled in. */
  readonly typed?: TypedLine | undefined;
  /** Their draft and last report, if they were already requested. */
  readonly before?: Promise<Remembered>;
}

/**
 * Opens a form: in one call if the store answers at once, else as a usable shell that is completed when the answer
 * comes. Open cases that it may belong to are looked up once it is open, because most often there are none. A store
 * that does not answer never prevents the form from opening. Returns the window's id; undefined if Slack had waited too
 * long, in which case the person was told so and what they typed is kept as a draft.
 */
export async function openForm(deps: ListenerDeps, begun: FormOpening): Promise<string | undefined> {
  const { client, triggerId: trigger_id, user, above, form } = begun;
  const at = deps.now();
  const before = markHandled(begun.before ?? remembered(deps, user, form));
  const [catalogue, texts] = await Promise.all([
    soon(deps, CATALOGUE_MS, deps.directory.catalogue(), STARTER_CATALOGUE as Catalogue),
    soon(deps, CATALOGUE_MS, deps.directory.texts(), {}),
  ]);
  const opening = { ...begun, answers: { ...toldBy(form, begun.story ?? '', catalogue), ...begun.answers } };
  const outlookOf = (answers: Answers) => quickOutlook(deps, { form, answers, catalogue, reader: user });
  const asGiven = markHandled(outlookOf(opening.answers));
  const lookUp = async (late: boolean) => {
    const [{ draft, again }, plain] = await Promise.all([before, asGiven]);
    const beginning = begin(opening, draft, catalogue, at, late);
    const { answers } = beginning;
    const metadata = { ...beginning.metadata, ...(Object.keys(again).length && { again }) };
    const [outlook, transfer, times] = await Promise.all([
      answers === opening.answers ? plain : outlookOf(answers),
      transferLine(deps, form, answers, metadata.transfer),
      presetTimes(deps, form, answers, user),
    ]);
    return {
      beginning: { ...beginning, metadata, answers: { ...times, ...answers } },
      context: { ...outlook, transfer },
    };
  };
  const view = ({ answers, metadata, line }: Beginning, context: FormOutlook) =>
    formModal({
      form: withTexts(form, texts),
      answers,
      catalogue,
      context: { ...context, draft: line, typed: answers[form.spQuestion] ? undefined : opening.typed },
      metadata,
      isOpening: true,
    });

  const known = await soon(deps, LOOK_UP_MS, lookUp(false), null);
  const { beginning, context } = known ?? {
    beginning: unaware(opening),
    context: blankOutlook(form, opening.answers),
  };
  const window = { trigger_id, view: view(beginning, context) };
  const opened = await (above ? client.views.push(window) : client.views.open(window)).catch((error: unknown) => {
    if (isTooLate(error) || limitOf(error) !== null) return { error };
    throw error;
  });
  if ('error' in opened) {
    const kept = keptForNextTime(deps, opening, before, at);
    // The error boundary knows where they can be told, whatever Slack limits.
    await soon(deps, LATEST_WORD_MS, kept, undefined);
    if (!isTooLate(opened.error)) throw opened.error;
    await client.chat.postMessage({ channel: user, text: tooLateWords(form) });
    return undefined;
  }
  const id = opened.view?.id;
  if (!id) return id;

  const complete = known ?? (await soon(deps, LATE_MS, lookUp(true), null));
  if (!complete) return id;
  const { answers } = complete.beginning;
  const open = await soon(deps, LATE_MS, openCasesFor(deps, { form, answers, catalogue, reader: user }), []);
  if (known && !open.length) return id;
  const completed = view(complete.beginning, { ...complete.context, openCases: open });
  // The form is usable as it is: what Slack refuses to add now comes with the next answer.
  await unlessLimited(client.views.update({ view_id: id, hash: opened.view?.hash ?? '', view: completed }));
  return id;
}

/** The window could not be opened: what was typed joins the draft, unless it may be about another matter. */
async function keptForNextTime(
  deps: ListenerDeps,
  { user, form, answers, metadata, triggerId }: FormOpening,
  before: Promise<Remembered>,
  at: Date,
): Promise<void> {
  const join = async () => {
    const { draft: newest } = await before;
    const draft = isApart(metadata) ? null : newest;
    const joined = { ...draft?.answers, ...answers };
    if (Object.keys(joined).length === 0) return;
    await keepDraft(deps, form, {
      user,
      window: triggerId,
      place: draft?.place,
      seen: draft?.updatedAt,
      startedAt: draft?.startedAt ?? at,
      updatedAt: at,
      answers: joined,
      metadata: draft?.metadata ?? packForDraft(metadata),
    });
  };
  await keepBeside(deps, join());
}

const tooLateWords = ({ title, kind }: Form) =>
  `Slack waited too long for the window "${title}" to open. Nothing is lost: what you entered is kept. Type \`${KINDS[kind].command}\` again to go on.`;

const LATE_MS = 20_000;

/** A lookup that may fail before anyone awaits it, without an unhandled rejection. */
export function markHandled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** The result if it comes within `ms`; otherwise `instead`, with the reason in the log. */
async function soon<T>(deps: ListenerDeps, ms: number, promise: Promise<T>, instead: T): Promise<T> {
  try {
    return await within(ms, promise);
  } catch (error) {
    const late = error instanceof DeadlineError;
    deps.log[late ? 'debug' : 'warn']({ err: error }, 'a look-up for a form did not come in time');
    return instead;
  }
}

/** The same for a view that is optional, or whose text can be shown elsewhere: it is not drawn if Slack limits it. */
export const unlessLimited = (update: Promise<unknown>): Promise<'drawn' | 'changed'> =>
  unlessChanged(update).catch((error: unknown) => {
    if (limitOf(error) === null) throw error;
    return 'changed';
  });

/** A window as it is on screen, with other blocks or another memory. */
export const sameView = (
  { callback_id, private_metadata, title, submit, close, notify_on_close, blocks }: NonNullable<BlockAction['view']>,
  change: Partial<Pick<ModalView, 'private_metadata' | 'blocks'>>,
): ModalView => ({
  type: 'modal',
  callback_id,
  private_metadata,
  title,
  ...(submit ? { submit } : {}),
  ...(close ? { close } : {}),
  notify_on_close,
  blocks: blocks as ModalView['blocks'],
  ...change,
});

/** A view that changed or closed meanwhile needs no redraw: whoever changed it drew it. */
export async function unlessChanged(update: Promise<unknown>): Promise<'drawn' | 'changed'> {
  try {
    await update;
    return 'drawn';
  } catch (error) {
    const code = refusalOf(error);
    if (code === 'hash_conflict' || code === 'not_found') return 'changed';
    throw error;
  }
}
