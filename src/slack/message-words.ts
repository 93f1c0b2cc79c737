import { get as emojiCalled } from 'node-emoji';
import { cleanText } from '../domain/clean-text';
import { maskPersonalData } from '../domain/personal-data';
import { isPerson } from '../domain/targets';

/** Names for the ids in a message; null if unknown. */
export interface Names {
  user(id: string): string | null;
  channel(id: string): string | null;
  /** A user group's handle. */
  group(id: string): string | null;
}

type Loose = Readonly<Record<string, unknown>>;
/** Messages nest: a forwarded one contains another. Deeper levels are ignored. */
const DEEPEST = 6;
/** Slack's `text` if it cannot show blocks. */
const NO_CONTENT = "This content can't be displayed.";

/**
 * What a person reads in a message, as plain text: its text or its blocks, what was forwarded or attached, the names of
 * its files. Mentions, links and emoji become text, which notifies no one. Empty if there is nothing to read. Personal
 * data is masked later, in this text.
 */
export function messageWords(message: unknown, names: Names): string {
  return cleanText(lines(wordsOf(message, names, 0)));
}

/** The ids in a message to look up names for. */
export function namesWanted(message: unknown): { users: string[]; channels: string[]; groups: string[] } {
  const [users, channels, groups] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const noted = (ids: Set<string>) => (id: string) => {
    ids.add(id);
    return null;
  };
  messageWords(message, { user: noted(users), channel: noted(channels), group: noted(groups) });
  return { users: [...users], channels: [...channels], groups: [...groups] };
}

function wordsOf(value: unknown, names: Names, depth: number): string[] {
  const message = loose(value);
  if (!message || depth > DEEPEST) return [];
  const own = ownWords(message, names, depth);
  const attached = list(message.attachments).flatMap((one) => attachmentWords(one, own !== '', names, depth));
  return [own, ...attached, ...fileWords(message.files), roomWords(message.room, names)];
}

/** Blocks are what Slack shows, and the text is their fallback; for what a person typed, both are the same. */
function ownWords(message: Loose, names: Names, depth: number): string {
  const text = str(message.text);
  const isText = text.trim() !== '' && text !== NO_CONTENT;
  const blocks = list(message.blocks);
  if (isText && blocks.every((block) => loose(block)?.type === 'rich_text')) return mrkdwnWords(text, names);
  const shown = lines(blocks.map((block) => blockWords(block, names, depth)));
  return shown || (isText ? mrkdwnWords(text, names) : '');
}

/** A forwarded message, or what an app attached; a link preview is not its writer's text. */
function attachmentWords(value: unknown, hasWords: boolean, names: Names, depth: number): string[] {
  const attachment = loose(value);
  if (!attachment) return [];
  const isForwarded = attachment.is_share === true;
  const isPreview = str(attachment.from_url) !== '' || attachment.is_msg_unfurl === true;
  if (isPreview && !isForwarded && hasWords) return [];
  const author = str(attachment.author_name) || nameOf(names.user, attachment.author_id);
  const said = attachmentText(attachment, names, depth);
  if (!isForwarded && !(isPreview && attachment.is_msg_unfurl)) return [said];
  const whole = [said, ...fileWords(attachment.files)].filter(Boolean).join(' ');
  return [`Forwarded${author ? ` from ${author}` : ''}: ${whole || 'a message without words'}`];
}

function attachmentText(attachment: Loose, names: Names, depth: number): string {
  const text = mrkdwnWords(str(attachment.text), names);
  const nested = [
    ...list(attachment.blocks).map((block) => blockWords(block, names, depth + 1)),
    ...list(attachment.message_blocks).flatMap((one) => wordsOf(loose(one)?.message, names, depth + 1)),
  ];
  if (attachment.is_share === true) return text || lines(nested) || mrkdwnWords(str(attachment.fallback), names);
  const fields = list(attachment.fields).map((one) => {
    const field = loose(one);
    return [str(field?.title), mrkdwnWords(str(field?.value), names)].filter(Boolean).join(': ');
  });
  const title = mrkdwnWords(str(attachment.title), names);
  const files = attachment.is_msg_unfurl === true ? [] : fileWords(attachment.files);
  const parts = [mrkdwnWords(str(attachment.pretext), names), title, text, ...fields, ...nested, ...files];
  return lines(parts) || mrkdwnWords(str(attachment.fallback), names);
}

