import type { webApi } from '@slack/bolt';
import { continuedModal } from '../blocks/forms/continued';
import { isRestricted } from '../domain/access';
import { formOf } from '../domain/forms';
import { dropDraft } from '../services/drafts';
import type { StoredCase } from '../services/ports/cases';
import type { FormMetadata } from '../slack/ids/form';
import type { ListenerDeps } from './deps';
import { keepBeside } from './form-window';
import { unlessLimited } from './open-form';

/**
 * Once a need-to-know report is filed, closes the open form that it continued, and drops its draft: they have the same
 * text, and would post it where everyone reads (domain section 10). Does nothing for other reports. Returns whether
 * there was one.
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
    unlessLimited(client.views.update({ view_id: continues, view: continuedModal(from, ref) })),
    keepBeside(deps, dropDraft(deps, formOf(from), { user: reporter, window: continues, at })),
  ]);
  return true;
}
