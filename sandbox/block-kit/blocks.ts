import { z } from 'zod';
import { httpUrl, id, mrkdwn, ONE_PICTURE, onePicture, picture, plainText, text } from './composition';
import { button, byType, elementsFor, image, type Surface } from './elements';
import { richText, richTextShape } from './rich-text';

type Entry = { surfaces: readonly Surface[]; schema: (surface: Surface) => z.ZodObject };

const block = (type: string, shape: z.ZodRawShape) =>
  z.strictObject({ type: z.literal(type), block_id: id.optional(), ...shape });
const flag = z.boolean().optional();

const rawText = z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) });
const rawNumber = z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: z.string().min(1) });
const rows = z.array(
  z
    .array(z.discriminatedUnion('type', [rawText, rawNumber, richText]))
    .min(1)
    .max(20),
);
const columnSettings = z.strictObject({ align: z.enum(['left', 'center', 'right']).optional(), is_wrapped: flag });

const card = block('card', {
  hero_image: image.optional(),
  icon: image.optional(),
  title: mrkdwn(150).optional(),
  subtitle: mrkdwn(150).optional(),
  body: mrkdwn(200).optional(),
  actions: z.array(button).min(1).max(3).optional(),
}).refine(
  (value) => ['hero_image', 'title', 'actions', 'body'].some((key) => key in value),
  'must define at least one of `hero_image`, `title`, `actions` or `body`',
);

const taskCard = block('task_card', {
  task_id: z.string().min(1),
  title: z.string().min(1),
  details: richText.optional(),
  output: richText.optional(),
  sources: z.array(z.strictObject({ type: z.literal('url'), url: httpUrl(3000), text: z.string().min(1) })).optional(),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']),
});

const CONTAINER_CHILDREN = 'actions context divider file header image input rich_text section table video'.split(' ');

const ALL: readonly Surface[] = ['message', 'modal', 'home'];
/** Slack does not document where else the newest blocks are allowed: messages only. */
const MESSAGE: readonly Surface[] = ['message'];

/** Every block: where it is allowed, and its shape there. */
const BLOCKS: Record<string, Entry> = {
  section: {
    surfaces: ALL,
    schema: (surface) =>
      block('section', {
        text: text(3000).optional(),
        fields: z.array(text(2000)).min(1).max(10).optional(),
        accessory: elementsFor('section', surface).optional(),
        expand: flag,
      }).refine((value) => 'text' in value || 'fields' in value, 'must define either `text` or `fields`'),
  },
  header: { surfaces: ALL, schema: () => block('header', { text: plainText(150) }) },
  context: {
    surfaces: ALL,
    schema: (surface) =>
      block('context', {
        elements: z
          .array(elementsFor('context', surface, plainText(3000), mrkdwn(3000)))
          .min(1)
          .max(10),
      }),
  },
  actions: {
    surfaces: ALL,
    schema: (surface) => block('actions', { elements: z.array(elementsFor('actions', surface)).min(1).max(25) }),
  },
  divider: { surfaces: ALL, schema: () => block('divider', {}) },
  image: {
    surfaces: ALL,
    schema: () => block('image', { ...picture, title: plainText(2000).optional() }).refine(onePicture, ONE_PICTURE),
  },
  input: {
    surfaces: ALL,
    schema: (surface) =>
      block('input', {
        label: plainText(2000),
        hint: plainText(2000).optional(),
        element: elementsFor('input', surface),
        optional: flag,
        dispatch_action: flag,
      }),
  },
  rich_text: { surfaces: ALL, schema: () => block('rich_text', richTextShape) },
  video: {
    surfaces: ALL,
    schema: () =>
      block('video', {
        video_url: z.string().regex(/^https:\/\/\S+$/i, 'must be a valid https URL'),
        thumbnail_url: httpUrl(3000),
        alt_text: z.string().min(1).max(2000),
        title: plainText(199),
        title_url: z
          .string()
          .regex(/^https:\/\/\S+$/i, 'must be a valid https URL')
          .optional(),
        author_name: z.string().min(1).max(49).optional(),
        provider_name: z.string().min(1).optional(),
        provider_icon_url: httpUrl(3000).optional(),
        description: plainText(200).optional(),
      }),
  },
  file: { surfaces: MESSAGE, schema: () => block('file', { source: z.literal('remote'), external_id: id }) },
  markdown: { surfaces: MESSAGE, schema: () => block('markdown', { text: z.string().min(1).max(12_000) }) },
  table: {
    surfaces: MESSAGE,
    schema: () =>
      block('table', {
        rows: rows.min(1).max(100),
        column_settings: z.array(columnSettings.nullable()).max(20).optional(),
      }),
  },
  data_table: {
    surfaces: MESSAGE,
    schema: () =>
      block('data_table', {
        caption: z.string().min(1),
        rows: rows
          .min(2)
          .max(101)
          .refine((all) => all.every((row) => row.length === all[0]?.length), 'rows must have the same length')
          .refine((all) => all[0]?.every((cell) => cell.type !== 'rich_text'), 'header cells must not be rich_text'),
        page_size: z.int().min(1).max(100).optional(),
        row_header_column_index: z.int().min(0).optional(),
      }),
  },
  alert: {
    surfaces: ['modal'],
    schema: () =>
      block('alert', {
        text: text(200),
        level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
      }),
  },
  card: { surfaces: MESSAGE, schema: () => card },
  carousel: { surfaces: MESSAGE, schema: () => block('carousel', { elements: z.array(card).min(1).max(10) }) },
  container: {
    surfaces: MESSAGE,
    schema: (surface) =>
      block('container', {
        title: plainText(150).optional(),
        rich_text_title: richText.optional(),
        subtitle: text(150).optional(),
        child_blocks: z.array(blocksFor(surface, CONTAINER_CHILDREN)).min(1).max(10),
        width: z.enum(['narrow', 'standard', 'wide', 'full']).optional(),
        icon: image.optional(),
        is_collapsible: flag,
        default_collapsed: flag,
        has_header_divider: flag,
      }).refine(
        (value) => 'title' in value || 'rich_text_title' in value,
        'must define either `title` or `rich_text_title`',
      ),
  },
  context_actions: {
    surfaces: MESSAGE,
    schema: (surface) =>
      block('context_actions', { elements: z.array(elementsFor('context_actions', surface)).min(1).max(5) }),
  },
  task_card: { surfaces: MESSAGE, schema: () => taskCard },
  plan: {
    surfaces: MESSAGE,
    schema: () => block('plan', { title: z.string().min(1), tasks: z.array(taskCard).optional() }),
  },
};

/** One block of a surface; `types` narrows which. */
export const blocksFor = (surface: Surface, types = Object.keys(BLOCKS)): ReturnType<typeof byType> =>
  byType(
    Object.entries(BLOCKS)
      .filter(([type, entry]) => types.includes(type) && entry.surfaces.includes(surface))
      .map(([, entry]) => entry.schema(surface)),
  );
