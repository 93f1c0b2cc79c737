import { z } from 'zod';
import { SearchFilters } from '../../domain/search';

/** The search window, which then shows the results. */
export const SEARCH_CALLBACK = 'search';

/** Buttons of the results. */
export const SEARCH_ACTIONS = ['newer', 'older', 'change', 'export'] as const;
export type SearchAction = (typeof SEARCH_ACTIONS)[number];
export const searchButtonId = (action: SearchAction): string => `search:${action}`;
export const SEARCH_BUTTON = new RegExp(`^search:(${SEARCH_ACTIONS.join('|')})$`);
export const searchActionOf = (actionId: string): SearchAction | null =>
  SEARCH_ACTIONS.find((action) => searchButtonId(action) === actionId) ?? null;

/** Block id of the line about the last press. */
export const SEARCH_NOTICE = 'search:notice';
/** Block id of the buttons below the results, whichever of them there are. */
export const SEARCH_WAYS = 'search:ways';

const Start = z.strictObject({
  place: z.int().min(1),
  beyond: z
    .strictObject({
      key: z.strictObject({ at: z.coerce.date(), id: z.string().max(200) }),
      way: z.enum(['older', 'newer']),
    })
    .nullable(),
});
const Metadata = z.strictObject({ filters: SearchFilters, newer: Start.nullable(), older: Start.nullable() });

/** What the results' window remembers: the search, and where the adjacent pages begin. */
export type SearchMetadata = z.infer<typeof Metadata>;
export const packSearch = (metadata: SearchMetadata): string => JSON.stringify(metadata);
/** Throws a ZodError on anything that `packSearch` did not write. */
export const readSearch = (packed: string): SearchMetadata => Metadata.parse(JSON.parse(packed));
