import { z } from 'zod';
import type { JsonObject } from '../client-protocol';
import { blocksFor } from './blocks';
import { errorLine, slackMessages } from './faults';
import { rulesBetweenBlocks, textLength } from './rules';
import type { MessagePayload, Refusal } from './types';
import { isObject } from './walk';

/** `chat.postMessage` cuts `text` beyond this many characters. */
export const MESSAGE_TEXT_MAX = 40_000;
/** `chat.update` refuses `text` beyond this many characters with `msg_too_long`. */
export const UPDATE_TEXT_MAX = 4_000;
/** Limit for the text in all blocks of a message, in characters. Measured by Slack users; Slack documents none. */
export const BLOCKS_TEXT_MAX = 13_200;
/** Limit for metadata as JSON, in characters. Slack documents none; this is far above what a delivery id needs. */
export const METADATA_MAX = 16_000;
const ATTACHMENTS_MAX = 100;

const blocksSchema = z.array(blocksFor('message')).max(50);

const string = z.string().optional();
const attachmentSchema = z.looseObject({
  fallback: string,
  color: string,
  pretext: string,
  author_name: string,
  title: string,
  text: string,
  footer: string,
  callback_id: string,
  fields: z.array(z.looseObject({ title: string, value: string, short: z.boolean().optional() })).optional(),
  blocks: blocksSchema.optional(),
});

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const flat = z.record(z.string(), scalar);
const metadataSchema = z.strictObject({
  event_type: z.string().min(1).max(255),
  event_payload: z.record(z.string(), z.union([scalar, flat, z.array(z.union([scalar, flat]))])),
});

const refuse = (error: string, ...messages: string[]): Refusal => ({ ok: false, error, messages });

function checkBlocks(blocks: unknown): Refusal | undefined {
  if (!Array.isArray(blocks) || !blocks.every(isObject))
    return refuse('invalid_blocks_format', errorLine('must provide an array of objects', '/blocks'));
  const result = blocksSchema.safeParse(blocks, { reportInput: true });
  if (!result.success) return refuse('invalid_blocks', ...slackMessages(result.error.issues, '/blocks'));
  const faults = rulesBetweenBlocks(blocks, '/blocks');
  if (faults.length > 0) return refuse('invalid_blocks', ...faults);
  if (textLength(blocks) > BLOCKS_TEXT_MAX)
    return refuse('msg_blocks_too_long', errorLine(`must hold less than ${BLOCKS_TEXT_MAX + 1} characters`, '/blocks'));
}

function checkAttachments(attachments: unknown): Refusal | undefined {
  if (!Array.isArray(attachments))
    return refuse('invalid_attachments', errorLine('must provide an array', '/attachments'));
  if (attachments.length > ATTACHMENTS_MAX)
    return refuse('too_many_attachments', errorLine(`no more than ${ATTACHMENTS_MAX} items allowed`, '/attachments'));
  const result = z.array(attachmentSchema).safeParse(attachments, { reportInput: true });
  if (!result.success) return refuse('invalid_attachments', ...slackMessages(result.error.issues, '/attachments'));
  const faults = attachments.flatMap(({ blocks }: { blocks?: JsonObject[] }, index) =>
    rulesBetweenBlocks(blocks ?? [], `/attachments/${index}/blocks`),
  );
  if (faults.length > 0) return refuse('invalid_attachments', ...faults);
}

function checkMetadata(metadata: unknown): Refusal | undefined {
  if (!isObject(metadata)) return refuse('invalid_metadata_format', errorLine('must provide an object', '/metadata'));
  if (Object.keys(metadata).length === 0) return;
  const result = metadataSchema.safeParse(metadata, { reportInput: true });
  if (!result.success) return refuse('invalid_metadata_schema', ...slackMessages(result.error.issues, '/metadata'));
  if (JSON.stringify(metadata).length > METADATA_MAX)
    return refuse('metadata_too_large', errorLine(`must be less than ${METADATA_MAX + 1} characters`, '/metadata'));
}

const isGiven = (list: unknown) => list !== undefined && !(Array.isArray(list) && list.length === 0);

/**
 * Validates what `chat.*` and `response_url` take. Refuses with Slack's codes; `no_text` if there is nothing to show.
 * An empty list of blocks or attachments clears them, empty metadata (`{}`) clears it. How long `text` may be depends
 * on the method, so the caller checks that (MESSAGE_TEXT_MAX, UPDATE_TEXT_MAX).
 */
export function validateMessage({ text, blocks, attachments, metadata }: MessagePayload): { ok: true } | Refusal {
  const refusal =
    (isGiven(blocks) ? checkBlocks(blocks) : undefined) ??
    (isGiven(attachments) ? checkAttachments(attachments) : undefined) ??
    (metadata === undefined ? undefined : checkMetadata(metadata));
  if (refusal) return refusal;
  return text || isGiven(blocks) || isGiven(attachments) ? { ok: true } : refuse('no_text');
}
