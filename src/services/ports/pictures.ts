import type { Picture, Pictured } from '../../domain/pictured';

/** Charts for views. */
export interface Pictures {
  /** Drawn and uploaded the first time; null, and logged, when that does not work. Never rejects. */
  of(what: Pictured): Promise<Picture | null>;
  /** Slack does not show these files (anymore): they are made again when they are asked for again. */
  forget(files: readonly string[]): Promise<void>;
}
