import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { dialogOf } from '../../blocks/dialogs';
import type { Fault } from '../../domain/forms/form';
import { moveLabel } from '../../domain/moves';
import { maskedNotice } from '../../domain/personal-data';
import { ackBudget } from '../../services/deadline';
import { dialogContext } from '../../services/dialog-context';
import { makeMove } from '../../services/merge-cases';
import { DIALOG_CALLBACK, readDialog } from '../../slack/ids/case-dialog';
import { readDialogValues } from '../../slack/read-dialog';
import { readSubmission } from '../../slack/read-form';
import type { ListenerDeps } from '../deps';
import { tellPrivately } from '../tell';

const errorsOf = (faults: readonly Fault[]) =>
  Object.fromEntries(faults.map(({ question, message }) => [question, message]));

/** A dialog was submitted: its move is made, or the window stays with what is wrong and everything typed. */
export const caseDialogSubmitted =
  (deps: ListenerDeps) =>
  async ({ ack, body, view, client }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs) => {
    const budget = ackBudget();
    const dialog = dialogOf(DIALOG_CALLBACK.exec(view.callback_id)?.[1] ?? '');
    if (!dialog) throw new Error(`No dialog answers to ${view.callback_id}.`);
    const { by, viewId } = readSubmission(body);
    const { ref, channel } = readDialog(view.private_metadata);
    const firstField = view.blocks.find((block) => block.type === 'input')?.block_id ?? '';

    const attempt = submit();
    const outcome = await budget.within(attempt).catch((error: unknown) => {
      deps.log.error({ err: error, ref, dialog: dialog.id, view: view.id }, 'a move could not be stored');
      const taken = { ref, move: moveLabel(dialog.id) };
      deps.late.watch({
        key: viewId,
        to: by,
        attempt: attempt.then((late) => ('ok' in late && late.ok ? taken : null)),
        look: async () => {
          const stored = await deps.cases.byRef(ref);
          return stored && (await deps.history.hasKey(stored, viewId)) ? taken : null;
        },
      });
      return 'unstored' as const;
    });
    if (outcome === 'unstored') return ack({ response_action: 'errors', errors: { [firstField]: NOT_STORED } });
    if ('faults' in outcome) return ack({ response_action: 'errors', errors: errorsOf(outcome.faults) });
    await ack();
    await deps.late.told(viewId, outcome.ok && !outcome.changed);
    const word = outcome.ok ? maskedNotice(outcome.masked) : outcome.reason;
    if (word) await tellPrivately({ client, user: by, channel }, word);

    async function submit() {
      const stored = await deps.cases.byRef(ref);
      if (!stored) return { ok: false as const, reason: `${ref} is not in the records any more.` };
      const read = dialog?.read(readDialogValues(view.state.values), await dialogContext(deps, stored));
      if (!read || 'faults' in read) return { faults: read?.faults ?? [] };
      return makeMove(deps, {
        find: { id: stored.id },
        move: read.move,
        by,
        key: viewId,
      });
    }
  };

const NOT_STORED =
  'This could not be stored just now. What you entered is still here: press the button again in a moment.';
