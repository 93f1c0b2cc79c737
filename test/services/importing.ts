import type { ServiceProvider } from '../../src/domain/directory';
import { STANDARD_NUMBERS } from '../../src/domain/forms/numbers';
import type { SpStanding } from '../../src/domain/sp-standing';
import { importProviders } from '../../src/services/import-providers';
import { faultLine } from '../../src/services/import-report';
import type { ImportTarget } from '../../src/services/ports/directory';

export const HEADER = 'sp_account,name,area,phone,email,status';
export const now = () => new Date('2026-11-02T17:00:00Z');
export type Content = string | Buffer;
/** A file of this content, read in pieces. */
export const sourceOf = (content: Content) => ({
  name: 'sps.csv',
  open: async function* () {
    const bytes = Buffer.from(content);
    for (let at = 0; at < bytes.length; at += 50_000) yield bytes.subarray(at, at + 50_000);
  },
});

/** What an import of SPs accepts and reports; nothing is stored. */
export async function run(content: Content, set: readonly SpStanding[] = []) {
  const kept: ServiceProvider[] = [];
  const directory: Pick<ImportTarget, 'saveProviders'> = {
    saveProviders: async (list) => {
      kept.push(...list);
      return { inserted: list.length, updated: 0, unchanged: 0 };
    },
  };
  const report = await importProviders(sourceOf(content), {
    directory: directory as ImportTarget,
    standings: {
      all: async (accounts) => new Map(set.filter((sp) => accounts.includes(sp.account)).map((sp) => [sp.account, sp])),
    },
    areas: new Set(['West', 'East Coast']),
    timeZone: 'America/Chicago',
    numbers: STANDARD_NUMBERS,
    dryRun: true,
    by: 'test',
    now,
  });
  return { kept, report, names: kept.map(({ name }) => name), faults: report.faults.map(faultLine) };
}
export const GOOD = Array.from({ length: 2000 }, (_, i) => `SP1${String(i).padStart(5, '0')},Good ${i},West,,,active`);
export const everyGoodRow = (kept: readonly ServiceProvider[]) =>
  kept.filter(({ name }) => name.startsWith('Good ')).length;
