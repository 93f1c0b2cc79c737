import type { Actor } from './case';

/**
 * A piece of a line that people read. A string is literal: what people typed shows as they typed it. A date shows in
 * the reader's own time zone; without a `format` (Slack's date tokens), as "Today at 4:30 PM".
 */
export type Piece =
  | string
  | { readonly bold: string }
  | { readonly user: Actor }
  | { readonly date: Date; readonly format?: string };

/** A message about an event, as data. */
export interface Said {
  /** What notifications and screen readers get, without marks. */
  readonly text: string;
  readonly line: readonly Piece[];
  /** Words of a person, shown as a quotation where the case is shown in full. */
  readonly quoted?: string;
}
