import type { KnownBlock } from '@slack/types';
import { type AreaRow, areasBlocks } from '../../../src/blocks/home/areas';
import { channelsBlocks } from '../../../src/blocks/home/channels';
import { homeFrame } from '../../../src/blocks/home/frame';
import { healthBlocks } from '../../../src/blocks/home/health';
import { historyBlocks } from '../../../src/blocks/home/history';
import { overviewBlocks } from '../../../src/blocks/home/overview';
import { partMenu } from '../../../src/blocks/home/part-menu';
import { peopleBlocks } from '../../../src/blocks/home/people';
import { readsBlocks } from '../../../src/blocks/home/reads';
import { areaRemoveWindow, areaWindow } from '../../../src/blocks/home/windows/area';
import { configEventWindow } from '../../../src/blocks/home/windows/config-event';
import { conflictNotice } from '../../../src/blocks/home/windows/notice';
import { policyChannelWindow } from '../../../src/blocks/home/windows/policy-channel';
import { policyKeepWindow } from '../../../src/blocks/home/windows/policy-keep';
import { roleWindow } from '../../../src/blocks/home/windows/role';
import type { ConfigEvent } from '../../../src/domain/configuration';
import { DEFAULT_POLICY } from '../../../src/domain/default-policy';
import { timeZones } from '../../../src/domain/time-zones';
import type { ChannelState } from '../../../src/domain/workspace';
import { HOME_START, HOME_TABS } from '../../../src/slack/ids/home';
import { COUNTS, faultsOf, LONG, list } from '../../support/view-limits';

/** The longest name of an area. */
const NAME = '<&>'.repeat(25);
const AT = new Date('2026-11-02T17:00:00Z');
const args = { find: NAME, what: 'policy', by: 'U0ADA' };

const home = (blocks: readonly KnownBlock[]) =>
  homeFrame(
    { ...HOME_START, tab: 'admin', page: 99, args },
    HOME_TABS.map((id) => ({ id, label: 'My reports' })),
    [partMenu([{ label: 'All', parts: [{ id: '', label: 'Overview' }] }], ''), ...blocks],
  );
const memory = { key: NAME, version: 7, place: { ...HOME_START, args } };
const state = (i: number): ChannelState =>
  i % 2
    ? { is: 'fault', reason: LONG, privateName: LONG.slice(0, 80), sharedWith: LONG }
    : { is: 'fine', privateName: LONG.slice(0, 80), sharedWith: LONG };
const areaRow = (i: number): AreaRow => ({
  area: {
    name: `${NAME.slice(0, 68)}${i}`,
    timeZone: 'America/Argentina/ComodRivadavia',
    channel: 'C0123456789',
    areaManager: 'U0123456789',
    deputy: 'U0123456789',
    manager: 'U0123456789',
    fallbackChannel: 'C0123456789',
  },
  channel: state(i),
  fallback: state(i + 1),
  gone: ['U0123456789', 'U0123456788', 'U0123456787'],
});
const event = (i: number, change: Partial<ConfigEvent> = {}): ConfigEvent => ({
  id: `area:${NAME}:${i}`,
  at: AT,
  by: i % 2 ? 'U0123456789' : LONG,
  what: 'texts',
  key: NAME,
  version: i,
  before: { [LONG]: LONG, b: LONG },
  after: { [LONG]: `${LONG}.`, b: `${LONG}.`, c: LONG },
  tally: null,
  ...change,
});
const members = (count: number) => list(count, (i) => (i % 3 ? `U${100_000_000 + i}` : `group:S${100_000_000 + i}`));

