/** A button that opens a case's timeline; its value is the reference. */
export const TIMELINE_OPEN = 'timeline_open';

/** The option of a card's More menu that opens it. */
const OPTION = 'timeline|';
export const packTimeline = (ref: string): string => `${OPTION}${ref}`;
/** The reference, or null for another option. */
export const readTimeline = (value: string): string | null =>
  value.startsWith(OPTION) ? value.slice(OPTION.length) : null;

/** Opens another page of the window. */
export const timelinePageId = (to: 'earlier' | 'later') => `timeline_page:${to}`;
export const TIMELINE_PAGES = /^timeline_page:(earlier|later)$/;
export const packTimelinePage = (ref: string, until: number): string => `${ref}|${until}`;
export function readTimelinePage(value: string): { readonly ref: string; readonly until: number } | null {
  const [ref, until] = value.split('|');
  return ref && until && /^\d+$/.test(until) ? { ref, until: Number(until) } : null;
}

/** A button that exports a case's record; its value is the reference. */
export const RECORD_EXPORT = 'record_export';

/** Block id of the buttons below a timeline, whichever of them there are. */
export const TIMELINE_WAYS = 'timeline:ways';
