import type { HeardReply } from '../domain/heard';
import { isNamed } from '../domain/kinds';
import type { Letter } from '../domain/letters';
import { clip, NOTE_MAX } from '../domain/notes';
import { maskPersonalData } from '../domain/personal-data';
import type { ServiceDeps } from './deps';
import { moveCase } from './move-case';
import { personOf } from './standing';

/** A direct message that someone sent to Warmline. */
export interface DirectMessage {
  readonly channel: string;
  readonly ts: string;
  /** The message it replies to; null if it is not in a thread. */
  readonly threadTs: string | null;
  readonly author: string;
  readonly text: string;
  /** A newer version of it. */
  readonly isChanged: boolean;
  readonly isOutsider: boolean;
  /** The cases that the parent message is about, as far as Slack returns them. Never rejects. */
  readonly about: () => Promise<readonly string[]>;
}

/** When the writer is told that their message was not read, in case this instance dies over it, ms. */
const INTERRUPTED_MS = 60_000;
const QUESTIONS_SHOWN = 10;
const ANSWER = 'answer:';
const CUT = '…';

const heardId = ({ channel, ts }: Pick<DirectMessage, 'channel' | 'ts'>) => `heard:${channel}:${ts}`;

/**
 * Handles a direct message: it answers the one question that waits for the writer, or they are told which button to
 * press. Returns the letter that says so, to be sent now; null if it was already handled. However often Slack delivers
 * a message, and to however many instances, the first to write its letter handles it; if that one dies, the letter says
 * that the message was not read. Rejects if the store is unreachable.
 */
export async function handleDirectMessage(deps: ServiceDeps, message: DirectMessage): Promise<Letter | null> {
  const { letters, now } = deps;
  const { ts, threadTs, author } = message;
  const id = heardId(message);
  const at = now();
  const thread = { ts: threadTs ?? ts, broadcast: threadTs === null };
  const letter = { id, to: author, about: null, thread, content: heard({ is: 'interrupted' }) };
  const isFirst = await letters.put({ ...letter, at: new Date(+at + INTERRUPTED_MS) });
  if (!isFirst) return message.isChanged ? changed(deps, message) : null;
  const { reply, answered } = await replyTo(deps, message, id);
  const said = { about: answered && ANSWER + answered, content: heard(reply), at: now() };
  return (await letters.reword(id, said)) ? { ...letter, ...said, claims: 0 } : null;
}

/** Someone mentions Warmline where nothing is read. Returns the letter that says what to press, if it is the first. */
export async function answerMention(
  { letters, now }: ServiceDeps,
  { channel, ts, author: to }: Pick<DirectMessage, 'channel' | 'ts' | 'author'>,
): Promise<Letter | null> {
  const content = heard({ is: 'mentioned', channel });
  const letter = { id: heardId({ channel, ts }), to, about: null, content, at: now() };
  return (await letters.put(letter)) ? { ...letter, claims: 0 } : null;
}

const heard = (reply: HeardReply): Letter['content'] => ({ type: 'heard', reply });

/** A stored answer does not change: someone who edits it afterward is told so, once. */
async function changed({ letters, now }: ServiceDeps, message: DirectMessage): Promise<Letter | null> {
  const ref = await answeredBy(letters, heardId(message));
  if (!ref) return null;
  const thread = { ts: message.threadTs ?? message.ts, broadcast: false };
  const content = heard({ is: 'changed', ref });
  const letter = { id: `${heardId(message)}:changed`, to: message.author, about: null, thread, content, at: now() };
  return (await letters.put(letter)) ? { ...letter, claims: 0 } : null;
}

/** The case that a message answered. */
async function answeredBy(letters: ServiceDeps['letters'], id: string): Promise<string | null> {
  const about = (await letters.find(id))?.about;
  return about?.startsWith(ANSWER) ? about.slice(ANSWER.length) : null;
}

interface Dealt {
  readonly reply: HeardReply;
  /** The case that it answered. */
  readonly answered: string | null;
}
const unanswered = (reply: HeardReply): Dealt => ({ reply, answered: null });

async function replyTo(deps: ServiceDeps, message: DirectMessage, key: string): Promise<Dealt> {
  const { author, text } = message;
  if (message.isOutsider) return unanswered({ is: 'outsider' });
  const person = await personOf(deps, author);
  if (/^\/?(warmline )?help[.!?]*$/i.test(text.trim())) return unanswered({ is: 'help', person });
  const [waiting, refs] = await Promise.all([
    deps.desks.questionsFor(author, QUESTIONS_SHOWN + 1),
    aboutThread(deps, message),
  ]);
  const inThread = waiting.filter(({ ref }) => refs.includes(ref));
  const named = waiting.filter(({ ref }) => isNamed(ref, text));
  // In another message's thread, the only waiting question may not be the one they mean.
  const meant = [inThread, named].find(({ length }) => length > 0) ?? (message.threadTs ? [] : waiting);
  const [question, another] = meant;
  if (question && !another && hasWords(text)) return answer(deps, question.ref, message, key);
  return unanswered({
    is: 'press',
    ref: refs.length === 1 ? (refs[0] ?? null) : null,
    questions: waiting.slice(0, QUESTIONS_SHOWN).map((one) => ({ ref: one.ref, text: one.question?.text ?? '' })),
    more: Math.max(0, waiting.length - QUESTIONS_SHOWN),
  });
}

/** A picture or a huddle answers nothing: a file stays in this conversation, where no one else can open it. */
const hasWords = (text: string): boolean =>
  text.replace(/\[(?:file|canvas|list|image|call|huddle)\b[^\]]*\]/g, '').trim() !== '';

/** The cases that the thread is about: those of Warmline's own message, or the one that their own message answered. */
async function aboutThread({ letters }: ServiceDeps, { channel, threadTs, about }: DirectMessage) {
  if (!threadTs) return [];
  const own = await answeredBy(letters, heardId({ channel, ts: threadTs }));
  return own ? [own] : about();
}

async function answer(deps: ServiceDeps, ref: string, message: DirectMessage, key: string): Promise<Dealt> {
  const { text: clean, masked } = maskPersonalData(message.text);
  const text = clip(clean, CUT);
  const moved = await moveCase(deps, { find: { ref }, move: { type: 'answer', text }, by: message.author, key });
  if (!moved.ok) return unanswered({ is: 'refused', reason: moved.reason });
  return { reply: { is: 'taken', ref, text, isCut: clean.length > NOTE_MAX, masked }, answered: ref };
}
