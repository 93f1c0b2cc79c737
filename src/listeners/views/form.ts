import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { filedModal } from '../../blocks/forms/filed';
import { formOf } from '../../domain/forms';
import type { Fault, Form } from '../../domain/forms/form';
import { fileCase } from '../../services/file-case';
import { kindOfCallback } from '../../slack/ids/form';
import { faultsToErrors, readForm, shownInputs, UnreadableFormError } from '../../slack/read-form';
import { STORE_PATIENCE_MS, within } from '../deadline';
import type { ListenerDeps } from '../deps';

/**
 * A form was submitted: the case is stored before Slack hears anything, so a store that fails or is slow leaves the
 * form open with everything typed (architecture section 3).
 */
export const formSubmitted =
  (deps: ListenerDeps) =>
  async ({ ack, body, view }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs) => {
    const kind = kindOfCallback(view.callback_id);
    if (!kind) throw new Error(`No form answers to ${view.callback_id}.`);
    const form = formOf(kind);
    const refuse = (faults: readonly Fault[]) =>
      ack({ response_action: 'errors', errors: faultsToErrors(form, shownInputs(view), faults) });

    try {
      const filed = await within(
        STORE_PATIENCE_MS,
        fileCase(deps, {
          id: view.id,
          form,
          answers: readForm(form, view.state.values),
          reporter: body.user.id,
          source: null,
        }),
      );
      if (!filed.ok) return await refuse(filed.faults);
      await ack({ response_action: 'update', view: filedModal(filed.stored) });
    } catch (error) {
      deps.log.error({ err: error, view: view.id, kind }, 'a report could not be filed');
      await refuse([{ question: firstQuestion(form), message: words(error) }]);
    }
  };

const firstQuestion = (form: Form) => form.questions[0]?.id ?? '';

const words = (error: unknown) =>
  error instanceof UnreadableFormError
    ? error.message
    : 'This could not be stored just now. Nothing is lost: everything you typed is still here. Press Submit again in a moment.';
