import { z } from 'zod';

export const id = z.string().min(1).max(255);
export const httpUrl = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^https?:\/\/\S+$/i, 'must be a valid http(s) URL');

export const plainText = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(max), emoji: z.boolean().optional() });

export const mrkdwn = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: z.string().min(1).max(max), verbatim: z.boolean().optional() });

/** Either kind of text object. */
export const text = (max: number) => z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);

const optionShape = { value: z.string().min(1).max(150), description: plainText(75).optional() };
/** Option of a select menu. */
export const option = z.strictObject({ text: plainText(75), ...optionShape });
/** Option of radio buttons and checkboxes, where mrkdwn is allowed. */
export const choice = z.strictObject({ text: text(75), value: optionShape.value, description: text(75).optional() });
export const overflowOption = z.strictObject({ ...option.shape, url: httpUrl(3000).optional() });
export const optionGroup = z.strictObject({ label: plainText(75), options: z.array(option).min(1).max(100) });

export const style = z.enum(['primary', 'danger']);
export const confirm = z.strictObject({
  title: plainText(100).optional(),
  text: text(300),
  confirm: plainText(30).optional(),
  deny: plainText(30).optional(),
  style: style.optional(),
});

export const dispatchConfig = z.strictObject({
  trigger_actions_on: z
    .array(z.enum(['on_enter_pressed', 'on_character_entered']))
    .min(1)
    .max(2)
    .optional(),
});

export const conversationFilter = z
  .strictObject({
    include: z
      .array(z.enum(['im', 'mpim', 'private', 'public']))
      .min(1)
      .optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .refine((filter) => Object.keys(filter).length > 0, 'must define at least one filter');

/** Exactly one of the two keys must be present. */
const exactlyOne =
  (first: string, second: string) =>
  (value: object): boolean =>
    first in value !== second in value;

const slackFile = z
  .strictObject({ id: z.string().min(1).optional(), url: z.string().min(1).max(3000).optional() })
  .refine(exactlyOne('id', 'url'), 'must define either `id` or `url`');

/** The picture itself, shared by the image block and the image element. */
export const picture = {
  image_url: httpUrl(3000).optional(),
  slack_file: slackFile.optional(),
  alt_text: z.string().min(1).max(2000),
};
export const onePicture = exactlyOne('image_url', 'slack_file');
export const ONE_PICTURE = 'must define either `image_url` or `slack_file`';
