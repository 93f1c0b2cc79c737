import type { ModalView } from '@slack/types';
import type { DraftLine } from '../blocks/forms/draft-line';
import { formModal } from '../blocks/forms/modal';
import { STARTER_CATALOGUE } from '../domain/catalogue';
import type { Answers, Catalogue, Form } from '../domain/forms/form';
import { pageOf } from '../domain/forms/pages';
import { within } from '../services/deadline';
import { blankOutlook } from '../services/form-context';
import type { FormMetadata } from '../slack/ids/form';
import type { ListenerDeps } from './deps';
import { lineOf } from './form-window';

/** By then, the directory has given up and uses what it last knew. */
const CATALOGUE_MS = 5000;

/**
 * A form's window from its own data while the store does not answer, so that the questions that follow from an answer
 * still show. Null on a later page: it depends on pages that only the draft has.
 */
export async function drawnAlone(
  deps: ListenerDeps,
  {
    form,
    metadata: before,
    next,
  }: {
    readonly form: Form;
    readonly metadata: FormMetadata;
    /** What the window shows next. */
    readonly next: (catalogue: Catalogue) => { readonly answers: Answers; readonly metadata: FormMetadata };
  },
): Promise<ModalView | null> {
  if (before.page && before.page !== pageOf(form, {}).page.id) return null;
  const catalogue: Catalogue = await within(CATALOGUE_MS, deps.directory.catalogue()).catch((error: unknown) => {
    deps.log.warn({ err: error }, 'the answer options could not be read; the starter set is shown');
    return STARTER_CATALOGUE;
  });
  const { answers, metadata } = next(catalogue);
  const { draft, offered } = metadata;
  const line: DraftLine | undefined =
    offered && !draft ? { is: 'offered', keptAt: new Date(offered) } : lineOf(metadata, null, []);
  const context = { ...blankOutlook(form, answers), draft: line };
  return formModal({ form, answers, catalogue, context, metadata });
}
