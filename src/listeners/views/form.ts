import { setTimeout as sleep } from 'node:timers/promises';
import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { filedModal } from '../../blocks/forms/filed';
import { formOf } from '../../domain/forms';
import { betterForm } from '../../domain/forms/carry-over';
import type { Fault, Form } from '../../domain/forms/form';
import { checkPage, pageAsking, pageOf } from '../../domain/forms/pages';
import { STORE_PATIENCE_MS, within } from '../../services/deadline';
import { dropDraft } from '../../services/drafts';
import { fileCase } from '../../services/file-case';
import type { StoredCase } from '../../services/ports';
import { procedureOf } from '../../services/procedures';
import { promiseFaults } from '../../services/promise-faults';
import { watchFiled } from '../../services/watch-sps';
import { kindOfCallback } from '../../slack/ids/form';
import { faultsToErrors, readSubmission, shownInputs, UnreadableFormError } from '../../slack/read-form';
import type { ListenerDeps } from '../deps';
import { drawnForm } from '../drawn-form';
import { type FormWindow, formWindow, keepBeside } from '../form-window';
import { sourceOf } from '../message-source';
import type { Turns } from '../turns';

/** What nobody waits for lets those go first who wait for an acknowledgement of theirs, as delivery does. */
const BREATH_MS = 250;

/**
 * A form was submitted: the case is stored before Slack hears anything, so a store that fails or is slow leaves the
 * form open with everything typed (architecture section 3). Of a form of several pages, all but the last lead to the next.
 */
export const formSubmitted =
  (deps: ListenerDeps, turns: Turns) =>
  async ({ ack, body, view }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs) => {
    const at = deps.now();
    const kind = kindOfCallback(view.callback_id);
    if (!kind) throw new Error(`No form answers to ${view.callback_id}.`);
    const form = formOf(kind);
    const refuse = (faults: readonly Fault[]) =>
      ack({ response_action: 'errors', errors: faultsToErrors(form, shownInputs(view), faults) });
    turns.end(view.id);

    let window: FormWindow | null = null;
    const goesOn = async (stored: StoredCase) =>
      stored.links.length ? null : betterForm(form, stored.answers, await deps.directory.catalogue());

    const texts = () =>
      deps.directory.texts().catch((error: unknown) => {
        deps.log.warn({ err: error, kind }, 'the closing texts could not be read; the standard one is shown');
        return {};
      });

    try {
      const { by, viewId } = readSubmission(body);
      window = await within(STORE_PATIENCE_MS, formWindow(deps, by, view, at));
      if (!window) throw new Error(`The window of ${kind} could not be read.`);
      const { answers, metadata, page } = window;
      const draw = (shown: string, faults: readonly Fault[] = []) =>
        drawnForm(deps, { form, answers, metadata: { ...metadata, page: shown }, faults, user: by });

      const { next } = pageOf(form, answers, page);
      if (next) {
        const turned = await within(STORE_PATIENCE_MS, turnPage(deps, window, next.id));
        if (turned.length === 0) return await ack({ response_action: 'update', view: await draw(next.id) });
        await refuse(turned);
        return await keepBeside(deps, window.keep());
      }

      const filed = await within(
        STORE_PATIENCE_MS,
        fileCase(deps, {
          id: viewId,
          form,
          answers,
          reporter: by,
          source: await sourceOf(deps, metadata.source),
          forms: { continues: metadata.continues, continuedBy: metadata.continuedBy },
        }),
      );
      if (!filed.ok) {
        const asked = pageAsking(form, answers, filed.faults[0]?.question ?? '') ?? page;
        if (asked === page) await refuse(filed.faults);
        else await ack({ response_action: 'update', view: await draw(asked, filed.faults) });
        return await keepBeside(deps, window.keep(asked));
      }
      const confirmation = filedModal(filed.stored, filed.masked, await goesOn(filed.stored), await texts());
      await ack({ response_action: 'update', view: confirmation });
      await keepBeside(deps, dropDraft(deps, by, form, at));
      // The report is stored and its sender was told so: what fails from here on is not theirs to repeat.
      await procedureOf(kind)
        .filed?.(deps, filed.stored)
        .catch((error: unknown) =>
          deps.log.error({ err: error, ref: filed.stored.ref }, 'what follows a report could not be done'),
        );
      await sleep(BREATH_MS);
      await watchFiled(deps, filed.stored).catch((error: unknown) =>
        deps.log.warn({ err: error, ref: filed.stored.ref }, 'the repeat rules could not look yet; their job does'),
      );
    } catch (error) {
      deps.log.error({ err: error, view: view.id, kind }, 'a report could not be filed');
      await refuse([{ question: firstQuestion(form), message: words(error) }]);
      if (window) await keepBeside(deps, window.keep());
    }
  };

/** Leaves a page for the next one: judged, and kept before its inputs go. Gives the faults for which it stays. */
async function turnPage(deps: ListenerDeps, window: FormWindow, next: string): Promise<readonly Fault[]> {
  const { form, answers, page } = window;
  const checked = checkPage(form, answers, await deps.directory.catalogue(), page);
  const faults = checked.ok ? await promiseFaults(deps, form, answers) : checked.faults;
  if (faults.length === 0) await window.keep(next);
  return faults;
}

const firstQuestion = (form: Form) => form.questions[0]?.id ?? '';

const words = (error: unknown) =>
  error instanceof UnreadableFormError
    ? error.message
    : 'This could not be stored just now. Nothing is lost: everything you typed is still here. Press Submit again in a moment.';
