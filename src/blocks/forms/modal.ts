import type { AnyBlock, ContextBlock, ModalView } from '@slack/types';
import { derivedSoFar, openingOf, withInitial } from '../../domain/forms/engine';
import type { Answers, Catalogue, Derived, Fault, Form, Question } from '../../domain/forms/form';
import { pageOf } from '../../domain/forms/pages';
import { FORM_LINES, type FormMetadata, faultLine, formCallbackId, packFormMetadata } from '../../slack/ids/form';
import { faultsToErrors } from '../../slack/read-form';
import { channelMention, dateToken, escapeWithin, mrkdwn, plainText, userMention } from '../text';
import { questionBlock } from './question';

/** What is known around the answers when a form is drawn. Everything may still be missing: the shell is a full form. */
export interface FormContext {
  /** A sentence for the agent to say, in place of the form's own (domain section 11). */
  readonly opening?: string;
  readonly sp: {
    /** `none`: no number typed yet; `unknown`: looked up and not in the directory. */
    readonly status: 'none' | 'looking_up' | 'known' | 'unknown';
    readonly name?: string;
    readonly area?: string;
    readonly active?: boolean;
  };
  /** Who will get it and by when they must respond; null until that is known. */
  readonly preview: null | {
    readonly channelId: string | null;
    /** Shown in place of the link: an agent outside a private channel cannot read the link's name. */
    readonly channelName?: string;
    readonly ownerId: string | null;
    readonly respondBy: Date | null;
    /** Why it goes to a fallback channel, as a sentence part: "SP 123 is not in the directory". */
    readonly fallbackReason?: string;
  };
  /** Open cases of the same SJ, as in "SPF-000098, open 2 days, with Dana". */
  readonly openCases: readonly {
    readonly ref: string;
    readonly state: string;
    readonly ageText: string;
    readonly ownerId: string | null;
  }[];
  /** A sentence at the top: a draft was restored, the store cannot be reached ... */
  readonly notice?: string;
  /** An option marked ⚠ is chosen. */
  readonly highRiskHint: boolean;
}

export interface FormModalInput {
  readonly form: Form;
  readonly answers: Answers;
  readonly catalogue: Catalogue;
  readonly context: FormContext;
  /** Shown under their questions, for redrawing a refused submission; `response_action: errors` needs none of this. */
  readonly faults?: readonly Fault[];
  readonly metadata: FormMetadata;
}

const MAX_OPEN_CASES = 5;

/**
 * A form as a modal, one page of it where it has several (domain sections 3, 5 and 11). Redrawing it with other answers
 * or another context loses nothing that was typed, because block and action ids depend on the question alone.
 * `metadata.page` says which page; the view's own metadata then says which one is really shown.
 */
export function formModal(input: FormModalInput): ModalView {
  const { form, catalogue, context, faults = [], metadata } = input;
  const answers = withInitial(form, input.answers);
  const { page, number, of, next } = pageOf(form, answers, metadata.page);
  const { questions } = page;
  const faultTexts = faultsToErrors(
    form,
    questions.map(({ id }) => id),
    faults,
  );
  const isBlank = questions.every(({ id }) => input.answers[id] === undefined);

  const asked = (question: Question, index: number): AnyBlock[] => [
    questionBlock({ question, answer: answers[question.id], catalogue, focus: isBlank && index === 0 }),
    ...line(
      faultLine(question.id),
      faultTexts[question.id] && `:warning: ${escapeWithin(faultTexts[question.id] ?? '', 1000)}`,
    ),
    ...(question.id === form.spQuestion ? spLine(context.sp) : []),
    ...(question.id === form.sjQuestion ? openCaseLine(context.openCases) : []),
  ];

  return {
    type: 'modal',
    callback_id: formCallbackId(form.kind),
    private_metadata: packFormMetadata(of > 1 ? { ...metadata, page: page.id } : metadata),
    title: plainText(form.title, 24),
    submit: plainText(next ? 'Next' : 'Submit'),
    close: plainText('Cancel'),
    notify_on_close: true,
    blocks: [
      ...bannerLine(form.banner),
      ...(of > 1 ? literalLine(FORM_LINES.progress, `Page ${number} of ${of} · ${page.title}`) : []),
      ...line(
        FORM_LINES.opening,
        `:speech_balloon: _“${escapeWithin(context.opening ?? openingOf(form, answers), 1000)}”_`,
      ),
      ...line(FORM_LINES.notice, context.notice && escapeWithin(context.notice, 1000)),
      ...questions.flatMap(asked),
      ...highRiskLine(context.highRiskHint),
      ...previewLine(context.preview, derivedSoFar(form, answers, catalogue)),
    ],
  };
}

