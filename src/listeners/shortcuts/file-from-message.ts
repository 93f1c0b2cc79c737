import type { AllMiddlewareArgs, MessageShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt';
import { isWiderThan, restrictedIn } from '../../domain/access';
import { formOf } from '../../domain/forms';
import { STORY_MAX } from '../../domain/forms/common';
import { newAnswersFrom } from '../../domain/forms/engine';
import type { CaseKind } from '../../domain/kinds/code';
import { clip } from '../../domain/notes';
import { within } from '../../services/deadline';
import { sourceText } from '../../slack/ids/form';
import { readSource } from '../../slack/read-message';
import type { ListenerDeps } from '../deps';
import { type Opener, openerOf } from '../handlers';
import { openForm } from '../open-form';
import { understoodInTime } from '../typed-form';
import { wordsOfMessage } from '../words-of-message';

/** The window has to open within Slack's 3 seconds: names not known by then are ids. */
const NAMES_MS = 400;
const CUT = '… (cut: the whole message is linked)';

/** A report started from a message (domain section 3), which fills in details, SP and SJ and becomes its source. */
export async function fileFromMessage(
  deps: ListenerDeps,
  kind: CaseKind,
  { ack, body, client, context }: SlackShortcutMiddlewareArgs<MessageShortcut> & AllMiddlewareArgs,
) {
  await ack();
  const { botUserId } = context;
  await beginFromMessage(deps, kind, { ...openerOf({ client, body }), posted: body, botUserId });
}

interface Beginning extends Opener {
  /** The message and its channel, as Slack sends them. */
  readonly posted: { readonly channel: { readonly id: string }; readonly message: unknown };
  /** Warmline's own user. */
  readonly botUserId: string | undefined;
}

/** Opens a kind's form with a message's text. */
export async function beginFromMessage(
  deps: ListenerDeps,
  kind: CaseKind,
  { client, triggerId, user, posted, botUserId }: Beginning,
): Promise<void> {
  const form = formOf(kind);
  const { message, threadTs, ...source } = readSource(posted);
  const [words, about] = await Promise.all([
    wordsOfMessage(deps, message, NAMES_MS),
    exposing(deps, kind, source.channel, threadTs),
  ]);
  // Direct messages and notices have no thread of a case; they name it.
  const isOwn = botUserId !== undefined && source.author === botUserId;
  const isSecret =
    about === 'secret' || (about === null && isOwn && restrictedIn(words).some((named) => isWiderThan(kind, named)));
  const text = isSecret ? '' : clip(words, CUT, STORY_MAX);
  const { account = '', sj = '' } = await understoodInTime(deps, text);
  const numbers = newAnswersFrom(form, { [form.spQuestion]: account, [form.sjQuestion]: sj });
  const told = text
    ? { text: sourceText(text) }
    : { wordless: await addressOf(deps, source), ...(isSecret && { secret: true as const }) };
  await openForm(deps, {
    client,
    triggerId,
    user,
    form,
    answers: numbers,
    story: text,
    metadata: { channel: posted.channel.id, source: { ...source, ...told } },
  });
}

/**
 * What a message would expose to people who read this kind, as a case's card or in its thread; null if it is neither,
 * or not known in time.
 */
async function exposing(
  { cases, log }: ListenerDeps,
  kind: CaseKind,
  channel: string,
  threadTs: string,
): Promise<'open' | 'secret' | null> {
  try {
    const found = await within(NAMES_MS, cases.byPost(channel, threadTs));
    return found && (isWiderThan(kind, found.kind) ? 'secret' : 'open');
  } catch (error) {
    log.warn({ err: error, channel, threadTs }, 'whether a message is about a need-to-know case was not known in time');
    return null;
  }
}

/** A message's link; empty if Slack does not return it in time. */
async function addressOf({ linkTo, log }: ListenerDeps, posted: { channel: string; ts: string }): Promise<string> {
  try {
    return (await within(NAMES_MS, linkTo(posted))) ?? '';
  } catch (error) {
    log.warn({ err: error, ...posted }, 'the address of a message did not come in time');
    return '';
  }
}