describe.each(COUNTS)('with %d of everything', (count) => {
  it('every part of the admin tab is a valid view', () => {
    const size = 10;
    for (const page of [0, Math.max(0, Math.ceil(count / size) - 1)]) {
      const onPage = Math.min(size, count - page * size);
      const areas = areasBlocks({ rows: list(onPage, areaRow), page, size, total: count, find: count % 2 ? NAME : '' });
      expect(faultsOf(home(areas))).toEqual([]);
      const authors = list(Math.min(99, count), (i) => ({ value: `U${i}`, label: LONG.slice(0, 75) }));
      const events = list(onPage, (i) => event(i));
      const total = Math.min(count, 1000);
      const history = historyBlocks({ events, page, size, total, isMore: true, what: null, by: 'U0', authors });
      expect(faultsOf(home(history))).toEqual([]);
    }
    const role = {
      role: 'risk',
      members: members(count),
      fixed: members(Math.min(count, 1000)),
      gap: LONG.slice(0, 300),
    };
    expect(faultsOf(home(peopleBlocks(list(6, () => role))))).toEqual([]);
    const channel = { name: 'risk', channel: 'C0123456789', isNeeded: true } as const;
    expect(faultsOf(home(channelsBlocks(list(6, (i) => ({ ...channel, state: state(i) })))))).toEqual([]);
    const need = { text: `*${count.toLocaleString('en-US')}* cases`, part: 'review' };
    const step = { done: false, title: 'Areas', about: 'Some', go: { part: 'areas' } };
    expect(
      faultsOf(
        home(
          overviewBlocks(
            count ? list(4, () => need) : [],
            list(6, () => step),
          ),
        ),
      ),
    ).toEqual([]);
  });

  it('so is what is wrong with Warmline, and who read a case that many may read', () => {
    const outage = { up: false, since: AT, why: LONG, lastOutage: null, downMs: 0, reconnects: 0 };
    const run = (i: number) => ({ name: `job ${i}`, everyMinutes: 1, at: AT, ms: 1, did: { cases: 1 }, fault: LONG });
    const health = healthBlocks({
      engine: null,
      backlog: null,
      runs: list(Math.min(count, 40), run),
      calendars: [],
      instance: { version: '1.0.0', node: '20', mode: 'socket', startedAt: AT },
      connection: outage,
      indexes: { ready: false, since: AT, fault: LONG },
      unset: list(count, () => LONG.slice(0, 300)),
      now: AT,
    });
    expect(faultsOf(home(health))).toEqual([]);
    const grant = { by: 'U0123456788', until: AT, seq: 3 };
    const read = { who: 'U0123456789', ref: 'HRR-000001', how: 'home', at: AT, right: 'grant', grant } as const;
    const reads = readsBlocks({
      reads: list(Math.min(count, 20), () => read),
      grants: list(count, (i) => ({ person: `U${i}`, ...grant })),
      page: 0,
      size: 20,
      total: Math.min(count, 1000),
      isMore: true,
      args: { ref: 'HRR-000001', who: 'U0123456789' },
      fault: true,
    });
    expect(faultsOf(home(reads))).toEqual([]);
  });

  it("so is every window, including others' changes meanwhile", () => {
    const notice = conflictNotice(list(Math.min(count, 10), (i) => event(i)));
    const people = list(count, (i) => `U${100_000_000 + i}`);
    const groups = list(count, (i) => ({ id: `S${i}`, handle: `group-${i}`, name: LONG.slice(0, 80) }));
    const entries = { people, groups: groups.slice(0, 200).map(({ id }) => id) };
    for (const confirm of [true, false])
      expect(
        faultsOf(roleWindow({ memory, entries, groups, fixed: people, confirm, notice, isFresh: !confirm })),
      ).toEqual([]);
    const roles = Object.fromEntries(list(Math.min(count, 1000), (i) => [`${NAME}${i}`, members(10)]));
    const policy = event(1, { what: 'policy', before: null, after: { ...DEFAULT_POLICY, roles } });
    const options = { negative: list(count, (i) => ({ code: `c${i}`, label: LONG.slice(0, 75) })) };
    const catalogue = event(1, { what: 'catalogue', before: null, after: options });
    for (const one of [
      policy,
      catalogue,
      event(1),
      event(1, { after: null }),
      event(1, { what: 'area', before: null }),
    ])
      expect(faultsOf(configEventWindow(memory, one, count % 2 ? LONG : null, notice))).toEqual([]);
  });
});

describe('the windows of areas and channels', () => {
  const area = {
    name: NAME,
    timeZone: 'US/Pacific',
    channel: 'C1',
    areaManager: 'U1',
    deputy: 'U2',
    manager: 'U3',
    fallbackChannel: 'C2',
  };
  it('are valid, with all time zones', () => {
    const notice = conflictNotice(list(10, (i) => event(i)));
    expect(timeZones().length).toBeGreaterThan(400);
    const empty = { ...area, name: '', timeZone: '', channel: '', areaManager: '', deputy: '', manager: '' };
    expect(faultsOf(areaWindow({ ...memory, key: '' }, empty, timeZones()))).toEqual([]);
    expect(faultsOf(areaWindow(memory, area, timeZones(), { notice, fresh: ['deputy', 'timeZone'] }))).toEqual([]);
    expect(faultsOf(areaRemoveWindow(memory, null))).toEqual([]);
    expect(faultsOf(areaRemoveWindow(memory, LONG))).toEqual([]);
    const channel = { memory, name: 'risk', channel: 'C1', isSecret: true, notice } as const;
    expect(faultsOf(policyChannelWindow({ ...channel, offered: null }))).toEqual([]);
    for (const count of [0, 1, 10, 1000, 100_000]) {
      const offered = list(count, (i) => ({ id: `C0123456${i}`, name: LONG.slice(0, 80) }));
      expect(faultsOf(policyChannelWindow({ ...channel, offered }))).toEqual([]);
      expect(faultsOf(policyChannelWindow({ ...channel, offered, channel: null }))).toEqual([]);
    }
    expect(faultsOf(policyKeepWindow(memory, DEFAULT_POLICY))).toEqual([]);
    expect(JSON.stringify(areaWindow(memory, area, timeZones()))).toContain('US/Pacific');
  });
});
