/** A page of a list: its number from 0, the total, and whether there are more than were counted. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly page: number;
  readonly total: number;
  readonly isMore: boolean;
}

/** The number of a page from 0: the asked one, or the last one of a list that is shorter by now. */
export const pageWithin = (asked: number, total: number, size: number): number =>
  Math.min(asked, Math.max(0, Math.ceil(total / size) - 1));

/** The last seven days of some areas; counts stop where lists do. */
export interface AreaFigures {
  readonly areas: readonly string[];
  /** Filed on each day, oldest first, today last. */
  readonly filed: readonly number[];
  readonly resolved: number;
  readonly open: number;
  readonly overdue: number;
}

/** The result of one of several moves. */
export interface BulkResult {
  readonly ref: string;
  /** Why it was not made, in words for the person; null if it was. */
  readonly reason: string | null;
}
