import type { Figure } from './figures';
import type { ScoreWeek } from './scorecard';

/** The data of a chart: figures that its reader may see. Equal figures make the same picture. */
export type Pictured =
  | { readonly type: 'sp_weeks'; readonly sp: string; readonly weeks: readonly ScoreWeek[]; readonly timeZone: string }
  | {
      readonly type: 'kept';
      readonly promise: 'acknowledged' | 'resolved';
      readonly by: 'area' | 'kind';
      /** In words, e.g. "the last 30 days". */
      readonly span: string;
      readonly rows: readonly (readonly [name: string, figure: Figure])[];
    }
  | {
      readonly type: 'waits';
      readonly span: string;
      readonly rows: readonly (readonly [state: string, medianHours: number])[];
    };

/** A chart that is a file in Slack, for a view to show. */
export interface Picture {
  /** The file's id. */
  readonly file: string;
  /** Everything it shows, in words. */
  readonly alt: string;
}
