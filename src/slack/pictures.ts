import type { Block, HomeView, ImageBlock, KnownBlock, ModalView } from '@slack/types';
import type { Picture } from '../domain/pictured';
import { refusalOf } from './refusal';

/** A picture as a block; `alt` says everything that it shows. */
export const pictureBlock = ({ file, alt }: Picture): ImageBlock => ({
  type: 'image',
  slack_file: { id: file },
  alt_text: alt.slice(0, 2000),
});

/** The file that an image block shows, or null. */
function fileIn(block: KnownBlock | Block): string | null {
  if (block.type !== 'image' || !('slack_file' in block) || !block.slack_file) return null;
  return 'id' in block.slack_file ? (block.slack_file.id ?? null) : null;
}

/**
 * Sends a view; if Slack refuses it and it has pictures (a file is gone, or not processed yet), again without them.
 * Returns the files left out. Otherwise rejects like `send`.
 */
export async function withOrWithoutPictures<V extends HomeView | ModalView>(
  view: V,
  send: (view: V) => Promise<unknown>,
): Promise<readonly string[]> {
  const files = view.blocks.flatMap((block) => fileIn(block) ?? []);
  try {
    await send(view);
    return [];
  } catch (error) {
    const code = refusalOf(error);
    if (!files.length || (code !== 'invalid_blocks' && code !== 'invalid_arguments')) throw error;
    await send({ ...view, blocks: view.blocks.filter((block) => !fileIn(block)) });
    return files;
  }
}
