import type { AnyBlock, ContextBlock, ModalView } from '@slack/types';
import { chosenAgain } from '../../domain/forms/again';
import { isRequired } from '../../domain/forms/answer';
import { betterForm, WARNED } from '../../domain/forms/carry-over';
import { derivedSoFar, openingOf, withInitial } from '../../domain/forms/engine';
import type { Answers, Catalogue, Derived, Fault, Form, Question } from '../../domain/forms/form';
import { asAsked, hasField } from '../../domain/forms/joined';
import type { FormOutlook, Preview } from '../../domain/forms/outlook';
import { pageOf } from '../../domain/forms/pages';
import { KINDS } from '../../domain/kinds';
import type { CaseKind } from '../../domain/kinds/code';
import {
  FORM_BACK,
  FORM_LINES,
  type FormMetadata,
  faultLine,
  formCallbackId,
  formPickDriverId,
  inputBlockId,
  packFormMetadata,
  partLine,
  switchLineId,
} from '../../slack/ids/form';
import { faultsToErrors } from '../../slack/read-form';
import { noticeBlocks } from '../contacts/notice';
import { button } from '../lines';
import { richLines } from '../rich-text';
import { standingParts } from '../sp-standing';
import { channelMention, dateToken, escapeText, escapeWithin, mrkdwn, plainText, userMention } from '../text';
import { type DraftLine, draftLine } from './draft-line';
import { inSight, moreButton } from './more';
import { addToLine, openCaseLines } from './open-cases';
import { againButton, optionButtons, type QuestionInput, questionBlock } from './question';
import { switchButton } from './switch-button';
import { type TransferLine, transferBlocks } from './transfer-line';
import { type TypedLine, typedBlocks } from './typed-line';

/** What is shown around the answers. All of it may be missing: the bare form is complete. */
export interface FormContext extends FormOutlook {
  /** A sentence at the top: a draft was restored, the store is unreachable ... */
  readonly notice?: string;
  /** An unfinished report of the same kind, restored into this window or offered in it. */
  readonly draft?: DraftLine | undefined;
  /** What was typed after the command and is not filled in. */
  readonly typed?: TypedLine | undefined;
  /** The state of a warm transfer, if the form has one. */
  readonly transfer?: TransferLine | null;
}

export interface FormModalInput {
  readonly form: Form;
  readonly answers: Answers;
  readonly catalogue: Catalogue;
  readonly context: FormContext;
  /** Shown under their questions when a refused submission is redrawn; `response_action: errors` does not need them. */
  readonly faults?: readonly Fault[];
  readonly metadata: FormMetadata;
  /** The window opens, with the cursor in the first required question. A redraw does not move the cursor. */
  readonly isOpening?: boolean;
}

/**
 * A form as a modal, or one page of it (domain sections 3, 5 and 11). Redrawing it with other answers or another
 * context loses nothing that was typed, because block and action ids depend only on the question (and on `metadata`,
 * which says what to replace). `metadata.page`: the requested page; the view's own metadata has the page really shown.
 */
