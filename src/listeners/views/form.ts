import { setTimeout as sleep } from 'node:timers/promises';
import { addedMessage } from '../../blocks/forms/added';
import type { MessageSource } from '../../domain/case';
import { filedNotice } from '../../domain/filed';
import { formOf } from '../../domain/forms';
import { repeatable } from '../../domain/forms/again';
import type { Fault } from '../../domain/forms/form';
import { checkPage, pageAsking, pageOf } from '../../domain/forms/pages';
import { withNumbers } from '../../domain/forms/with-numbers';
import { moveLabel } from '../../domain/move';
import { addToCase } from '../../services/add-to-case';
import { betterFormFor } from '../../services/confirm-filed';
import { ackBudget, type Budget, STORE_PATIENCE_MS, within } from '../../services/deadline';
import { dropDraft } from '../../services/drafts';
import { type Filed, fileCase } from '../../services/file-case';
import type { Taken } from '../../services/late-news';
import { momentFaults } from '../../services/moment-faults';
import { numbersFor } from '../../services/numbers';
import type { StoredCase } from '../../services/ports/cases';
import { procedureOf } from '../../services/procedures';
import { takerFaults } from '../../services/stranger';
import { watchFiled } from '../../services/watch-sps';
import { type FormMetadata, kindOfCallback, questionOfBlock } from '../../slack/ids/form';
import { faultsToErrors, readSubmission, shownInputs, UnreadableFormError } from '../../slack/read-form';
import type { ListenerDeps } from '../deps';
import { drawnForm } from '../drawn-form';
import { type FormWindow, formWindow, keepBeside } from '../form-window';
import { endFormer } from '../former-form';
import type { SubmitArgs } from '../handlers';
import { storedInTime } from '../stored-in-time';
import { tellPrivately } from '../tell';
import { placeToTell, tellFiled } from '../tell-filed';

/** A form being submitted. Everything before its acknowledgment shares one budget. */
interface Submitting extends Pick<FormWindow, 'form' | 'answers' | 'metadata' | 'page' | 'keep' | 'draft'> {
  readonly deps: ListenerDeps;
  readonly client: SubmitArgs['client'];
  readonly by: string;
  readonly viewId: string;
  readonly at: Date;
  readonly budget: Budget;
  /** The questions on screen. */
  readonly shown: readonly string[];
  readonly ack: SubmitArgs['ack'];
  /** The form stays open with these faults next to their questions. */
  readonly refuse: (faults: readonly Fault[]) => Promise<void>;
}

/**
 * A form was submitted: the case is stored before the acknowledgment, so if the store fails or is slow, the form stays
 * open with everything typed (architecture section 3). In a form of several pages, all but the last lead to the next.
 */
export async function formSubmitted(deps: ListenerDeps, { ack, body, view, client }: SubmitArgs) {
  const [at, budget] = [deps.now(), ackBudget()];
  const kind = kindOfCallback(view.callback_id);
  if (!kind) throw new Error(`No form answers to ${view.callback_id}.`);
  const form = formOf(kind);
  const refuse = (faults: readonly Fault[]) =>
    ack({ response_action: 'errors', errors: faultsToErrors(form, shownInputs(view), faults) });
  deps.newest.end(view.id);

  let window: FormWindow | null = null;
  try {
    const { by, viewId } = readSubmission(body);
    window = await budget.within(formWindow(deps, by, view, at));
    if (!window) throw new Error(`The window of ${kind} could not be read.`);
    const shown = shownInputs(view).map(questionOfBlock);
    const submitting: Submitting = { ...window, shown, deps, client, by, viewId, at, budget, ack, refuse };
    const { next } = pageOf(form, window.answers, window.page);
    const { addTo } = window.metadata;
    if (addTo) await add(submitting, addTo);
    else await (next ? turnPage(submitting, next.id) : file(submitting));
  } catch (error) {
    deps.log.error({ err: error, view: view.id, kind }, 'a report could not be filed');
    await refuse([{ question: form.questions[0]?.id ?? '', message: words(error) }]);
    if (!window) return;
    const { page, metadata } = window;
    await keepBeside(deps, window.keep(page, metadata, error instanceof UnsureError ? error.key : undefined));
  }
}

