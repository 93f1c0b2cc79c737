import type { KnownBlock } from '@slack/types';
import { alarmsPartBlocks } from '../../../src/blocks/home/alarms';
import { failedBlocks } from '../../../src/blocks/home/failed';
import { homeFrame } from '../../../src/blocks/home/frame';
import { healthBlocks } from '../../../src/blocks/home/health';
import { partMenu } from '../../../src/blocks/home/part-menu';
import { reviewBlocks } from '../../../src/blocks/home/review';
import type { QueueRow } from '../../../src/blocks/home/rows';
import { unroutedBlocks } from '../../../src/blocks/home/unrouted';
import { dismissWindow, redirectLetterWindow, redirectWindow } from '../../../src/blocks/home/windows/failed';
import { routeWindow } from '../../../src/blocks/home/windows/route-case';
import { slackLane } from '../../../src/domain/targets';
import { packFailed } from '../../../src/slack/ids/failed';
import { HOME_START, HOME_TABS } from '../../../src/slack/ids/home';
import { unreadCalendar } from '../../support/calendars';
import { MONDAY, storedCase } from '../../support/cases';
import { COUNTS, faultsOf, LONG, list } from '../../support/view-limits';

const SIZE = 10;
const LINK = 'https://warmline.slack.com/archives/C0123456789/p1762102800000100';

const home = (blocks: readonly KnownBlock[]) =>
  homeFrame(
    { ...HOME_START, tab: 'admin', page: 99 },
    HOME_TABS.map((id) => ({ id, label: 'My reports' })),
    [partMenu([{ label: 'All', parts: [{ id: '', label: 'Overview' }] }], ''), ...blocks],
  );
/** A page of this many in total. */
const listed = <T>(count: number, make: (i: number) => T, most = SIZE) => ({
  rows: list(Math.min(count, most), make),
  page: count > SIZE ? 1 : 0,
  total: Math.min(count, 1000),
  isMore: count > 1000,
});
function row(i: number): QueueRow {
  const base = storedCase(String(i).padStart(6, '0'));
  const note = { id: 'n1', by: 'U0123456789', at: MONDAY, text: LONG, edited: false };
  const { sp } = base;
  return {
    record: {
      ...base,
      kind: 'exception',
      title: LONG,
      sp: { ...sp, name: LONG },
      sj: LONG.slice(0, 40),
      codes: ['COACH', 'GREAT SVC'],
      area: LONG.slice(0, 75),
      unrouted: LONG,
      notes: [note],
    },
    sight: i % 2 ? 'text' : 'existence',
    link: LINK,
    moves: ['send_to_manager', 'return_to_agent', 'void', 'add_note', 'reassign'],
  };
}

describe.each(COUNTS)('with %d of everything', (count) => {
  it('every queue of the admin tab is a valid view', () => {
    const queue = { queue: listed(count, row), size: SIZE, reader: 'U0ADA', now: MONDAY };
    expect(faultsOf(home(reviewBlocks(queue)))).toEqual([]);
    expect(faultsOf(home(unroutedBlocks(queue)))).toEqual([]);
    const cases = listed(
      count,
      (i) => ({ ...row(i), lane: slackLane(`C${i}`), what: list(200, () => 'line' as const), fault: LONG }),
      50,
    );
    const letters = list(Math.min(count, SIZE), (i) => ({
      id: `weekly:${LONG.slice(0, i % 2 ? 100 : 1000)}:${i}`,
      to: 'U0123456789',
      what: 'The weekly report' as const,
      fault: i % 2 ? LONG : 'is_archived',
      failedAt: MONDAY,
      isKept: i % 3 === 0,
    }));
    expect(faultsOf(home(failedBlocks({ cases, size: SIZE, letters, letterCount: count })))).toEqual([]);
    const alarm = (i: number) => ({
      alarm: { id: `${i}`, kind: 'overdue' as const, ref: null, about: LONG, since: MONDAY },
      link: i % 2 ? LINK : null,
    });
    expect(faultsOf(home(alarmsPartBlocks({ alarms: listed(count, alarm), size: SIZE })))).toEqual([]);
    const run = (i: number) => ({
      name: `${LONG}${i}`,
      everyMinutes: 1,
      at: MONDAY,
      ms: count,
      did: i % 2 ? { [LONG]: count } : null,
      fault: i % 2 ? null : LONG,
    });
    const health = {
      engine: { name: 'MongoDB' as const, version: LONG, replicaSet: LONG },
      backlog: { deliveries: count, oldest: count ? MONDAY : null },
      runs: list(Math.min(count, 100), run),
      instance: { version: '1.2.3', node: '20.1.1', mode: 'socket' as const, startedAt: MONDAY },
      connection: {
        up: count % 2 === 0,
        since: MONDAY,
        downMs: count,
        why: LONG,
        reconnects: count,
        lastOutage: { from: MONDAY, to: MONDAY, why: LONG },
      },
      indexes: { ready: false, since: MONDAY, fault: LONG },
      unset: ['Email is not set up: set SMTP_HOST.'],
      calendars: list(Math.min(count, 10), () => unreadCalendar(count)),
      now: new Date(+MONDAY + count * 60_000),
    };
    expect(faultsOf(home(healthBlocks(health)))).toEqual([]);
    expect(faultsOf(home(healthBlocks({ ...health, engine: null, backlog: null, runs: null })))).toEqual([]);
  });

  it('so is the window that routes a case', () => {
    const memory = { key: 'SPF-000001', version: 1, place: HOME_START };
    const areas = list(count, (i) => `${LONG.slice(0, 69)}${i}`);
    const window = { memory, reason: LONG, areas, entries: { area: areas[3] ?? '', teach: true, name: LONG } };
    expect(faultsOf(routeWindow({ ...window, sp: null }))).toEqual([]);
    expect(faultsOf(routeWindow({ ...window, sp: { account: 'A'.repeat(20), name: null } }))).toEqual([]);
    expect(faultsOf(routeWindow({ ...window, sp: { account: 'A'.repeat(20), name: LONG } }))).toEqual([]);
  });
});

describe('the windows of failed messages', () => {
  it('are valid', () => {
    const failed = { ref: 'SPF-000001', lane: slackLane('C0123456789') };
    const memory = { key: packFailed(failed), version: null, place: HOME_START };
    expect(faultsOf(redirectWindow(memory, { ...failed, closed: true }))).toEqual([]);
    expect(faultsOf(redirectLetterWindow(memory, { what: 'The weekly report', to: failed.lane }))).toEqual([]);
    expect(faultsOf(dismissWindow(memory, 'Give up this message?'))).toEqual([]);
  });
});
