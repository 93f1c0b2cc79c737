import { z } from 'zod';

/** The pages of Home; `listeners/home/tabs.ts` says who sees which. */
export const HOME_TABS = ['desk', 'filed', 'figures', 'admin'] as const;
export type HomeTab = (typeof HOME_TABS)[number];

/** Where someone is on Home: stored in the view, so that an action redraws the same place. */
const Place = z.strictObject({
  tab: z.enum(HOME_TABS),
  /** The part of a tab, e.g. `areas` of the admin tab; empty for the first. */
  part: z.string().max(40).default(''),
  /** From 0, of the list in the tab or part. */
  page: z.number().int().min(0).default(0),
  /** Filters and the like, by name. */
  args: z.record(z.string().max(40), z.string().max(200)).default({}),
});
export type HomePlace = z.infer<typeof Place>;
export const HOME_START: HomePlace = { tab: 'desk', part: '', page: 0, args: {} };

export const packPlace = (place: HomePlace): string => JSON.stringify(place);
/** Where the view was; the start for anything that `packPlace` did not write. */
export function readPlace(text: string | undefined): HomePlace {
  try {
    const parsed = Place.safeParse(JSON.parse(text ?? ''));
    return parsed.success ? parsed.data : HOME_START;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return HOME_START;
  }
}

/** A button of the row of tabs; its value is the tab. */
export const homeTabId = (tab: HomeTab) => `home_tab:${tab}`;
export const HOME_TAB = /^home_tab:([a-z]+)$/;
/** Opens a page of the list on screen; its value is the page. */
export const homePageId = (to: 'back' | 'on') => `home_page:${to}`;
/** Block id of these buttons, whichever of them there are. */
export const HOME_WAYS = 'home_ways';
export const HOME_PAGE = /^home_page:(back|on)$/;
/** The menu of a tab's parts. */
export const HOME_PART = 'home_part';
/** A menu or input that sets the argument of this name; the list starts over at its first page. */
export const homeArgId = (name: string) => `home_arg:${name}`;
export const HOME_ARG = /^home_arg:([a-z_]+)$/;
/** Sends the figures on screen as a file. */
export const FIGURES_CSV = 'home_figures_csv';
/** Sends the access log, filtered as on screen, as a file. */
export const READS_CSV = 'home_reads_csv';
/** Sends the standings and do-not-send lists of SPs as a file. */
export const STANDINGS_CSV = 'home_standings_csv';
/** Redraws the place, as after a failed lookup. */
export const HOME_AGAIN = 'home_again';
