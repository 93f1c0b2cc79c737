/** A button that opens the timeline of the case whose reference is its value. */
export const TIMELINE_OPEN = 'timeline_open';

/** The option of a card's More menu that opens it. */
const OPTION = 'timeline|';
export const packTimeline = (ref: string): string => `${OPTION}${ref}`;
/** The reference, or null when the option is another one. */
export const readTimeline = (value: string): string | null =>
  value.startsWith(OPTION) ? value.slice(OPTION.length) : null;

/** Turns to another page of the window. */
export const timelinePageId = (to: 'earlier' | 'later') => `timeline_page:${to}`;
export const TIMELINE_PAGES = /^timeline_page:(earlier|later)$/;
export const packTimelinePage = (ref: string, until: number): string => `${ref}|${until}`;
export function readTimelinePage(value: string): { readonly ref: string; readonly until: number } | null {
  const [ref, until] = value.split('|');
  return ref && until && /^\d+$/.test(until) ? { ref, until: Number(until) } : null;
}

/** A button that exports the record of the case whose reference is its value. */
export const RECORD_EXPORT = 'record_export';
