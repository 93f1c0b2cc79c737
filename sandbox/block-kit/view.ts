import { z } from 'zod';
import { blocksFor } from './blocks';
import { id, plainText } from './composition';
import { errorLine, NO_SCHEMA, slackMessages } from './faults';
import { rulesBetweenBlocks } from './rules';
import type { Refusal, ViewPayload } from './types';
import { isObject } from './walk';

/** Largest view as JSON, in bytes. */
export const VIEW_BYTES_MAX = 250_000;

const common = {
  private_metadata: z.string().max(3000).optional(),
  callback_id: id.or(z.literal('')).optional(),
  external_id: id.or(z.literal('')).optional(),
};
const title = plainText(24);
const SCHEMAS = {
  modal: z.strictObject({
    type: z.literal('modal'),
    title,
    blocks: z.array(blocksFor('modal')).max(100),
    submit: title.optional(),
    close: title.optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    ...common,
  }),
  home: z.strictObject({ type: z.literal('home'), blocks: z.array(blocksFor('home')).max(100), ...common }),
};

const refuse = (...messages: string[]): Refusal => ({ ok: false, error: 'invalid_arguments', messages });

function withoutSubmit({ type, submit, blocks }: ViewPayload): string[] {
  const input = type === 'modal' && !submit ? blocks.findIndex((block) => block.type === 'input') : -1;
  return input < 0 ? [] : [errorLine('must define submit to use input block', `/view/blocks/${input}/input`)];
}

/**
 * Validates the `view` of a `views.*` call; `type` is what the method takes (publish: home, the others: modal), else
 * what the view says. Refuses with `invalid_arguments` and pointers from `/view`, or with `view_too_large`.
 */
export function validateView(view: unknown, type?: 'modal' | 'home'): { ok: true; view: ViewPayload } | Refusal {
  if (!isObject(view)) return refuse(errorLine('must provide an object', '/view'));
  const schema = (type ?? view.type) === 'home' ? SCHEMAS.home : SCHEMAS.modal;
  const result = schema.safeParse(view, { reportInput: true });
  if (!result.success) return refuse(errorLine(NO_SCHEMA, '/view'), ...slackMessages(result.error.issues, '/view'));
  const payload = result.data as ViewPayload;
  const faults = [...withoutSubmit(payload), ...rulesBetweenBlocks(payload.blocks, '/view/blocks')];
  if (faults.length > 0) return refuse(...faults);
  if (Buffer.byteLength(JSON.stringify(view)) > VIEW_BYTES_MAX)
    return {
      ok: false,
      error: 'view_too_large',
      messages: [errorLine(`must be at most ${VIEW_BYTES_MAX} bytes`, '/view')],
    };
  return { ok: true, view: payload };
}
