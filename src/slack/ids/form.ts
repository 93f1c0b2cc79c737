import { z } from 'zod';
import { CASE_KINDS } from '../../domain/kinds';
import type { CaseKind } from '../../domain/kinds/code';
import { maskPersonalData } from '../../domain/personal-data';
import { isSlackId } from '../../domain/targets';

/** Callback id of a form's modal: one per kind of case. */
export const formCallbackId = (kind: CaseKind): string => `form:${kind}`;

/** Matches every form's modal, for `app.view`. */
export const FORM_CALLBACK = new RegExp(`^form:(${CASE_KINDS.join('|')})$`);

/** The kind of case a modal files, or null if it is not a form. */
export const kindOfCallback = (callbackId: string): CaseKind | null =>
  CASE_KINDS.find((kind) => formCallbackId(kind) === callbackId) ?? null;

/**
 * Action id of every input of a form; its block id is the question's id. Both stay the same over `views.update`, so
 * that Slack keeps the typed value.
 */
export const FORM_ANSWER = 'answer';

/**
 * Block id of a question's input. Slack keeps what is typed while it stays the same; another `edition` replaces all
 * inputs (a draft is restored or discarded), a press only the one it answers.
 */
export function inputBlockId(questionId: string, { edition = 0, pressed = {} }: Typed): string {
  const suffix = (pressed[questionId] ?? 0) * (EDITIONS + 1) + edition;
  return suffix ? `${questionId}~${suffix}` : questionId;
}
type Typed = Pick<FormMetadata, 'edition' | 'pressed'>;
const EDITIONS = 99;
/** The question of an input block. */
export const questionOfBlock = (blockId: string): string => blockId.replace(/~\d+$/, '');

/** Buttons of a form: the previous page; the draft that was restored, or is offered. */
export const FORM_BACK = 'form_back';
export const FORM_DRAFT = /^form_draft:(discard|restore)$/;
export const formDraftId = (choice: 'discard' | 'restore'): string => `form_draft:${choice}`;

/** The button that continues in another form; its value is that form's kind, and the filed case it continues. */
export const FORM_SWITCH = 'switch_form';
export const switchValue = (to: CaseKind, from = ''): string => (from ? `${to}|${from}` : to);
export function readSwitch(value = ''): { readonly to: CaseKind | null; readonly from: string | null } {
  const [kind, from] = value.split('|');
  return { to: CASE_KINDS.find((one) => one === kind) ?? null, from: from || null };
}

/** The buttons that fill in an SP found by name; each value is an account. */
export const FORM_PICK_SP = /^form_pick_sp:\d$/;
export const formPickSpId = (place: number): string => `form_pick_sp:${place}`;

/** The buttons that fill in a known driver of the SP; each value is the driver. */
export const FORM_PICK_DRIVER = /^form_pick_driver:\d$/;
export const formPickDriverId = (place: number): string => `form_pick_driver:${place}`;

/** The button that chooses as last time, which the window remembers, or the form's common beginning; its value says which. */
export const FORM_AGAIN = 'form_again';
export type AgainFrom = 'last' | 'starter';

/** The button that shows the questions that few reports need. */
export const FORM_MORE = 'form_more';

/** The buttons that choose from a long list; each value is the question and the option. */
export const FORM_PICK_OPTION = /^form_pick_option:\d{1,2}$/;
export const formPickOptionId = (place: number): string => `form_pick_option:${place}`;
export const pickValue = (questionId: string, code: string): string => `${questionId}|${code}`;
export function readPick(value = ''): { readonly question: string; readonly code: string } {
  const [question = '', ...code] = value.split('|');
  return { question, code: code.join('|') };
}