/** Larger than any other line: it must be seen before the first question is. */
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

/** A small line of mrkdwn, or nothing. */
const line = (blockId: string, text: string | undefined | ''): ContextBlock[] =>
  text ? [{ type: 'context', block_id: blockId, elements: [mrkdwn(text)] }] : [];

/** Directory names are people's text: literal, never markup. */
const literalLine = (blockId: string, text: string): ContextBlock[] => [
  { type: 'context', block_id: blockId, elements: [plainText(text, 500)] },
];

function spLine({ status, name, area, active }: FormContext['sp']): ContextBlock[] {
  switch (status) {
    case 'none':
      return [];
    case 'looking_up':
      return literalLine(FORM_LINES.sp, 'Looking up this SP. You can go on meanwhile.');
    case 'known': {
      const facts = [name, area && `Area ${area}`, active === false && '⚠️ inactive account'];
      return literalLine(FORM_LINES.sp, facts.filter(Boolean).join(' · '));
    }
    case 'unknown':
      return literalLine(
        FORM_LINES.sp,
        '⚠️ Not in the directory: check the number. It can be filed all the same, and will go to the unrouted queue.',
      );
  }
}

function openCaseLine(cases: FormContext['openCases']): ContextBlock[] {
  if (cases.length === 0) return [];
  const named = cases.slice(0, MAX_OPEN_CASES).map(({ ref, state, ageText, ownerId }) => {
    const owner = ownerId ? `with ${userMention(ownerId)}` : 'without an owner';
    return `*${escapeWithin(ref, 40)}*, ${escapeWithin(state, 40)} ${escapeWithin(ageText, 40)}, ${owner}`;
  });
  const more = cases.length > MAX_OPEN_CASES ? [`and ${cases.length - MAX_OPEN_CASES} more`] : [];
  const lines = ['Already open for this SJ. Add to it in its thread, or file a new one here:', ...named, ...more];
  return line(FORM_LINES.openCases, lines.join('\n'));
}

/** Its own block, so that the way to the high-risk form can sit beside the words. */
const highRiskLine = (shown: boolean): AnyBlock[] =>
  shown
    ? [
        {
          type: 'section',
          block_id: FORM_LINES.highRisk,
          text: mrkdwn(
            ':warning: *This looks high-risk.* If anyone is in danger now, call the emergency services first.',
          ),
        },
      ]
    : [];

function previewLine(preview: FormContext['preview'], derived: Derived | null): ContextBlock[] {
  const parts = [
    preview && destination(preview),
    derived && `${escapeWithin(derived.title, 300)} (${derived.tone}, ${derived.severity})`,
  ];
  const reason = derived && `_${escapeWithin(derived.severityReason, 500)}_`;
  const summary = parts.filter(Boolean).join('\n');
  return line(FORM_LINES.preview, [summary, reason].filter(Boolean).join('\n'));
}

function destination({
  channelId,
  channelName,
  ownerId,
  respondBy,
  fallbackReason,
}: NonNullable<FormContext['preview']>) {
  const channel = channelName ? `#${escapeWithin(channelName, 100)}` : channelId && channelMention(channelId);
  const facts = [
    `Goes to *${channel ?? 'the unrouted queue'}*`,
    ownerId && `Area Manager ${userMention(ownerId)}`,
    respondBy && `respond by ${dateToken(respondBy)}`,
    fallbackReason && escapeWithin(fallbackReason, 300),
  ];
  return facts.filter(Boolean).join(' · ');
}
