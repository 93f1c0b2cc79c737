import type { webApi } from '@slack/bolt';
import { formModal } from '../blocks/forms/modal';
import { STARTER_CATALOGUE } from '../domain/catalogue';
import type { Answers, Catalogue, Form } from '../domain/forms/form';
import { blankOutlook, type FormOutlook, formOutlook } from '../services/form-context';
import type { FormMetadata } from '../slack/ids/form';
import { DeadlineError, within } from './deadline';
import type { ListenerDeps } from './deps';

/** A trigger lives for 3 seconds: what is not known by then is shown a moment later. */
const CATALOGUE_MS = 1000;
const LOOK_UP_MS = 300;

export interface FormOpening {
  readonly client: webApi.WebClient;
  readonly triggerId: string;
  readonly form: Form;
  readonly answers: Answers;
  readonly metadata: FormMetadata;
}

/**
 * Opens a form: in one call when the directory answers at once, else as a shell that is already usable and is completed
 * when the answer comes. A store that does not answer never keeps the form shut.
 */
export async function openForm(deps: ListenerDeps, opening: FormOpening): Promise<void> {
  const { client, triggerId, form, answers, metadata } = opening;
  const catalogue = await soon(deps, CATALOGUE_MS, deps.directory.catalogue(), STARTER_CATALOGUE as Catalogue);
  const lookUp = formOutlook(deps, form, answers, catalogue);
  const view = (context: FormOutlook) => formModal({ form, answers, catalogue, context, metadata });

  const known = await soon(deps, LOOK_UP_MS, lookUp, null);
  const opened = await client.views.open({ trigger_id: triggerId, view: view(known ?? blankOutlook(form, answers)) });
  if (known || !opened.view?.id) return;

  const late = await soon(deps, LATE_MS, lookUp, null);
  if (late)
    await unlessChanged(
      client.views.update({ view_id: opened.view.id, hash: opened.view.hash ?? '', view: view(late) }),
    );
}

const LATE_MS = 20_000;

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

/** A view that changed or closed meanwhile needs no redraw: whoever changed it drew it. */
export async function unlessChanged(update: Promise<unknown>): Promise<'drawn' | 'changed'> {
  try {
    await update;
    return 'drawn';
  } catch (error) {
    const code = (error as { data?: { error?: string } }).data?.error;
    if (code === 'hash_conflict' || code === 'not_found') return 'changed';
    throw error;
  }
}
