import type { Texts } from './configuration';
import type { FieldFault } from './directory-rules';
import { FORMS } from './forms';
import type { Form } from './forms/form';
import { CASE_KINDS } from './kinds';
import type { CaseKind } from './kinds/code';
import { amount } from './wording';

/** What to read out if a form has no closing text. */
export const PASSED_ON = 'Thank you for telling us. This is now with the manager responsible.';

/** A closing text that the business may change. */
export interface TextTemplate {
  /** The key it is stored under. */
  readonly key: string;
  readonly kind: CaseKind;
  /** In which reports of its kind it is read out; null: in all others. */
  readonly when: string | null;
  readonly standard: string;
}
/** A limit, because a question's hint may have to hold it. */
export const TEXT_MAX = 1000;

const keyOf = (kind: CaseKind, situation?: string) => `${kind}.closing${situation ? `.${situation}` : ''}`;

/** Every closing text, in the order of the forms. */
export const TEXTS: readonly TextTemplate[] = CASE_KINDS.flatMap((kind): TextTemplate[] => {
  const { closing = PASSED_ON, closings = [] } = FORMS[kind];
  return [
    { key: keyOf(kind), kind, when: null, standard: closing },
    ...closings.flatMap(({ id, about, say }) =>
      id ? [{ key: keyOf(kind, id), kind, when: about ?? id, standard: say }] : [],
    ),
  ];
});

export const textOf = (key: string): TextTemplate | undefined => TEXTS.find((template) => template.key === key);

/** A form with the business's texts in place of the standard ones. */
export function withTexts(form: Form, texts: Texts): Form {
  const { kind, closing, closings = [] } = form;
  const own = TEXTS.filter((template) => template.kind === kind && texts[template.key] !== undefined);
  if (!own.length) return form;
  const said = (situation: string | undefined, standard: string) =>
    (situation ? texts[keyOf(kind, situation)] : undefined) ?? standard;
  const general = texts[keyOf(kind)] ?? closing;
  return {
    ...form,
    ...(general === undefined ? {} : { closing: general }),
    closings: closings.map((saying) => ({ ...saying, say: said(saying.id, saying.say) })),
    questions: form.questions.map((question) => {
      const text = question.reads ? texts[keyOf(kind, question.reads)] : undefined;
      return text === undefined ? question : { ...question, hint: `“${text}”` };
    }),
  };
}

/** What is wrong with the business's texts; `field` is always `text`. */
export function textFaults(texts: Texts): FieldFault[] {
  return Object.entries(texts).flatMap(([key, text]) => {
    const fault = (message: string): FieldFault[] => [{ field: 'text', message }];
    if (!textOf(key)) return fault(`No form reads out ${key}.`);
    if (!text.trim()) return fault('The text is empty: write what the agent says, or restore the standard text.');
    if (text.length > TEXT_MAX) return fault(`The text is longer than ${amount(TEXT_MAX)} characters: shorten it.`);
    return [];
  });
}