/** Adds what was typed to an open case; if refused, the form says why. */
async function add({ deps, client, form, answers, metadata, by, viewId, at, draft, ...rest }: Submitting, ref: string) {
  const key = `${viewId}:added`;
  const taken: Taken = { ref, move: moveLabel('add_note') };
  const drop = () => keepBeside(deps, dropDraft(deps, form, { ...draft, at, filed: true }));
  const added = await storedInTime(deps, {
    key,
    to: by,
    budget: rest.budget,
    attempt: addToCase(deps, { ref, form, answers, by, key }),
    taken: (outcome) => (outcome.ok ? taken : null),
    wasBefore: (outcome) => outcome.ok && !outcome.changed,
    look: async () => {
      const stored = await deps.cases.byRef(ref);
      return stored && (await deps.history.hasKey(stored, key)) ? taken : null;
    },
    followUp: drop,
  });
  if (!added.ok) return rest.refuse([{ question: form.sjQuestion, message: added.reason }]);
  await rest.ack();
  const { text, blocks } = addedMessage(added.stored, { kind: form.kind, answers }, added.masked);
  await tellPrivately(placeToTell(deps, { client, to: by, metadata }), text, blocks);
  await drop();
}

/** Leaves a page for the next one: validated, and stored before its inputs go. It stays if something in it is wrong. */
async function turnPage(submitting: Submitting, next: string): Promise<void> {
  const { deps, by, form, answers, page, budget, ack, refuse, keep } = submitting;
  const turn = async () => {
    const [catalogue, numbers] = await Promise.all([deps.directory.catalogue(), numbersFor(deps)]);
    const checked = checkPage(withNumbers(form, numbers), answers, catalogue, page);
    const faults = checked.ok
      ? (await Promise.all([momentFaults(deps, form, answers, by), takerFaults(deps, form, answers)])).flat()
      : checked.faults;
    if (faults.length > 0) return { faults };
    await keep(next);
    return { faults, view: await drawn(submitting, next) };
  };
  const { faults, view } = await budget.within(turn());
  if (view) return ack({ response_action: 'update', view });
  await refuse(faults);
  await keepBeside(deps, keep());
}

const drawn = ({ deps, form, answers, metadata, by }: Submitting, page: string, faults: readonly Fault[] = []) =>
  drawnForm(deps, { form, answers, metadata: { ...metadata, page }, faults, user: by });

/** It is unknown whether a report was stored. `key`: its key. */
class UnsureError extends Error {
  constructor(
    readonly key: string,
    cause: unknown,
  ) {
    super('Whether a report was stored is not known.', { cause });
  }
}

/** Stores the report and closes its window; or shows what is wrong with it, on its page. */
async function file(submitting: Submitting): Promise<void> {
  const { deps, form, answers, page, shown, budget, ack, refuse, keep } = submitting;
  const filed = await filedInTime(submitting);
  if (!filed.ok) {
    const asked = pageAsking(form, answers, filed.faults[0]?.question ?? '') ?? page;
    const isOnScreen = filed.faults.every(({ question }) => shown.includes(question));
    if (asked === page && isOnScreen) await refuse(filed.faults);
    // A question that is new since then comes with its fault.
    else await ack({ response_action: 'update', view: await budget.within(drawn(submitting, asked, filed.faults)) });
    return keepBeside(deps, keep(asked));
  }
  const { client, metadata, at } = submitting;
  // Before the windows close: a form that closes with its text in it stores that as a draft.
  const ended = budget.within(endFormer(deps, client, metadata, filed.stored, at));
  const isFormerOver = await orWithout(deps, ended, false);
  await ack(...(isFormerOver ? [{ response_action: 'clear' as const }] : []));
  await deps.late.told(filed.stored.id, filed.already !== 'no');
  await afterFiling(submitting, filed.stored, confirm(submitting, filed));
}