/** Block ids of a form's other lines. The colon keeps them apart from question ids. */
export const FORM_LINES = {
  banner: 'form:banner',
  verdict: 'form:verdict',
  progress: 'form:progress',
  opening: 'form:opening',
  draft: 'form:draft',
  again: 'form:again',
  more: 'form:more',
  wordless: 'form:wordless',
  transfer: 'form:transfer',
  ping: 'form:ping',
  notice: 'form:notice',
  standing: 'form:standing',
  sp: 'form:sp',
  typed: 'form:typed',
  spOffer: 'form:sp_offer',
  drivers: 'form:drivers',
  openCases: 'form:open_cases',
  preview: 'form:preview',
  back: 'form:back',
} as const;
/** Makes the form an addition to an open case; its value is the reference, or none to file after all. */
export const FORM_ADD_TO = 'form_add_to';
/** The offer to continue as another kind. */
export const switchLineId = (to: CaseKind): string => `form:${to}`;
export const faultLine = (questionId: string): string => `form:fault:${questionId}`;
/** The heading of a part of a page. */
export const partLine = (part: string): string => `form:part:${part}`;
/** The options of a long list, as buttons. */
export const optionsLine = (questionId: string): string => `form:options:${questionId}`;
export const emptyChoiceLine = (questionId: string): string => `form:empty:${questionId}`;

/** Slack's limit for a window's metadata, as JSON. */
export const METADATA_MAX = 3000;
const SOURCE_TEXT_MAX = 2400;
const FILE_NAME_MAX = 40;
/** How much of the text typed after a command a form shows again. */
export const TYPED_MAX = 100;
const MOST_FILES = 10;

/** A text cut to what a form's window can remember, with an ellipsis if it was cut. */
export function sourceText(text: string): string {
  let kept = [...text];
  const written = () => (kept.length < [...text].length ? `${kept.join('')}…` : text);
  while (JSON.stringify(written()).length > SOURCE_TEXT_MAX) kept = kept.slice(0, Math.floor(kept.length * 0.9));
  return written();
}

const SlackId = z.string().refine(isSlackId);

const AnswerAt = z.url({ protocol: /^https?$/ }).max(300);

/** What a form's modal remembers about how it was opened. */
export const FormMetadata = z.strictObject({
  /** Conversation the command was typed in, for an ephemeral message if a DM is impossible. */
  channel: SlackId.nullable(),
  /** The command's response URL, valid for half an hour. */
  answerAt: AnswerAt.optional(),
  /** The message that a shortcut was used on: it becomes the case's source. */
  source: z
    .strictObject({
      channel: SlackId,
      ts: z.string().regex(/^\d+\.\d+$/),
      author: SlackId.nullish(),
      /** Its text, for details that are asked only once a branch is chosen; cut to what fits here. */
      text: z.string().max(SOURCE_TEXT_MAX).optional(),
      /** A message without text: its link, empty if Slack does not return it. */
      wordless: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(300)]).optional(),
      /** Its words are need-to-know, and this form's are not: they were left out. */
      secret: z.literal(true).optional(),
    })
    .nullable(),
  /** The story typed after the command, for details that are asked only once a branch is chosen. */
  told: z.string().max(SOURCE_TEXT_MAX).optional(),
  /** What was typed after this command next to a draft: it stays if the draft is discarded. `told`: and the story. */
  given: z
    .strictObject({
      sp: z.string().max(60).optional(),
      sj: z.string().max(60).optional(),
      told: z.literal(true).optional(),
    })
    .optional(),
  /** The doubtful part of what was typed after the command: shown until the SP is filled in. */
  typed: z.strictObject({ is: z.enum(['name', 'doubtful']), text: z.string().max(TYPED_MAX) }).optional(),
  /** The form, filed or not, that this one continues: its window's id. */
  continues: SlackId.optional(),
  /** The kind of that form, while it is not filed. */
  from: z.enum(CASE_KINDS).optional(),
  /** The windows of the forms that continue this one. */
  continuedBy: z.array(SlackId).max(5).optional(),
  /** The page on screen, in a form of several. */
  page: z.string().max(60).optional(),
  /** When this window's draft was begun; absent until it is known whether there is an earlier one. */
  draft: z.iso.datetime().optional(),
  /** When the draft that is only offered in this window was last stored, for while the store does not answer. */
  offered: z.iso.datetime().optional(),
  /** When the draft restored into this window was last stored. */
  restored: z.iso.datetime().optional(),
  /** The state of the draft that this window's own replaces, and its place beside other drafts of this form. */
  seen: z.iso.datetime().optional(),
  place: z.int().min(1).max(9).optional(),
  /** Names of files that were in the inputs when the draft was stored: Slack cannot fill them in again. */
  files: z.array(z.string().max(FILE_NAME_MAX)).max(MOST_FILES).optional(),
  /** The window in which this draft was last submitted, if the result is unknown. */
  submitted: SlackId.optional(),
  /** The requested warm transfer: the id of the window that requested it. */
  transfer: SlackId.optional(),
  /** The reference of the open case that the text is added to instead of being filed. */
  addTo: z.string().max(40).optional(),
  /** What this person chose in their last report of this kind. */
  again: z
    .record(z.string().max(60), z.union([z.string().max(60), z.array(z.string().max(60)).max(20).readonly()]))
    .optional(),
  /** The questions that few reports need are on screen. */
  more: z.literal(true).optional(),
  /** See `inputBlockId`. */
  edition: z.int().min(1).max(EDITIONS).optional(),
  /** How often a button answered which question. See `inputBlockId`. */
  pressed: z.record(z.string().max(60), z.int().min(1).max(999)).optional(),
});
export type FormMetadata = z.infer<typeof FormMetadata>;

