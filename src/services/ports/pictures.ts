import type { Picture, Pictured } from '../../domain/pictured';

/** Charts for views. */
export interface Pictures {
  /** Drawn and uploaded the first time; null, and logged, if that fails. Never rejects. */
  of(what: Pictured): Promise<Picture | null>;
  /** Slack does not show these files (anymore): they are made again on the next request. */
  forget(files: readonly string[]): Promise<void>;
}