export function formModal(input: FormModalInput): ModalView {
  const { form, catalogue, context, metadata } = input;
  const answers = withInitial(form, { ...input.answers, ...context.supplied });
  const { page, number, of, next, previous } = pageOf(form, answers, metadata.page);
  const { addTo } = metadata;
  const { questions, faultTexts, isFolded } = onScreen(input, answers, page.questions);
  const derived = derivedSoFar(form, answers, catalogue);
  const cursor = input.isOpening
    ? questions.find((one) => isRequired(one, answers) && answers[one.id] === undefined)?.id
    : undefined;

  const inputOf = (question: Question): QuestionInput => ({
    ...asAsked(form, question, answers, catalogue),
    catalogue,
    focus: question.id === cursor,
    blockId: inputBlockId(question.id, metadata),
    // Of two alternatives, Slack would require either until the form is redrawn, so submitting checks this.
    required: isRequired(question, answers) && question.unless === undefined && addTo === undefined,
    open: isRequired(question, answers) && answers[question.id] === undefined && addTo === undefined,
  });
  const asked = (question: Question): AnyBlock[] => [
    questionBlock(inputOf(question)),
    ...optionButtons(inputOf(question)),
    ...line(
      faultLine(question.id),
      faultTexts[question.id] && `:warning: ${escapeWithin(faultTexts[question.id] ?? '', 1000)}`,
    ),
    ...(question.id === form.spQuestion
      ? [...standingLines(context.sp), ...spLine(context.sp), ...typedBlocks(context.typed)]
      : []),
    ...(question.holds === 'driver' ? knownDrivers(context.sp) : []),
    ...(question.id === form.sjQuestion ? (addTo ? [addToLine(addTo)] : openCaseLines(context.openCases)) : []),
    ...againLine(input, answers, question),
  ];

  return {
    type: 'modal',
    callback_id: formCallbackId(form.kind),
    private_metadata: packFormMetadata(of > 1 ? { ...metadata, page: page.id } : metadata),
    title: plainText(addTo ? `Add to ${addTo}` : form.title, 24),
    submit: plainText(addTo ? 'Add' : next ? 'Next' : 'Submit'),
    close: plainText('Cancel'),
    notify_on_close: true,
    blocks: [
      ...bannerLine(form.isCalm?.(answers) ? undefined : form.banner),
      ...(form.banner ? verdictLine(context.preview, derived) : []),
      ...(of > 1
        ? literalLine(FORM_LINES.progress, `Page ${number} of ${of} · ${page.title}${skippable(questions)}`)
        : []),
      ...line(FORM_LINES.opening, `:speech_balloon: _“${escapeWithin(openingOf(form, answers), 1000)}”_`),
      ...draftLine(context.draft),
      ...line(FORM_LINES.wordless, withoutWords(metadata.source)),
      ...line(FORM_LINES.notice, context.notice && escapeWithin(context.notice, 1000)),
      ...(context.told ? noticeBlocks(context.told) : []),
      ...transferBlocks(context.transfer),
      ...questions.flatMap((question, i) => [...partHeading(question, questions[i - 1]), ...asked(question)]),
      ...(isFolded ? moreButton(form) : []),
      ...switchLine(context.highRiskHint ? WARNED : betterForm(form, answers, catalogue), context.highRiskHint),
      ...(addTo ? [] : previewLine(form, context.preview, derived)),
      ...(previous ? backButton(previous.title) : []),
    ],
  };
}

/** The questions of a page that are on screen, with the faults beside them. */
function onScreen(
  { form, catalogue, context, metadata, faults = [] }: FormModalInput,
  answers: Answers,
  page: readonly Question[],
) {
  const fields = page.filter((question) => hasField(form, question, answers, catalogue));
  const ids = fields.map(({ id }) => id);
  const faultTexts = faultsToErrors(form, ids, faults);
  const offersDriver = knownDrivers(context.sp).length > 0;
  const isWanted = ({ id, holds }: Question) => faultTexts[id] !== undefined || (holds === 'driver' && offersDriver);
  const questions = inSight(fields, answers, metadata, isWanted);
  return { questions, faultTexts, isFolded: questions.length < fields.length };
}

/** Under the numbers, the choices of the person's last report, or common ones. */
function againLine({ form, catalogue, metadata }: FormModalInput, answers: Answers, { id }: Question): AnyBlock[] {
  const last = form.questions.findLast((one) => one.id === form.spQuestion || one.id === form.sjQuestion);
  if (id !== last?.id || metadata.addTo) return [];
  const own = chosenAgain(form, answers, metadata.again ?? {}, catalogue);
  if (own) return [againButton('last', own)];
  const common = chosenAgain(form, answers, form.starter?.(catalogue) ?? {}, catalogue);
  return common ? [againButton('starter', common)] : [];
}

const skippable = (questions: readonly Question[]): string =>
  questions.some(({ part }) => part) ? ' · answer each part, or say at its end why it is skipped' : '';

/** Above the first question of a part. */
const partHeading = ({ part }: Question, before: Question | undefined): AnyBlock[] =>
  part && part.id !== before?.part?.id
    ? [{ type: 'header', block_id: partLine(part.id), text: plainText(part.title, 150) }]
    : [];

const backButton = (title: string): AnyBlock[] => [
  {
    type: 'actions',
    block_id: FORM_LINES.back,
    elements: [button(FORM_BACK, `← Back to ${title}`)],
  },
];

/** Larger than any other line, because it must be seen before the first question. */
const bannerLine = (banner: string | undefined): AnyBlock[] =>
  banner
    ? [
        {
          type: 'section',
          block_id: FORM_LINES.banner,
          text: mrkdwn(`:rotating_light: *${escapeWithin(banner, 1000)}*`),
        },
      ]
    : [];

