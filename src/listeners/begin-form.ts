import type { DraftLine } from '../blocks/forms/draft-line';
import { newAnswersFrom, withInitial } from '../domain/forms/engine';
import type { Answers, Catalogue, Form } from '../domain/forms/form';
import { toldBy } from '../domain/forms/told';
import type { Draft } from '../services/ports/people';
import { type FormMetadata, readFormMetadata, withoutText } from '../slack/ids/form';

/** What a form's window starts with. */
export interface Beginning {
  readonly answers: Answers;
  readonly metadata: FormMetadata;
  readonly line: DraftLine | undefined;
}

/** How a form is opened: its answers and what its window remembers. */
export interface Opening {
  readonly form: Form;
  readonly answers: Answers;
  readonly metadata: FormMetadata;
}

/** Until it is known whether there is a draft. */
export const unaware = ({ answers, metadata }: Opening): Beginning => ({ answers, metadata, line: undefined });

/**
 * A window that knows of the draft, or that there is none (domain section 3). The draft is restored, and what was typed
 * with the command replaces its answers. A report with text from elsewhere (a message, another form) may be about
 * another matter: there, and in a window that is already open (`late`), the draft is only offered.
 */
export function begin(opening: Opening, draft: Draft | null, catalogue: Catalogue, at: Date, late = false): Beginning {
  const { form, answers: given, metadata } = opening;
  const kept = draft ? newAnswersFrom(form, draft.answers, catalogue) : {};
  const initial = withInitial(form, {});
  const isNews = ([id, answer]: [string, unknown]) => !(id in given) && initial[id] !== answer;
  if (!draft || !Object.entries(kept).some(isNews))
    return {
      answers: given,
      metadata: { ...metadata, draft: at.toISOString(), ...(draft ? replaced(draft) : {}) },
      line: undefined,
    };
  // What was typed and is unclear may be about another call.
  if (late || isApart(metadata))
    return {
      answers: given,
      metadata: { ...metadata, offered: draft.updatedAt.toISOString() },
      line: { is: 'offered', keptAt: draft.updatedAt },
    };

  const { edition: _typed, given: _before, ...remembered } = readFormMetadata(draft.metadata) ?? metadata;
  const typed = form.questions.filter(({ id }) => given[id] && kept[id] && given[id] !== kept[id]);
  return {
    answers: { ...kept, ...given },
    metadata: {
      ...remembered,
      channel: metadata.channel,
      ...(metadata.answerAt ? { answerAt: metadata.answerAt } : {}),
      ...(metadata.told ? { told: metadata.told, source: withoutText(remembered.source) } : {}),
      ...typedNow(form, given, metadata),
      ...continued(draft),
    },
    line: {
      is: 'restored',
      keptAt: draft.updatedAt,
      typed: typed.map(({ label }) => label),
      files: remembered.files ?? [],
    },
  };
}

/** Whether a report may be about another matter than the draft of the same form. */
export const isApart = ({ source, continues, typed }: FormMetadata): boolean => Boolean(source || continues || typed);

/** The part of a restored window that does not belong to the draft: it was typed after this command. */
function typedNow(form: Form, given: Answers, { told }: FormMetadata): Pick<FormMetadata, 'given'> {
  const [sp, sj] = [form.spQuestion, form.sjQuestion].map((id) => given[id]);
  const now = {
    ...(typeof sp === 'string' ? { sp } : {}),
    ...(typeof sj === 'string' ? { sj } : {}),
    ...(told ? { told: true as const } : {}),
  };
  return Object.keys(now).length ? { given: now } : {};
}

/** The answers that stay if the draft is discarded. */
export const answersTypedNow = (
  form: Form,
  { given: { sp = '', sj = '', told: isTold } = {}, told }: FormMetadata,
  catalogue: Catalogue,
): Answers => ({
  ...(isTold && told ? toldBy(form, told, catalogue) : {}),
  ...newAnswersFrom(form, { [form.spQuestion]: sp, [form.sjQuestion]: sj }),
});

/** What a window remembers of the draft that its own replaces. */
const replaced = ({ updatedAt, place }: Draft) => ({ seen: updatedAt.toISOString(), ...(place ? { place } : {}) });

/** What a window remembers once it continues a draft. */
export const continued = (draft: Draft) => ({
  draft: draft.startedAt.toISOString(),
  restored: draft.updatedAt.toISOString(),
  ...replaced(draft),
  ...(draft.submitted && +draft.submitted.startedAt === +draft.startedAt ? { submitted: draft.submitted.key } : {}),
});
