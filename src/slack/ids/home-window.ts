import { z } from 'zod';
import { HOME_START, type HomePlace, packPlace, readPlace } from './home';

/** Home's windows that change the configuration. Each is one file in `listeners/home/windows/`. */
export const HOME_WINDOWS = [
  'area',
  'area_remove',
  'provider',
  'sp_hold',
  'option',
  'option_retire',
  'text',
  'text_reset',
  'import',
  'role',
  'policy_channel',
  'config_event',
  'policy_keep',
  'set_up_end',
  'route_case',
  'redirect_failed',
  'dismiss_failed',
  'policy_edit',
  'policy_review',
  'policy_simulate',
  'policy_replay',
] as const;
export type HomeWindowId = (typeof HOME_WINDOWS)[number];

/** A button that opens a window, whose value is the window's subject; and the window itself. */
export const homeWindowId = (window: HomeWindowId) => `home_window:${window}`;
export const HOME_WINDOW = /^home_window:([a-z_]+)$/;

/** The menu of a row: each option opens a window about it. */
export const HOME_MORE = 'home_more';
export const packHomeMore = (window: HomeWindowId, key: string) => `${window}|${key}`;
export function readHomeMore(value: string): { readonly window: string; readonly key: string } {
  const [window = '', ...key] = value.split('|');
  return { window, key: key.join('|') };
}

/**
 * The block of a field. Slack keeps a block's content when its window is redrawn; `fresh`, a version, makes it a new
 * block, which shows the given value.
 */
export const windowBlock = (field: string, fresh: number | null = null) =>
  fresh === null ? field : `${field}@${fresh}`;
export const fieldOfBlock = (block: string): string => block.split('@')[0] ?? block;

const Metadata = z.strictObject({
  key: z.string(),
  version: z.number().nullable(),
  place: z.string(),
  edit: z.string().exactOptional(),
});
/** What a window remembers: its subject, the version that it shows, and where on Home it was opened. */
export interface WindowMemory {
  readonly key: string;
  readonly version: number | null;
  readonly place: HomePlace;
  /** What was entered in the previous window and is not saved yet, if anything. */
  readonly edit?: string;
}
/** Slack's limit for a view's metadata. */
const MOST_CHARACTERS = 3000;
export function packWindow({ place, ...rest }: WindowMemory): string {
  const whole = JSON.stringify({ ...rest, place: packPlace(place) });
  if (whole.length <= MOST_CHARACTERS) return whole;
  return JSON.stringify({ ...rest, place: packPlace({ ...HOME_START, tab: place.tab, part: place.part }) });
}
/** Throws a ZodError on anything that `packWindow` did not write. */
export function readWindow(text: string): WindowMemory {
  const { place, ...rest } = Metadata.parse(JSON.parse(text));
  return { ...rest, place: readPlace(place) };
}