/** The severity, its reason, and when someone answers, at the top. Its space is reserved from the start. */
function verdictLine(preview: Preview | null, derived: Derived | null): AnyBlock[] {
  const due = preview?.respondBy ? ` Respond by ${dateToken(preview.respondBy)}.` : '';
  const verdict = derived ? `*${escapeWithin(derived.severityReason, 500)}*${due}` : '_Not rated yet._';
  return [{ type: 'section', block_id: FORM_LINES.verdict, text: mrkdwn(verdict) }];
}

/** A huddle, a file, a canvas, or what only some may read: the report has to be typed. */
function withoutWords(source: FormMetadata['source']): string | false {
  if (source?.wordless === undefined) return false;
  const { wordless, secret } = source;
  const message = wordless ? `<${wordless}|The message>` : 'The message';
  return secret
    ? `:lock: ${message} is about a need-to-know case, so its words were left out: people without access read this report. Type only what they may know.`
    : `:link: ${message} has no words to begin with. Type what it shows; the report keeps its link.`;
}

/** A small line of mrkdwn, or nothing. */
const line = (blockId: string, text: string | undefined | '' | false): ContextBlock[] =>
  text ? [{ type: 'context', block_id: blockId, elements: [mrkdwn(text)] }] : [];

/** Directory names are people's text: literal, never markup. */
const literalLine = (blockId: string, text: string): ContextBlock[] => [
  { type: 'context', block_id: blockId, elements: [plainText(text, 500)] },
];

/** The SP's standing, and whom it must not send: before anything else about it (domain section 12). */
function standingLines({ standing }: FormOutlook['sp']): AnyBlock[] {
  const lines = standing ? standingParts(standing) : [];
  return lines.length ? [{ ...richLines(lines), block_id: FORM_LINES.standing }] : [];
}

const MOST_DRIVERS = 5;
/** Known drivers of the SP, as buttons for the field above. */
function knownDrivers({ standing }: FormOutlook['sp']): AnyBlock[] {
  const known = [...new Set(standing?.banned.map(({ who }) => who))].slice(0, MOST_DRIVERS);
  if (!known.length) return [];
  const elements = known.map((who, place) => ({
    type: 'button' as const,
    action_id: formPickDriverId(place),
    text: plainText(who, 75),
    value: who,
  }));
  return [{ type: 'actions', block_id: FORM_LINES.drivers, elements }];
}

function spLine({ status, name, area, active }: FormOutlook['sp']): ContextBlock[] {
  switch (status) {
    case 'none':
      return [];
    case 'looking_up':
      return literalLine(FORM_LINES.sp, 'Looking up this SP …');
    case 'known': {
      const facts = [name, area && `Area ${area}`, active === false && '⚠️ inactive account'];
      return literalLine(FORM_LINES.sp, facts.filter(Boolean).join(' · '));
    }
    case 'unknown':
      return literalLine(
        FORM_LINES.sp,
        '⚠️ Not in the directory: check the number. If you file it anyway, it goes to the unrouted queue.',
      );
  }
}

/** The button to a form that fits better, with everything typed (domain sections 3, 4 and 6). */
function switchLine(to: CaseKind | null, isSign: boolean): AnyBlock[] {
  const offer = to && KINDS[to].offer;
  if (!offer) return [];
  const { warned } = offer;
  const why =
    isSign && warned ? `:warning: *${escapeText(warned.title)}* ${escapeText(warned.say)}` : escapeText(offer.say);
  return [{ type: 'section', block_id: switchLineId(to), text: mrkdwn(why), accessory: switchButton(to) }];
}

/** Where it goes, and its severity if that is unusual and not at the top already. */
function previewLine(form: Form, preview: Preview | null, derived: Derived | null): ContextBlock[] {
  const isUsual = !derived || derived.severity === 'normal' || derived.severity === 'low';
  const why = !isUsual && form.banner === undefined && `_${escapeWithin(derived.severityReason, 500)}_`;
  return line(FORM_LINES.preview, [preview && destination(form, preview), why].filter(Boolean).join('\n'));
}

function destination({ banner }: Form, { channelId, place, ownerId, respondBy, fallbackReason, copies }: Preview) {
  const channel = place ?? (channelId && channelMention(channelId));
  const facts = [
    `To *${channel ?? 'the unrouted queue'}*`,
    ...copies.map((copy) => `${copy.place ?? channelMention(copy.channelId)}${copy.redacted ? ' (redacted)' : ''}`),
    ownerId && userMention(ownerId),
    respondBy && banner === undefined && `by ${dateToken(respondBy)}`,
    fallbackReason && escapeWithin(fallbackReason, 300),
  ];
  return facts.filter(Boolean).join(' · ');
}
