import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { drawPicture } from '../charts/pictured';
import type { Picture, Pictured } from '../domain/pictured';
import type { Pictures } from '../services/ports/pictures';

/** How many pictures are cached; the least recently used goes first. */
const MOST_KEPT = 300;
/** Slack shows a file in a view once it is processed, which takes a second or two. */
const PROCESSED = { tries: 20, everyMs: 300 } as const;

/**
 * Charts as files in Slack that belong to Warmline and are not shared anywhere: a view that names one shows it. Each is
 * drawn and uploaded once for the same figures.
 */
export function createPictures(client: WebClient, log: Logger): Pictures {
  const kept = new LRUCache<string, Promise<Picture | null>>({ max: MOST_KEPT });

  async function make(what: Pictured): Promise<Picture> {
    const { title, alt, png } = await drawPicture(what);
    const uploaded = await client.filesUploadV2({ file: png, filename: 'chart.png', title, alt_text: alt });
    const file = idIn(uploaded);
    if (!file) throw new Error('Slack gave no id for an uploaded chart.');
    for (let tries = 0; tries < PROCESSED.tries; tries++) {
      const { file: known } = await client.files.info({ file });
      if (known?.mimetype) return { file, alt };
      await sleep(PROCESSED.everyMs);
    }
    throw new Error('Slack did not process an uploaded chart in time.');
  }

  return {
    of(what) {
      const key = JSON.stringify(what);
      const picture =
        kept.get(key) ??
        make(what).catch((error: unknown) => {
          log.warn({ err: error, picture: what.type }, 'a chart could not be shown; the words beside it say the same');
          kept.delete(key);
          return null;
        });
      kept.set(key, picture);
      return picture;
    },
    async forget(files) {
      for (const [key, picture] of kept) if (files.includes((await picture)?.file ?? '')) kept.delete(key);
    },
  };
}

/** The id of an upload's only file. */
function idIn({ files }: Awaited<ReturnType<WebClient['filesUploadV2']>>): string | undefined {
  const [completed] = (files ?? []) as { files?: { id?: string }[] }[];
  return completed?.files?.[0]?.id;
}
