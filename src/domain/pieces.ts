import type { Actor } from './actor';

/**
 * A piece of a line that people read. A string is literal, so what people typed shows as typed. A date shows in the
 * reader's own time zone; without a `format` (Slack's date tokens), as "Today at 4:30 PM".
 */
export type Piece =
  | string
  | { readonly bold: string }
  | { readonly user: Actor }
  | { readonly date: Date; readonly format?: string };

/** A message about an event, as data. */
export interface Said {
  /** For notifications and screen readers, without formatting. */
  readonly text: string;
  readonly line: readonly Piece[];
  /** A person's words, shown as a quotation where the case is shown in full. */
  readonly quoted?: string;
}
