import { z } from 'zod';

const flag = z.boolean().optional();
const marks = z
  .strictObject({
    bold: flag,
    italic: flag,
    strike: flag,
    code: flag,
    underline: flag,
    highlight: flag,
    client_highlight: flag,
    unlink: flag,
  })
  .optional();
const border = z.union([z.literal(0), z.literal(1)]).optional();
const name = z.string().min(1);

const inline = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.strictObject({ type: z.literal(type), ...shape, style: marks });

const literal = inline('text', { text: name });
const link = inline('link', { url: name, text: z.string().optional(), unsafe: flag });
const inlines = z.array(
  z.discriminatedUnion('type', [
    literal,
    link,
    inline('broadcast', { range: z.enum(['here', 'channel', 'everyone']) }),
    inline('channel', { channel_id: name }),
    inline('color', { value: name }),
    inline('date', { timestamp: z.int(), format: name, url: name.optional(), fallback: name.optional() }),
    inline('emoji', { name, unicode: name.optional(), url: name.optional(), skin_tone: z.int().optional() }),
    inline('team', { team_id: name }),
    inline('user', { user_id: name }),
    inline('usergroup', { usergroup_id: name }),
  ]),
);

const section = z.strictObject({ type: z.literal('rich_text_section'), elements: inlines });
const list = z.strictObject({
  type: z.literal('rich_text_list'),
  elements: z.array(section),
  style: z.enum(['bullet', 'ordered']),
  indent: z.int().min(0).max(8).optional(),
  offset: z.int().min(0).optional(),
  border,
});
const quote = z.strictObject({ type: z.literal('rich_text_quote'), elements: inlines, border });
const preformatted = z.strictObject({
  type: z.literal('rich_text_preformatted'),
  elements: z.array(z.discriminatedUnion('type', [literal, link])),
  border,
});

export const richTextShape = { elements: z.array(z.discriminatedUnion('type', [section, list, quote, preformatted])) };

/** A rich text block as other blocks and elements hold it. */
export const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: z.string().max(255).optional(),
  ...richTextShape,
});
