import { z } from 'zod';
import type { Answer, Answers, Fault, Form, Question } from '../domain/forms/form';
import { answersIn, listAsking } from '../domain/forms/joined';
import { isPerson } from '../domain/targets';
import { FORM_ANSWER, questionOfBlock } from './ids/form';

/** A modal's state that no form of ours can have produced. `message` is for the person who pressed Submit. */
export class UnreadableFormError extends Error {
  override readonly name = 'UnreadableFormError';
  constructor(readonly detail: string) {
    super('What you entered could not be read, and nothing was filed. Your answers are still on screen: submit again.');
  }
}

const Submission = z.looseObject({
  user: z.looseObject({ id: z.string().refine(isPerson) }),
  view: z.looseObject({ id: z.string().regex(/^[A-Za-z][\w.-]{0,99}$/) }),
});

/** Who submitted which window: both are stored. Throws UnreadableFormError unless both are ids. */
export function readSubmission(body: unknown): { by: string; viewId: string } {
  const { user, view } = parsed(Submission, body, 'submission');
  return { by: user.id, viewId: view.id };
}

const Chosen = z.object({ value: z.string() });

/** `state.values[block][action]` of the input elements in our forms, each with its answer. */
const ElementState = z.discriminatedUnion('type', [
  z
    .object({ type: z.literal('plain_text_input'), value: z.string().nullish() })
    .transform(({ type, value }) => ({ type, answer: value })),
  z
    .object({ type: z.enum(['radio_buttons', 'static_select']), selected_option: Chosen.nullish() })
    .transform(({ type, selected_option }) => ({ type, answer: selected_option?.value })),
  z
    .object({ type: z.enum(['checkboxes', 'multi_static_select']), selected_options: z.array(Chosen).nullish() })
    .transform(({ type, selected_options }) => ({ type, answer: selected_options?.map(({ value }) => value) })),
  z
    .object({ type: z.literal('datetimepicker'), selected_date_time: z.int().min(0).max(8.64e12).nullish() })
    .transform(({ type, selected_date_time }) => ({
      type,
      answer: selected_date_time == null ? undefined : new Date(selected_date_time * 1000).toISOString(),
    })),
  z
    .object({ type: z.literal('users_select'), selected_user: z.string().nullish() })
    .transform(({ type, selected_user }) => ({ type, answer: selected_user })),
  z
    .object({
      type: z.literal('file_input'),
      files: z.array(z.object({ id: z.string(), name: z.string().nullish() })).nullish(),
    })
    .transform(({ type, files }) => ({
      type,
      answer: files?.map(({ id }) => id),
      names: files?.map(({ id, name }) => name || id),
    })),
]);

type ElementType = z.infer<typeof ElementState>['type'];

/** The elements allowed for each kind of question. */
const ELEMENTS: Readonly<Record<Question['kind'], readonly ElementType[]>> = {
  text: ['plain_text_input'],
  long_text: ['plain_text_input'],
  one_of: ['radio_buttons', 'static_select'],
  yes_no: ['radio_buttons'],
  many_of: ['checkboxes', 'multi_static_select'],
  date_time: ['datetimepicker'],
  person: ['users_select'],
  files: ['file_input'],
};

const Values = z.record(z.string(), z.record(z.string(), z.unknown()));

/**
 * `view.state.values` as plain answers. Leaves out empty inputs and blocks that are not questions of this form; does
 * not validate (see `check`) or drop hidden answers (see `prune`). Throws UnreadableFormError if the state does not
 * have Slack's shape.
 */
export function readForm(form: Form, values: unknown): Answers {
  const given = Object.entries(parsed(Values, values, 'state.values'));
  const blocks = Object.fromEntries(given.map(([id, block]) => [questionOfBlock(id), block]));
  const answers: Record<string, Answer> = {};
  for (const question of form.questions) {
    const block = Object.hasOwn(blocks, question.id) ? blocks[question.id] : undefined;
    if (!block) continue;
    const answer = answerIn(question, block[FORM_ANSWER]);
    if (answer !== undefined && answer.length > 0) Object.assign(answers, answersIn(form, question, answers, answer));
  }
  return answers;
}

/** The names of the files in a form's inputs. Throws UnreadableFormError like `readForm`. */
export function fileNames(values: unknown): readonly string[] {
  const elements = Object.values(parsed(Values, values, 'state.values')).map((block) => block[FORM_ANSWER]);
  return elements.flatMap((element) => {
    const read = ElementState.safeParse(element);
    return read.success && 'names' in read.data ? (read.data.names ?? []) : [];
  });
}

function answerIn(question: Question, state: unknown): Answer | undefined {
  const element = parsed(ElementState, state, question.id);
  if (!ELEMENTS[question.kind].includes(element.type))
    throw new UnreadableFormError(`${question.id}: ${element.type} cannot hold a ${question.kind} answer`);
  return element.answer ?? undefined;
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new UnreadableFormError(`${where}: ${z.prettifyError(result.error)}`);
}

const ViewWithInputs = z.object({ blocks: z.array(z.object({ type: z.string(), block_id: z.string().optional() })) });

/** The questions shown as inputs: the agent may submit before an update of the branch has arrived. */
export function shownInputs(view: unknown): string[] {
  const { blocks } = parsed(ViewWithInputs, view, 'view.blocks');
  return blocks.flatMap(({ type, block_id }) => (type === 'input' && block_id !== undefined ? [block_id] : []));
}

/**
 * Faults for Slack's `response_action: errors`, by block id. Slack accepts only ids of input blocks on screen, so the
 * fault of any other question goes, with its name, to the nearest one shown (the one before it on a tie). `shown` comes
 * from `shownInputs`, and is never empty for our forms.
 */
export function faultsToErrors(form: Form, shown: readonly string[], faults: readonly Fault[]): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { question, message } of faults) {
    const at = nearest(form, shown, question);
    const label = form.questions.find(({ id }) => id === question)?.label ?? question;
    const text = questionOfBlock(at) === question ? message : `${label}: ${message}`;
    errors[at] = errors[at] ? `${errors[at]} ${text}` : text;
  }
  return errors;
}

function nearest(form: Form, shown: readonly string[], question: string): string {
  const asked = (id: string | undefined) => shown.find((block) => questionOfBlock(block) === id);
  const own = asked(question) ?? asked(listAsking(form, question)?.id);
  if (own) return own;
  const place = (id: string) => form.questions.findIndex((candidate) => candidate.id === questionOfBlock(id));
  const distance = (id: string) => Math.abs(place(id) - place(question));
  const [closest = question] = [...shown].sort((a, b) => distance(a) - distance(b) || place(a) - place(b));
  return closest;
}
