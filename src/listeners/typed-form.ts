import type { TypedLine } from '../blocks/forms/typed-line';
import { formOf } from '../domain/forms';
import { newAnswersFrom } from '../domain/forms/engine';
import type { Answers, Form } from '../domain/forms/form';
import { KINDS } from '../domain/kinds';
import type { CaseKind } from '../domain/kinds/code';
import { within } from '../services/deadline';
import { remembered } from '../services/drafts';
import { spsNamed, type Understood, understand, understoodAlone } from '../services/typed-words';
import { type FormMetadata, sourceText, TYPED_MAX, usedIn } from '../slack/ids/form';
import type { ListenerDeps } from './deps';
import type { CommandArgs } from './handlers';
import { markHandled, openForm } from './open-form';

/** A trigger is valid for 3 seconds: without the directory by then, numbers are recognized only by format. */
const UNDERSTAND_MS = 300;

/** A command that opens a form with what was typed after it: numbers, an SP's name, the story. */
export async function typedForm(deps: ListenerDeps, kind: CaseKind, { ack, command, client }: CommandArgs) {
  if (isCallForHelp(command.text)) return ack({ response_type: 'ephemeral', text: usage(kind) });
  await ack();
  const form = formOf(kind);
  const before = markHandled(remembered(deps, command.user_id, form));
  const typed = await understoodInTime(deps, command.text);
  const line = lineOf(typed);
  await openForm(deps, {
    before,
    client,
    triggerId: command.trigger_id,
    user: command.user_id,
    form,
    answers: newAnswersFrom(form, { [form.spQuestion]: typed.account ?? '', [form.sjQuestion]: typed.sj ?? '' }),
    story: typed.details,
    metadata: {
      ...usedIn(command.channel_id, command.response_url),
      source: null,
      ...told(typed, line),
    },
    typed: line,
  });
}

const isCallForHelp = (text: string) => /^\s*(help|\?)\s*$/i.test(text);

const usage = (kind: CaseKind) => {
  const { command } = KINDS[kind];
  return `Type \`${command}\` alone, or with the SP and the job in any order: \`${command} SP100275 556677\`. An SP's name works too, and words after the numbers become the details. \`/warmline help\` shows every command.`;
};

/** What was typed, checked against the directory if that answers in time. */
export async function understoodInTime(deps: ListenerDeps, text: string): Promise<Understood> {
  if (!text.trim()) return understoodAlone('');
  try {
    return await within(UNDERSTAND_MS, understand(deps, text));
  } catch (error) {
    deps.log.warn({ err: error }, 'what was typed after a command is read without the directory');
    return understoodAlone(text);
  }
}

function lineOf({ account, name, text, offer, doubtful }: Understood): TypedLine | undefined {
  if (!account && name) {
    const { providers = [], isMore = false } = offer ?? {};
    return { is: 'name', text: shown(name), providers, isMore };
  }
  return doubtful ? { is: 'doubtful', text: shown(text) } : undefined;
}

const shown = (text: string) => [...text].slice(0, TYPED_MAX / 2).join('');

const told = ({ details }: Understood, line: TypedLine | undefined): Partial<FormMetadata> => ({
  ...(details ? { told: sourceText(details) } : {}),
  ...(line ? { typed: { is: line.is, text: line.text } } : {}),
});

/** What a form shows of the typed text, until its SP is filled in. */
export async function typedLine(
  deps: ListenerDeps,
  form: Form,
  answers: Answers,
  { typed }: FormMetadata,
): Promise<TypedLine | undefined> {
  if (!typed || answers[form.spQuestion]) return undefined;
  return typed.is === 'doubtful'
    ? { is: 'doubtful', text: typed.text }
    : { is: 'name', text: typed.text, ...(await spsNamed(deps, typed.text)) };
}
