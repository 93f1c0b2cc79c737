import { lazy, Suspense } from 'react';
import type { JsonObject } from '../../../client-protocol';

/**
 * The blocks that `slack-blocks-to-jsx` draws well: display only, with their text as text. Its mrkdwn drops what looks
 * like HTML or a heading and its inputs report nothing, so it does not draw sections, inputs and actions. It is as
 * large as the rest of the page, so it is loaded when the first such block appears.
 */
const LIBRARY_TYPES = new Set(['rich_text', 'markdown', 'data_visualization', 'video', 'file', 'plan', 'task_card']);
export const isLibraryBlock = (type: string) => LIBRARY_TYPES.has(type);

const Drawn = lazy(() => import('./library-drawn'));

export function LibraryBlock({ block }: { block: JsonObject; blockId: string }) {
  return (
    <Suspense fallback={<span className="bk-loading">…</span>}>
      <Drawn block={block} />
    </Suspense>
  );
}