/** Files stay in Slack; a note has their names. */
function fileWords(value: unknown): string[] {
  return list(value).map((one) => {
    const file = loose(one);
    const name = str(file?.name) || str(file?.title);
    if (file?.mode === 'tombstone') return '[a file that was deleted]';
    const type = str(file?.filetype) || str(file?.mode);
    const kind = /^(quip|canvas)$/.test(type) ? 'canvas' : /^list$/.test(type) ? 'list' : 'file';
    return `[${kind}: ${(kind === 'file' ? name : str(file?.title) || name) || 'unnamed'}]`;
  });
}

function roomWords(value: unknown, names: Names): string {
  const room = loose(value);
  if (!room) return '';
  const people = [...list(room.participant_history), ...list(room.participants), room.created_by];
  const named = [...new Set(people.map(str).filter(isPerson))].map((id) => nameOf(names.user, id));
  const [from, to] = [Number(room.date_start), Number(room.date_end)];
  const minutes = to > from && from > 0 ? ` of ${Math.max(1, Math.round((to - from) / 60))} min` : '';
  return `[huddle${minutes}${named.length ? ` with ${named.join(', ')}` : ''}]`;
}

const nameOf = (find: (id: string) => string | null, id: unknown): string => {
  const known = str(id);
  return known ? (find(known) ?? known) : '';
};

/** Parts of a block with text, in the order shown. */
const WORDED = [
  ...['title', 'rich_text_title', 'subtitle', 'text', 'body', 'fields', 'elements', 'child_blocks', 'caption'],
  ...['description', 'details', 'output', 'tasks', 'cards', 'rows', 'alt_text'],
] as const;
const WORDLESS: ReadonlySet<unknown> = new Set(['actions', 'context_actions', 'divider', 'input']);

function blockWords(value: unknown, names: Names, depth: number): string {
  const block = loose(value);
  if (!block || WORDLESS.has(block.type) || depth > DEEPEST) return '';
  if (block.type === 'rich_text') return richWords(block.elements, names, depth);
  if (block.type === 'mrkdwn' || block.type === 'markdown') return mrkdwnWords(str(block.text), names);
  if (block.type === 'image') return `[image: ${partWords(block.title, names, depth) || str(block.alt_text)}]`;
  if (block.type === 'file') return '[file]';
  if (block.type === 'call') return `[call: ${str(loose(loose(block.call)?.v1)?.name) || 'unnamed'}]`;
  return lines(WORDED.map((key) => partWords(block[key], names, depth + 1, key === 'rows' ? ' | ' : '\n')));
}

function partWords(part: unknown, names: Names, depth: number, between = '\n'): string {
  if (depth > DEEPEST) return '';
  if (typeof part === 'string') return withEmoji(part);
  if (!Array.isArray(part)) return blockWords(part, names, depth);
  const words = part.map((one) => partWords(one, names, depth + 1, between)).filter(Boolean);
  return words.join(part.some(Array.isArray) ? '\n' : between);
}

function richWords(value: unknown, names: Names, depth: number): string {
  return lines(
    list(value).map((one) => {
      const part = loose(one);
      if (!part || depth > DEEPEST) return '';
      if (part.type !== 'rich_text_list')
        return list(part.elements)
          .map((element) => richElement(element, names))
          .join('');
      const indent = '  '.repeat(Math.min(8, Math.max(0, Number(part.indent) || 0)));
      return list(part.elements)
        .map((item, i) => {
          const mark = part.style === 'ordered' ? `${i + 1}.` : '•';
          return `${indent}${mark} ${richWords([item], names, depth + 1)}`;
        })
        .join('\n');
    }),
  );
}

function richElement(value: unknown, names: Names): string {
  const element = loose(value) ?? {};
  switch (element.type) {
    case 'text':
      return str(element.text);
    case 'link':
      return linkWords(str(element.url), str(element.text));
    case 'emoji':
      return fromCodePoints(str(element.unicode)) ?? emoji(str(element.name));
    case 'user':
      return `@${nameOf(names.user, element.user_id)}`;
    case 'usergroup':
      return `@${nameOf(names.group, element.usergroup_id)}`;
    case 'channel':
      return `#${nameOf(names.channel, element.channel_id)}`;
    case 'broadcast':
      return `@${str(element.range)}`;
    case 'date':
      return str(element.fallback) || isoDate(element.timestamp);
    case 'color':
      return str(element.value);
    default:
      return str(element.text);
  }
}

