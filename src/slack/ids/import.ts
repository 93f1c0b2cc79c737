import { z } from 'zod';

/** What a dropped file may contain, named like the command's flags. */
export const IMPORTS = ['areas', 'sps', 'metrics'] as const;
export type ImportKind = (typeof IMPORTS)[number];
export const importKindOf = (text: string): ImportKind | null => IMPORTS.find((kind) => kind === text) ?? null;

/** The buttons under the report of a checked file; the value identifies the file. */
export const importButtonId = (does: 'go' | 'drop') => `import_file:${does}`;
export const IMPORT_BUTTON = /^import_file:(go|drop)$/;

const Dropped = z.strictObject({ kind: z.enum(IMPORTS), file: z.string() });
/** A dropped file: its kind, and its id in Slack. */
export type DroppedFile = z.infer<typeof Dropped>;
export const packDropped = (dropped: DroppedFile): string => JSON.stringify(dropped);
/** Throws a ZodError on anything that `packDropped` did not write. */
export const readDropped = (text: string): DroppedFile => Dropped.parse(JSON.parse(text));
