import { z } from 'zod';

/** What a file may hold that is dropped into Slack, as the command's flags are called. */
export const IMPORTS = ['areas', 'sps', 'metrics'] as const;
export type ImportKind = (typeof IMPORTS)[number];
export const importKindOf = (text: string): ImportKind | null => IMPORTS.find((kind) => kind === text) ?? null;

/** The buttons under the report of a file that was looked through; the value says which file. */
export const importButtonId = (does: 'go' | 'drop') => `import_file:${does}`;
export const IMPORT_BUTTON = /^import_file:(go|drop)$/;

const Dropped = z.strictObject({ kind: z.enum(IMPORTS), file: z.string() });
/** A file that someone dropped: what it holds, and its id in Slack. */
export type DroppedFile = z.infer<typeof Dropped>;
export const packDropped = (dropped: DroppedFile): string => JSON.stringify(dropped);
/** Throws a ZodError on anything but what `packDropped` wrote. */
export const readDropped = (text: string): DroppedFile => Dropped.parse(JSON.parse(text));
