import type { ModalView } from '@slack/types';
import type { DraftLine } from '../blocks/forms/draft-line';
import { formModal } from '../blocks/forms/modal';
import type { Answers, Fault, Form } from '../domain/forms/form';
import { KINDS } from '../domain/kinds';
import { withTexts } from '../domain/texts';
import { formOutlook } from '../services/form-context';
import { presetTimes } from '../services/preset-times';
import { transferLine } from '../services/transfer-line';
import type { FormMetadata } from '../slack/ids/form';
import type { ListenerDeps } from './deps';
import { typedLine } from './typed-form';

export interface Drawing {
  readonly form: Form;
  readonly answers: Answers;
  readonly metadata: FormMetadata;
  readonly line?: DraftLine | undefined;
  readonly faults?: readonly Fault[];
  /** A sentence at the top. */
  readonly notice?: string;
  /** Whose window it is. */
  readonly user: string;
}

/** A form's window with every lookup that it shows around the answers. Rejects if the store is unreachable. */
export async function drawnForm(deps: ListenerDeps, drawing: Drawing): Promise<ModalView> {
  const { form, metadata, line, faults = [], notice, user } = drawing;
  const [catalogue, texts, transfer] = await Promise.all([
    deps.directory.catalogue(),
    deps.directory.texts(),
    transferLine(deps, form, drawing.answers, metadata.transfer),
  ]);
  const given = { ...claimed(form, transfer), ...drawing.answers };
  const answers = { ...(await presetTimes(deps, form, given, user)), ...given };
  const [context, typed] = await Promise.all([
    formOutlook(deps, { form, answers, catalogue, reader: user }),
    typedLine(deps, form, answers, metadata),
  ]);
  return formModal({
    form: withTexts(form, texts),
    answers,
    catalogue,
    context: { ...context, draft: line, transfer, typed, ...(notice ? { notice } : {}) },
    faults,
    metadata,
  });
}

/** The person who takes the caller is the specialist in the form. */
const claimed = ({ kind }: Form, transfer: { readonly claimedBy: string | null } | null): Answers =>
  (transfer?.claimedBy && KINDS[kind].transfer?.taken(transfer.claimedBy)) || {};
