import { z } from 'zod';
import { CASE_KINDS, type CaseKind } from '../../domain/kinds';

/** Callback id of a form's modal: one per kind of case. */
export const formCallbackId = (kind: CaseKind): string => `form:${kind}`;

/** Matches every form's modal, for `app.view`. */
export const FORM_CALLBACK = new RegExp(`^form:(${CASE_KINDS.join('|')})$`);

/** The kind of case a modal files, or null when it is no form. */
export const kindOfCallback = (callbackId: string): CaseKind | null =>
  CASE_KINDS.find((kind) => formCallbackId(kind) === callbackId) ?? null;

/**
 * Action id of every input of a form; its block id is the question's id. Both stay the same over `views.update`,
 * which is what makes Slack keep the typed value.
 */
export const FORM_ANSWER = 'answer';

/** Block ids of what a form shows beside its inputs. The colon keeps them apart from question ids. */
export const FORM_LINES = {
  banner: 'form:banner',
  progress: 'form:progress',
  opening: 'form:opening',
  notice: 'form:notice',
  sp: 'form:sp',
  openCases: 'form:open_cases',
  highRisk: 'form:high_risk',
  preview: 'form:preview',
} as const;
export const faultLine = (questionId: string): string => `form:fault:${questionId}`;
export const emptyChoiceLine = (questionId: string): string => `form:empty:${questionId}`;

const SlackId = z.string().regex(/^[A-Z][A-Z0-9]{1,30}$/);

/** What a form's modal remembers about how it was opened. */
export const FormMetadata = z.strictObject({
  /** Conversation the command was typed in, for a private note when a DM is impossible. */
  channel: SlackId.nullable(),
  /** The message a shortcut was used on: it becomes the case's source. */
  source: z.strictObject({ channel: SlackId, ts: z.string().regex(/^\d+\.\d+$/) }).nullable(),
  /** The page on screen, in a form of several. */
  page: z.string().max(60).optional(),
});
export type FormMetadata = z.infer<typeof FormMetadata>;

/** The `private_metadata` of a form's modal. */
export const packFormMetadata = (metadata: FormMetadata): string => JSON.stringify(FormMetadata.parse(metadata));

/** Reads `private_metadata` back; null when it is not ours (from an older release, or tampered with). */
export function readFormMetadata(packed: string): FormMetadata | null {
  const json = JsonText.safeParse(packed);
  const metadata = FormMetadata.safeParse(json.success ? json.data : null);
  return metadata.success ? metadata.data : null;
}

const JsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: `not JSON: ${String(error)}` });
    return z.NEVER;
  }
});
