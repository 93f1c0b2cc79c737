import type { Json, JsonObject } from '../client-protocol';
import type { Core } from './core';
import { optionsOf, placedElements, stateKey } from './elements';
import { isObject, objects, str, textOf } from './json';
import type { Message } from './message-log';
import type { StoredView } from './model';
import { type Reader, richWords } from './rich-words';

/** One field of a modal or Home as a person reads it. Options and chosen options are labels. */
export interface FieldReading {
  readonly label: string;
  readonly type: string;
  readonly value: string | number | readonly string[] | null;
  readonly options: readonly string[];
  readonly hint: string;
  readonly placeholder: string;
  readonly optional: boolean;
  readonly blockId: string;
  readonly actionId: string;
}

/** A modal or Home as a person reads it now. */
export interface ViewReading {
  readonly id: string;
  readonly callbackId: string;
  readonly title: string;
  readonly submitLabel: string;
  /** All text of its blocks, one line per block. */
  readonly text: string;
  /** Fields by label, in the order shown. */
  readonly fields: { readonly [label: string]: FieldReading };
  readonly labels: readonly string[];
  readonly buttons: readonly string[];
  /** Errors by field label. */
  readonly errors: { readonly [label: string]: string };
  readonly privateMetadata: string;
  readonly hash: string;
  readonly blocks: readonly JsonObject[];
}

/** A message as a person reads it. */
export interface MessageReading {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  readonly userName: string;
  /** The fallback text, as stored. */
  readonly text: string;
  /** What is shown: the text of its blocks, one line per block, or its text without blocks. */
  readonly content: string;
  readonly buttons: readonly string[];
  readonly threadTs: string | null;
  readonly replyCount: number;
  readonly edited: boolean;
  readonly deleted: boolean;
  readonly ephemeral: boolean;
  readonly files: readonly string[];
  readonly reactions: { readonly [name: string]: readonly string[] };
  readonly blocks: readonly JsonObject[];
  readonly metadata: JsonObject | null;
}

/** The text of blocks, one after the other. */
const wordsOf = (blocks: readonly JsonObject[], reader: Reader): string =>
  blocks
    .map((block) => words(block, reader))
    .filter(Boolean)
    .join('\n');

const WORDLESS = new Set([
  'block_id',
  'action_id',
  'type',
  'value',
  'url',
  'image_url',
  'style',
  'confirm',
  'options',
  'option_groups',
  'placeholder',
]);
function words(value: Json | undefined, reader: Reader): string {
  const inside = (parts: readonly Json[]): string =>
    parts
      .map((part) => words(part, reader))
      .filter(Boolean)
      .join(' ');
  if (Array.isArray(value)) return inside(value);
  if (!isObject(value)) return '';
  if (value.type === 'rich_text') return richWords(value, reader);
  return Object.entries(value)
    .filter(([key]) => !WORDLESS.has(key) && !key.startsWith('initial_'))
    .map(([key, part]) =>
      key === 'text' || key === 'alt_text' || key === 'fallback'
        ? (str(part) ?? words(part, reader))
        : words(part, reader),
    )
    .filter(Boolean)
    .join(' ');
}

/** Reads as this person does; without one, times are in UTC. */
const readerOf = ({ store }: Core, zone = 'UTC'): Reader => ({
  zone,
  nameOf: (id) => {
    const user = store.users.get(id);
    return user ? user.realName || user.name : (store.channels.get(id)?.name ?? id);
  },
});

const labelOf = ({ block, element, actionId }: { block: JsonObject; element: JsonObject; actionId: string }): string =>
  textOf(block.label) || textOf(block.text) || textOf(element.placeholder) || actionId;

const optionLabel = (option: unknown): string => (isObject(option) ? textOf(option.text) : '');

function shownValue(state: JsonObject | undefined): FieldReading['value'] {
  const key = state === undefined ? undefined : stateKey(state);
  const value = key === undefined ? undefined : state?.[key];
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (Array.isArray(value))
    return value.map((item) =>
      typeof item === 'string' ? item : optionLabel(item) || (isObject(item) ? (str(item.id) ?? '') : ''),
    );
  return optionLabel(value) || JSON.stringify(value);
}

/** A view as a person in this zone reads it; its text is computed on access. */
export function readView(core: Core, view: StoredView, zone?: string): ViewReading {
  const blocks = objects(view.payload.blocks);
  const placed = placedElements(blocks);
  const fields = placed
    .filter(({ element }) => stateKey(element) !== undefined)
    .map(
      (one): FieldReading => ({
        label: labelOf(one),
        type: str(one.element.type) ?? '',
        value: shownValue(view.values[one.blockId]?.[one.actionId]),
        options: optionsOf(one.element).map(optionLabel),
        hint: textOf(one.block.hint),
        placeholder: textOf(one.element.placeholder),
        optional: one.block.optional === true,
        blockId: one.blockId,
        actionId: one.actionId,
      }),
    );
  const labelOfBlock = new Map(fields.map(({ blockId, label }) => [blockId, label]));
  return {
    id: view.id,
    callbackId: str(view.payload.callback_id) ?? '',
    title: textOf(view.payload.title),
    submitLabel: textOf(view.payload.submit),
    get text() {
      return wordsOf(blocks, readerOf(core, zone));
    },
    fields: Object.fromEntries(fields.map((field) => [field.label, field])),
    labels: fields.map(({ label }) => label),
    buttons: buttonsOf(blocks),
    errors: Object.fromEntries(
      Object.entries(view.errors).map(([block, text]) => [labelOfBlock.get(block) ?? block, text]),
    ),
    privateMetadata: str(view.payload.private_metadata) ?? '',
    hash: view.hash,
    blocks,
  };
}

const buttonsOf = (blocks: readonly JsonObject[]): string[] =>
  placedElements(blocks)
    .filter(({ element }) => element.type === 'button')
    .map(({ element }) => textOf(element.text));

/** All blocks of a message, including those of its attachments. */
export const blocksOf = (message: Message): JsonObject[] => [
  ...(message.blocks ?? []),
  ...(message.attachments ?? []).flatMap(({ blocks }) => objects(blocks)),
];

/** A message as a person in this zone reads it; its text is computed on access. */
export function readMessage(core: Core, message: Message, zone?: string): MessageReading {
  const blocks = blocksOf(message);
  const { user, text } = message;
  return {
    ts: message.ts,
    channel: message.channel,
    user,
    userName: core.store.users.get(user)?.name ?? user,
    text,
    get content() {
      return wordsOf(blocks, readerOf(core, zone)) || text;
    },
    buttons: buttonsOf(blocks),
    threadTs: message.threadTs ?? null,
    replyCount: core.store.channels.get(message.channel)?.log.replies(message.ts).length ?? 0,
    edited: message.edited !== undefined,
    deleted: message.tombstone === true,
    ephemeral: message.ephemeralFor !== undefined,
    files: message.files ?? [],
    reactions: message.reactions ?? {},
    blocks,
    metadata: message.metadata ?? null,
  };
}
