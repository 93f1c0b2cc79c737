import type { SearchFilters } from '../domain/search';
import { countOf } from '../domain/wording';
import { exportCases } from '../services/export-cases';
import { readingRights } from '../services/search-cases';
import { namesOf } from '../slack/names';
import { uploadFile } from '../slack/upload-file';
import type { ListenerDeps } from './deps';
import { logged } from './errors';
import { piecesOf, unnamedFile, writingTo } from './unnamed-file';

/** How long a dead instance blocks someone's next export, ms; a live one renews it at every step. */
const SLOT_MS = 5 * 60_000;

/**
 * All results of a search, as a CSV file in a DM. One at a time per person; `tell` shows its state where the button was
 * pressed. A fault becomes a sentence in the DM.
 */
export async function exportSearch(
  deps: ListenerDeps,
  user: string,
  filters: SearchFilters,
  tell: (text: string) => Promise<void>,
): Promise<void> {
  if (!(await deps.exportSlots.take(user, SLOT_MS))) return tell(ONE_AT_A_TIME);
  const progress = progressFor(deps, user);
  try {
    try {
      await tell('Warmline is making the file. You get it as a direct message.');
      await deliver(deps, user, filters, progress);
    } finally {
      await deps.exportSlots.free(user);
    }
  } catch (error) {
    const code = logged(deps, error, 'an export failed', { user });
    const failed = `Your export could not be finished, and no file was made. Press *Export CSV* again; if it happens again, tell an admin the code ${code}.`;
    await progress.stop(failed);
  }
}

async function deliver(deps: ListenerDeps, user: string, filters: SearchFilters, progress: Progress): Promise<void> {
  const file = await unnamedFile();
  try {
    const rights = await readingRights(deps, user);
    const rows = await exportCases(deps, {
      filters,
      reader: user,
      names: await knownNames(deps),
      to: writingTo(file),
      onRows: async (count) => {
        await Promise.all([progress.at(count), deps.exportSlots.keep(user, SLOT_MS)]);
      },
    });
    const { channel } = await deps.clients.bulk.conversations.open({ users: user });
    const { size } = await file.stat();
    // It may have taken minutes.
    if ((await readingRights(deps, user)) !== rights) return await progress.stop(CHANGED);
    await uploadFile(deps.clients.bulk, {
      channel: channel?.id ?? user,
      name: `warmline-cases-${deps.now().toISOString().slice(0, 16).replace(/[T:]/g, '-')}-utc.csv`,
      length: size,
      open: () => piecesOf(file),
      comment: `Your export: ${countOf(rows, 'case')}.`,
    });
    await progress.end(`The export is done: ${countOf(rows, 'case')}, in the file below.`);
  } finally {
    await file.close();
  }
}

const ONE_AT_A_TIME =
  'Your last export is still being made: you get its file as a direct message. If you have none in five minutes, press the button again.';
const CHANGED =
  'What you may read changed while your export was being made, so you do not get that file. Press *Export CSV* again.';

/** Names help; without them, the file has ids. */
export async function knownNames({ log, clients }: ListenerDeps): Promise<ReadonlyMap<string, string>> {
  try {
    return await namesOf(clients.bulk);
  } catch (error) {
    log.warn({ err: error }, 'Slack does not return people’s names; an export shows their ids');
    return new Map();
  }
}

type Progress = ReturnType<typeof progressFor>;
/** One message with the progress of a long export; a short one needs none. A refusal by Slack stops nothing. */
function progressFor({ log, clients }: ListenerDeps, user: string) {
  const { chat } = clients.bulk;
  let shown: { channel: string; ts: string } | null = null;
  const show = async (text: string): Promise<boolean> => {
    try {
      if (shown) {
        await chat.update({ ...shown, text });
      } else {
        const { channel = user, ts = '' } = await chat.postMessage({ channel: user, text });
        shown = { channel, ts };
      }
      return true;
    } catch (error) {
      log.warn({ err: error, user }, 'the progress of an export could not be shown');
      return false;
    }
  };
  /** Ends the message; false if there is none, or it cannot be changed. */
  const end = async (text: string): Promise<boolean> => shown !== null && show(text);
  return {
    end,
    at: (rows: number) =>
      show(
        `Your export is being made: ${countOf(rows, 'case')} so far. If this number does not change for five minutes, start it again.`,
      ),
    /** Says why there is no file, in that message or in one of its own. */
    stop: async (text: string): Promise<void> => {
      if (!(await end(text))) await chat.postMessage({ channel: user, text });
    },
  };
}