/** Slack's own markup: a `<` that a person typed comes escaped. */
const CONTROL = /<([^<>]*)>/g;

function mrkdwnWords(text: string, names: Names): string {
  let words = '';
  let from = 0;
  for (const { 0: whole, 1: inner = '', index } of text.matchAll(CONTROL)) {
    words += typed(text.slice(from, index)) + controlWords(inner, names);
    from = index + whole.length;
  }
  return words + typed(text.slice(from));
}

const typed = (text: string) => unescaped(withEmoji(text));
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&' };
/** Slack sends the three characters of its own markup escaped. */
const unescaped = (text: string) => text.replace(/&(lt|gt|amp);/g, (whole, name: string) => ENTITIES[name] ?? whole);

function controlWords(inner: string, names: Names): string {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? '' : typed(inner.slice(bar + 1));
  const id = target.slice(1);
  if (target.startsWith('@')) return `@${names.user(id) ?? (label.replace(/^@/, '') || id)}`;
  if (target.startsWith('#')) return `#${label.replace(/^#/, '') || nameOf(names.channel, id)}`;
  if (!target.startsWith('!')) return linkWords(unescaped(target), label);
  const [kind = '', first = ''] = id.split('^');
  if (kind === 'subteam') return label ? `@${label.replace(/^@/, '')}` : `@${nameOf(names.group, first)}`;
  if (kind === 'date') return label || isoDate(first);
  return label && !/^(here|channel|everyone)$/.test(kind) ? label : `@${kind}`;
}

/** A link as its label and its address; only the label if that says as much. */
function linkWords(url: string, label: string): string {
  const address = readable(url.replace(/^(mailto|tel):/i, ''));
  if (!label || label === url || label === address) return address;
  if (/^tel:/i.test(url) && digits(label) === digits(address)) return label;
  if (bare(label) === bare(address)) return label;
  return `${label} (${address})`;
}
const digits = (text: string) => text.replace(/\D/g, '');
const bare = (url: string) =>
  url
    .replace(/^https?:\/\//i, '')
    .replace(/\/$/, '')
    .toLowerCase();

/** An address as it is, unless its escapes hide a number that has to be masked. */
function readable(url: string): string {
  if (!/[%+]/.test(url)) return url;
  const plain = decoded(url.replaceAll('+', ' '));
  return plain !== null && maskPersonalData(plain).masked.length > maskPersonalData(url).masked.length ? plain : url;
}
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** Not after a digit: "10:30:45" is a time. */
const SHORTCODE = /(?<!\d):([a-z0-9_+'-]{1,60}):(?::skin-tone-([2-6]):)?/g;
const withEmoji = (text: string) =>
  text.replace(SHORTCODE, (whole, name: string, tone?: string) => {
    const found = known(name);
    if (!found) return whole;
    return tone ? found + String.fromCodePoint(0x1f3f9 + Number(tone)) : found;
  });
const emoji = (name: string) => known(name) ?? `:${name}:`;

function known(name: string): string | null {
  const flag = /^flag-([a-z]{2})$/.exec(name)?.[1];
  if (flag) return String.fromCodePoint(...[...flag].map((letter) => 0x1f1e6 + letter.charCodeAt(0) - 97));
  return emojiCalled(name) ?? null;
}

/** Slack writes an emoji's characters as "1f44d-1f3fb". */
function fromCodePoints(unicode: string): string | null {
  if (!/^[0-9a-f]{2,6}(-[0-9a-f]{2,6}){0,9}$/i.test(unicode)) return null;
  const points = unicode.split('-').map((point) => Number.parseInt(point, 16));
  return points.every((point) => point <= 0x10ffff) ? String.fromCodePoint(...points) : null;
}

function isoDate(seconds: unknown): string {
  const at = new Date(Number(seconds) * 1000);
  return Number.isNaN(+at) ? '' : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

const lines = (parts: readonly string[]) =>
  parts
    .map((part) => part.trim())
    .filter(Boolean)
    .join('\n');
const str = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const loose = (value: unknown): Loose | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : null;