/** Shows the result where the closed window was opened. Never rejects; returns whether the person will be told. */
async function confirm(submitting: Submitting, { stored, masked, already }: Filed & { ok: true }): Promise<boolean> {
  const { deps, form, by, client, metadata, viewId } = submitting;
  const [goesOn, texts] = await Promise.all([
    orWithout(deps, betterFormFor(deps, form, stored), null),
    orWithout(deps, deps.directory.texts(), {}),
  ]);
  const notice = filedNotice(stored, { masked, already, goesOn, texts });
  return tellFiled(deps, { client, to: by, metadata, viewId }, notice);
}

/** Files the report within the budget. A later result is followed, and told by DM if it was stored after all. */
async function filedInTime(submitting: Submitting): Promise<Filed> {
  const { deps, form, answers, metadata, by, viewId, budget } = submitting;
  const { submitted: earlier, continues, continuedBy } = metadata;
  const key = earlier ?? viewId;
  const attempt = (async () => {
    const source = await sourceOf(deps, metadata.source);
    return fileCase(deps, {
      id: viewId,
      earlier,
      form,
      answers,
      reporter: by,
      source,
      forms: { continues, continuedBy },
    });
  })();
  try {
    return await budget.within(attempt);
  } catch (error) {
    const taken = ({ ref }: StoredCase): Taken => ({ ref, move: null });
    let filed: StoredCase | null = null;
    deps.late.watch({
      key,
      to: by,
      attempt: attempt.then((late) => {
        if (late.ok) filed = late.stored;
        return late.ok ? taken(late.stored) : null;
      }),
      look: async () => {
        const found = await deps.cases.byId(key);
        filed = found?.reporter === by ? found : null;
        return filed && taken(filed);
      },
      followUp: async () => {
        if (filed) await afterFiling(submitting, filed, Promise.resolve(true));
      },
    });
    throw new UnsureError(key, error);
  }
}

/** A submission also waits for the store, so a late link is left out. */
const PERMALINK_MS = 700;

/** The message that a report was started from, with its link if Slack returns one. */
async function sourceOf({ log, clients }: ListenerDeps, source: FormMetadata['source']): Promise<MessageSource | null> {
  if (!source) return null;
  const { channel, ts, author } = source;
  const permalink = await within(PERMALINK_MS, clients.lookups.chat.getPermalink({ channel, message_ts: ts })).then(
    (found) => found.permalink ?? null,
    (error: unknown) => {
      log.warn({ err: error, channel, ts }, 'the message a report was begun from has no address');
      return null;
    },
  );
  return { channel, ts, author: author ?? null, permalink };
}

/** The report is stored and its sender was told so: failures from here on are not theirs to repeat. */
async function afterFiling(
  { deps, form, answers, at, draft }: Submitting,
  stored: StoredCase,
  told: Promise<boolean>,
): Promise<void> {
  await keepBeside(
    deps,
    dropDraft(deps, form, { ...draft, at, filed: true, again: { at, answers: repeatable(form, answers) } }),
  );
  await procedureOf(stored.kind)
    .filed?.(deps, stored)
    .catch((error: unknown) =>
      deps.log.error({ err: error, ref: stored.ref }, 'what follows a report could not be done'),
    );
  await sleep(deps.breathMs);
  await watchFiled(deps, stored, told).catch((error: unknown) =>
    deps.log.warn({ err: error, ref: stored.ref }, 'the repeat rules could not look yet; their job does'),
  );
}

/** Optional parts of a confirmation; without them, the standard one is shown. */
const orWithout = <T>(deps: ListenerDeps, promise: Promise<T>, instead: T): Promise<T> =>
  within(STORE_PATIENCE_MS, promise).catch((error: unknown) => {
    deps.log.warn({ err: error }, 'what belongs to a confirmation could not be read; the standard one is shown');
    return instead;
  });

const words = (error: unknown) =>
  error instanceof UnreadableFormError
    ? error.message
    : 'Warmline could not save your report yet. Everything you typed is still here: press Submit again in a moment.';
