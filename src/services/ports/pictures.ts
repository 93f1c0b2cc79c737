import type { Pictured } from '../../domain/pictured';

/** A chart that lies in Slack as a file, for a view to show. */
export interface Picture {
  /** Id of the file. */
  readonly file: string;
  /** Everything it shows, in words. */
  readonly alt: string;
}

/** Charts for views. */
export interface Pictures {
  /** Drawn and uploaded the first time; null, and logged, when that does not work. Never rejects. */
  of(what: Pictured): Promise<Picture | null>;
  /** Slack does not show these files (any more): they are made anew when they are asked for again. */
  forget(files: readonly string[]): Promise<void>;
}