/** Where a command or a button was used, as far as a window can remember it. A form opens without it too. */
export const usedIn = (channel: string | null, responseUrl: string | undefined) => {
  const { data: answerAt } = AnswerAt.safeParse(responseUrl);
  return { channel: channel !== null && isSlackId(channel) ? channel : null, ...(answerAt ? { answerAt } : {}) };
};

/** File names as a form's window remembers them: shortened, and at most ten. */
export const rememberedFiles = (names: readonly string[]): string[] =>
  names
    .slice(0, MOST_FILES)
    .map((name) => (name.length > FILE_NAME_MAX ? `${[...name].slice(0, FILE_NAME_MAX / 2).join('')}…` : name));

/**
 * The `private_metadata` of a form's modal. If it gets too long for Slack, it first drops what was chosen last time,
 * then where to answer (there are other ways), then the names of files, then the text that it was begun with: without a
 * window, nothing could be typed at all.
 */
export function packFormMetadata(metadata: FormMetadata): string {
  const { files, answerAt, again, ...rest } = FormMetadata.parse(metadata);
  const [most = '', ...shorter] = [
    { ...rest, files, answerAt, again },
    { ...rest, files, answerAt },
    { ...rest, files },
    rest,
    { ...rest, source: withoutText(rest.source), told: undefined },
  ].map((one) => JSON.stringify(one));
  return [most, ...shorter].find((packed) => packed.length <= METADATA_MAX) ?? shorter.at(-1) ?? most;
}

/** A message that a form was begun from, without its text: another story was typed. */
export const withoutText = (source: FormMetadata['source']): FormMetadata['source'] =>
  source && { ...source, text: undefined };

/**
 * What a draft keeps of it: not the response URL, the last report or the open case, which will be outdated. Card numbers
 * and SSNs in what the form was begun with are masked like any text that is stored (domain section 10).
 */
export const packForDraft = ({
  answerAt: _answerAt,
  again: _again,
  offered: _offered,
  addTo: _addTo,
  seen: _seen,
  place: _place,
  told,
  typed,
  source,
  ...metadata
}: FormMetadata): string =>
  packFormMetadata({
    ...metadata,
    ...(told ? { told: masked(told) } : {}),
    ...(typed ? { typed: { ...typed, text: masked(typed.text) } } : {}),
    source: source?.text ? { ...source, text: masked(source.text) } : source,
  });
const masked = (text: string) => maskPersonalData(text).text;

/** Parses `private_metadata`; null if it is not ours (from an older release, or tampered with). */
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
