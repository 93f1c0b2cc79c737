import type { KnownBlock } from '@slack/types';
import { validateMessage } from '../../../sandbox/block-kit';
import { catalogueBlocks } from '../../../src/blocks/home/catalogue';
import { homeFrame } from '../../../src/blocks/home/frame';
import { importBlocks } from '../../../src/blocks/home/import';
import { importCheckBlocks, importDoneBlocks } from '../../../src/blocks/home/import-report';
import { partMenu } from '../../../src/blocks/home/part-menu';
import { providersBlocks } from '../../../src/blocks/home/providers';
import { textsBlocks } from '../../../src/blocks/home/texts';
import { importTakenWindow, importWindow } from '../../../src/blocks/home/windows/import';
import { conflictNotice } from '../../../src/blocks/home/windows/notice';
import { optionAddWindow, optionRenameWindow, optionRetireWindow } from '../../../src/blocks/home/windows/option';
import { providerWindow } from '../../../src/blocks/home/windows/provider';
import { textResetWindow, textWindow } from '../../../src/blocks/home/windows/text';
import { CATALOGUE_KEYS } from '../../../src/domain/catalogue';
import { LABEL_MAX, OFFERED_MAX } from '../../../src/domain/catalogue-rules';
import type { ConfigEvent } from '../../../src/domain/configuration';
import type { Option } from '../../../src/domain/forms/form';
import type { FileReport } from '../../../src/domain/import-report';
import { TEXT_MAX, TEXTS } from '../../../src/domain/texts';
import { HOME_START, HOME_TABS } from '../../../src/slack/ids/home';
import { COUNTS, faultsOf, LONG, list } from '../../support/view-limits';

const home = (blocks: readonly KnownBlock[]) =>
  homeFrame(
    { ...HOME_START, tab: 'admin', page: 99, args: { find: LONG.slice(0, 200) } },
    HOME_TABS.map((id) => ({ id, label: 'My reports' })),
    [partMenu([{ label: 'All', parts: [{ id: '', label: 'Overview' }] }], ''), ...blocks],
  );
const memory = { key: LONG.slice(0, 100), version: 7, place: { ...HOME_START, args: { find: LONG.slice(0, 200) } } };
const at = new Date('2026-11-02T17:00:00Z');
const event: ConfigEvent = {
  id: 'catalogue:catalogue:7',
  at,
  by: 'U0123456789',
  what: 'catalogue',
  key: 'catalogue',
  version: 7,
  before: {},
  after: { negative_customer: list(OFFERED_MAX, (i) => ({ code: `c${i}`, label: LONG.slice(0, 75) })) },
  tally: null,
};
const notice = conflictNotice(list(10, () => event));
const option = (i: number): Option => ({
  code: `${'a'.repeat(55)}_${i}`,
  label: '<'.repeat(LABEL_MAX),
  exceptionCode: 'PROFILE UPDATE',
  highRisk: true,
  ...(i % 2 ? { retired: true } : {}),
});
const entries = {
  account: 'A'.repeat(20),
  name: LONG,
  area: LONG.slice(0, 75),
  phone: LONG,
  email: LONG,
  status: 'active',
};
const provider = { ...entries, area: LONG, status: 'inactive' as const };
const report = (count: number): FileReport => ({
  file: LONG,
  rows: count * 2,
  inserted: count,
  updated: 0,
  unchanged: 0,
  badRows: count,
  faults: list(count, (i) => ({ file: LONG, line: i, column: LONG, reason: LONG })),
  faultCount: count * 3,
  faultsIn: {},
  notes: list(Math.min(count, 2), () => LONG),
});

describe.each(COUNTS)('with %i of each', (count) => {
  it('the parts fit into a Home', () => {
    const total = Math.min(count, 1000);
    for (const page of [0, Math.max(0, Math.ceil(total / 10) - 1)])
      for (const find of ['', LONG.slice(0, 200)]) {
        const rows = list(Math.min(10, total), () => provider);
        const banned = list(count, () => ({ who: LONG.slice(0, 150), since: new Date(0), ref: 'HRR-000001' }));
        const standing = {
          is: 'suspended',
          until: new Date(0),
          since: new Date(0),
          ref: 'HRR-000001',
          banned,
        } as const;
        const standings = new Map(rows.map(({ account }) => [account, standing]));
        const asked = { by: 'U0ADA', at: new Date(0).toISOString(), reason: 'x'.repeat(300) };
        const holds = new Map(rows.map(({ account }) => [account, { account, ...asked, lifting: asked }]));
        const areas = new Set<string>();
        const shown = { rows, page, size: 10, total, isMore: count > 1000, find, standings, holds, areas };
        const blocks = providersBlocks(shown);
        expect(faultsOf(home(blocks))).toEqual([]);
      }
    for (const key of CATALOGUE_KEYS) {
      const options = list(Math.min(20, count), option);
      expect(faultsOf(home(catalogueBlocks({ list: key, options, page: 0, size: 20, total: count })))).toEqual([]);
    }
  });

  it('an import report fits into a message', () => {
    for (const blocks of [
      importCheckBlocks({ kind: 'sps', file: 'F0123456789' }, report(count)),
      importDoneBlocks(report(count)),
    ])
      expect(validateMessage({ text: 'sps.csv', blocks })).toEqual({ ok: true });
  });

  it("an SP's window offers every area", () => {
    if (!count) return;
    const areas = list(Math.min(count, 5000), (i) => `${LONG.slice(0, 68)}${i}`);
    for (const key of ['', 'ACC100'])
      expect(faultsOf(providerWindow({ memory: { ...memory, key }, entries, areas, notice }))).toEqual([]);
  });
});

it('texts and windows fit with the longest words', () => {
  const long = '<'.repeat(TEXT_MAX);
  const texts = Object.fromEntries(TEXTS.map(({ key }) => [key, long]));
  expect(faultsOf(home(textsBlocks(texts)))).toEqual([]);
  expect(faultsOf(home(textsBlocks({})))).toEqual([]);
  expect(faultsOf(home(importBlocks()))).toEqual([]);
  for (const view of [importWindow(memory), importTakenWindow(memory)]) expect(faultsOf(view)).toEqual([]);
  for (const template of TEXTS)
    for (const isPreview of [false, true])
      for (const text of ['', long])
        expect(faultsOf(textWindow({ memory, template, text, isPreview, notice }))).toEqual([]);
  for (const template of TEXTS) expect(faultsOf(textResetWindow(memory, template, notice))).toEqual([]);
  for (const key of CATALOGUE_KEYS) {
    const filled = { label: LONG, exceptionCode: 'COACH', highRisk: true };
    for (const view of [
      optionAddWindow(memory, key, filled, notice),
      optionAddWindow(memory, key, { label: '', exceptionCode: '', highRisk: false }),
      optionRenameWindow(memory, key, LONG, notice),
      ...[0, 1].map((i) => optionRetireWindow(memory, key, option(i), { notice })),
      optionRetireWindow(memory, key, option(0), { fault: LONG }),
    ])
      expect(faultsOf(view)).toEqual([]);
  }
});
