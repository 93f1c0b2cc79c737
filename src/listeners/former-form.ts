import type { webApi } from '@slack/bolt';
import { wentOnModal } from '../blocks/forms/went-on';
import { isRestricted } from '../domain/access';
import { formOf } from '../domain/forms';
import { dropDraft } from '../services/drafts';
import type { StoredCase } from '../services/ports/cases';
import type { FormMetadata } from '../slack/ids/form';
import type { ListenerDeps } from './deps';
import { keepBeside } from './form-window';
import { unlessKeptFrom } from './open-form';

/**
 * Once a need-to-know report is filed, the open form that it went on from goes, and its draft: it holds the same words,
 * and would post them where everyone reads (domain section 10). Nothing for any other report. Gives whether there was one.
 */
export async function endFormer(
  deps: ListenerDeps,
  client: webApi.WebClient,
  { continues, from }: FormMetadata,
  { kind, ref, reporter }: StoredCase,
  at: Date,
): Promise<boolean> {
  if (!continues || !from || isRestricted(from) || !isRestricted(kind)) return false;
  await Promise.all([
    unlessKeptFrom(client.views.update({ view_id: continues, view: wentOnModal(from, ref) })),
    keepBeside(deps, dropDraft(deps, reporter, formOf(from), at)),
  ]);
  return true;
}
