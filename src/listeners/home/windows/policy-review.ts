import { APPLY, policyReviewWindow } from '../../../blocks/home/windows/policy-review';
import type { Policy } from '../../../domain/policy';
import { pathOf } from '../../../domain/policy-items';
import { changePolicy } from '../../../services/change-policy';
import { many } from '../../../slack/read-window';
import { applyAndTell } from '../../apply-policy';
import { edited, outlookOf, readEdit } from './policy-edits';
import { type HomeWindow, savedBy } from './window';

const STALE = 'This window belongs to an older page. Open the policy again; nothing was changed.';

/** Shows what an edit changes, and saves it. */
export const policyReviewHomeWindow: HomeWindow = {
  id: 'policy_review',
  open: async () => ({ refused: STALE }),
  async submit(deps, { id: by }, memory, values) {
    const edit = readEdit(memory.edit);
    if (!edit) return { is: 'refused', reason: STALE };
    const change = (policy: Policy) => edited(policy, edit);
    const section = pathOf(edit.item);
    const outcome = await changePolicy(deps, { by, expected: memory.version, section, change });
    if (outcome.ok) {
      const applies = many(values, 'apply')?.includes(APPLY);
      if (!applies) return { is: 'saved', all: true };
      return {
        is: 'saved',
        all: true,
        goOn: () => applyAndTell(deps, by, (text) => deps.clients.bulk.chat.postMessage({ channel: by, text })),
      };
    }
    const current = outcome.is === 'conflict' && outcome.current ? outcome.current : await deps.directory.policy();
    const outlook = await outlookOf(deps, change(current), edit.item);
    return savedBy(deps, { what: 'policy', key: 'policy', version: memory.version }, outcome, (version, notice) =>
      policyReviewWindow({ ...memory, version }, edit.item, current, change(current), { ...outlook, notice }),
    );
  },
};
