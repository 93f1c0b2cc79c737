import type { HomeView, ModalView } from '@slack/types';
import { validateMessage } from '../../../sandbox/block-kit';
import { dialogModal } from '../../../src/blocks/case-dialog';
import { draftBlocks, filedBlocks, questionBlocks, reportBlocks, startBlocks } from '../../../src/blocks/home/agent';
import { figureBlocks } from '../../../src/blocks/home/figures';
import { homeFrame } from '../../../src/blocks/home/frame';
import { managerBlocks } from '../../../src/blocks/home/manager';
import type { QueueRow } from '../../../src/blocks/home/rows';
import { bulkChooseWindow, bulkConfirmWindow, bulkReportWindow } from '../../../src/blocks/home/windows/bulk';
import { spFilterWindow } from '../../../src/blocks/home/windows/sp-filter';
import { scorecardBlocks, scorecardWindow } from '../../../src/blocks/lookup/scorecard';
import type { Person } from '../../../src/domain/access';
import { EXCEPTION_CODES } from '../../../src/domain/exception-codes';
import { CASE_KINDS } from '../../../src/domain/kinds';
import { ASKED_FOR } from '../../../src/domain/mailbox';
import { allowedMoves } from '../../../src/domain/move';
import type { DialogContext } from '../../../src/domain/moves/dialog';
import { snoozePresets } from '../../../src/domain/snooze-presets';
import { METRIC_NAMES } from '../../../src/domain/sp-metrics';
import { DESK_COUNTED, DESK_ROWS } from '../../../src/services/desk';
import { BULK_MOST, BULK_MOVES } from '../../../src/slack/ids/desk';
import { HOME_START, HOME_TABS, packPlace } from '../../../src/slack/ids/home';
import { unreadCalendar } from '../../support/calendars';
import { MONDAY, storedCase, WEST } from '../../support/cases';
import { COUNTS, faultsOf, LONG } from '../../support/view-limits';

const dana: Person = { id: 'U0DANA', isAdmin: true, isManager: true, roles: ['risk'], standsFor: [], grants: [] };

function row(i: number): QueueRow {
  const base = storedCase(String(i).padStart(6, '0'));
  const record = {
    ...base,
    title: LONG,
    sp: { account: LONG, name: LONG },
    sj: LONG,
    question: { text: LONG, by: 'U0ADA', at: MONDAY },
    resolution: { outcome: 'coaching_given' as const, text: LONG, by: 'U0DANA', at: MONDAY },
    owner: 'U0TOM',
  };
  const link = `https://a-workspace-with-a-long-name.slack.com/archives/C0123456789/p${i}`.padEnd(200, '0');
  return { record, sight: i % 7 ? 'text' : 'existence', link, moves: allowedMoves(base) };
}

/** A list of this length, as a service pages it. */
const listed = (count: number, page: number, size = DESK_ROWS) => ({
  rows: Array.from({ length: Math.min(size, Math.max(0, count - page * size)) }, (_, i) => row(page * size + i)),
  page,
  total: Math.min(count, DESK_COUNTED),
  isMore: count > DESK_COUNTED,
});
const lastPage = (count: number) => Math.max(0, Math.ceil(Math.min(count, DESK_COUNTED) / DESK_ROWS) - 1);
const args = { sp: 'x'.repeat(60), kind: 'high_risk', state: 'in_progress', severity: 'elevated', scope: 'answering' };

const framed = (blocks: Parameters<typeof homeFrame>[2]): HomeView =>
  homeFrame(
    { ...HOME_START, page: 99, args },
    HOME_TABS.map((id) => ({ id, label: 'My desk' })),
    blocks,
  );

/** As long as the window allows. */
const HELD = '<&'.repeat(150);
const WAITS = ASKED_FOR.map((is) => ({ is, by: 'U0TOM' }));

const HOMES: Readonly<Record<string, (count: number, page: number) => HomeView>> = {
  'a manager': (count, page) => {
    const { rows: some } = listed(Math.min(count, 10), 0);
    return framed([
      ...managerBlocks({
        person: dana,
        now: MONDAY,
        filters: { scope: 'answering', kind: 'high_risk', state: 'overdue', severity: 'critical', sp: 'x'.repeat(60) },
        queue: listed(count, page),
        size: DESK_ROWS,
        overdue: Math.min(count, DESK_COUNTED),
        promised: some,
        waiting: some.slice(0, 5).map((row) => ({ ...row, moves: ['lift_sanction', 'refuse_lifting'], waits: WAITS })),
        covers: some.map((_, i) => ({
          id: `V${i}`,
          person: i % 2 ? dana.id : 'U0TOM',
          deputy: i % 2 ? 'U0TOM' : dana.id,
          from: MONDAY,
          until: MONDAY,
          state: 'asked' as const,
        })),
        calendar: unreadCalendar(count),
        figures: {
          areas: Array.from({ length: Math.min(count, 300) }, (_, i) => `Area ${i} ${LONG}`),
          filed: [0, count, 3, 4, 5, 6, 7],
          resolved: count,
          open: count,
          overdue: count,
        },
      }),
      ...questionBlocks(some, MONDAY),
      ...draftBlocks(drafts(count)),
      ...startBlocks(),
    ]);
  },
  'an agent': (count, page) => {
    const { rows: some } = listed(Math.min(count, 10), 0);
    return framed([
      ...questionBlocks(some, MONDAY),
      ...startBlocks(),
      ...draftBlocks(drafts(count)),
      ...reportBlocks({ open: listed(count, page), resolved: some, size: DESK_ROWS, now: MONDAY }),
    ]);
  },
  figures: (count, page) => {
    const kept = { inTime: count, late: count, open: count };
    const figure = { filed: count, acknowledged: kept, resolved: kept };
    const areas = Array.from({ length: Math.min(count, 3000) }, (_, i) => [`Area ${i} ${LONG}`, figure] as const);
    return framed(
      figureBlocks({
        days: 90,
        areas: areas.length ? areas.map(([name]) => name) : null,
        counted: {
          at: MONDAY,
          figures: {
            total: figure,
            areas,
            kinds: CASE_KINDS.map((kind) => [kind, figure]),
            approvals: Array.from({ length: count }, (_, i) => ({ who: `U0P${i}`, asked: i, approved: 1, refused: 1 })),
            waits: CASE_STATES.map((state) => ({ state, stays: count, medianHours: count })),
          },
        },
        pictures: count ? ['F1', 'F2', 'F3'].map((file) => ({ file, alt: LONG })) : [],
        page,
        isPartly: true,
      }),
    );
  },
  'what somebody filed': (count, page) => framed(filedBlocks(listed(count, page), DESK_ROWS, MONDAY)),
};

const CASE_STATES = ['open', 'acknowledged', 'in_progress', 'in_review', 'returned', 'snoozed'] as const;

const drafts = (count: number) =>
  CASE_KINDS.slice(0, count).map((kind) => ({
    kind,
    startedAt: MONDAY,
    updatedAt: MONDAY,
    answers: { sp_account: LONG, sj_number: LONG },
  }));

describe.each(Object.keys(HOMES))('the Home of %s', (name) => {
  it.each(COUNTS)("stays within Slack's limits with %d cases, on the first page and the last", (count) => {
    for (const page of [0, lastPage(count)]) expect(faultsOf(HOMES[name]?.(count, page))).toEqual([]);
  });
});

describe('the windows of a desk', () => {
  const context = {
    now: MONDAY,
    about: '',
    nextUpdateBy: MONDAY,
    areas: Array.from({ length: 300 }, (_, i) => ({ ...WEST, name: `Area ${i}` })),
    presets: snoozePresets(MONDAY, WEST.timeZone),
    today: '2026-11-02',
    spMailbox: null,
    mayRead: true,
    others: [],
  };
  it.each(COUNTS)("stay within Slack's limits with %d cases", (count) => {
    const { rows } = listed(count, 0, BULK_MOST);
    const refs = rows.map(({ record }) => record.ref);
    const windows: ModalView[] = [
      bulkChooseWindow('acknowledge', rows, Math.min(10, rows.length), context),
      ...BULK_MOVES.map((move) => bulkChooseWindow(move, rows, 0, context)),
      spFilterWindow(packPlace({ ...HOME_START, args }), 'x'.repeat(60)),
    ];
    if (refs.length) {
      const plan = {
        refs,
        move: { type: 'reassign' as const, area: 'West', owner: 'U0TOM', summary: '"'.repeat(1000) },
      };
      windows.push(
        bulkConfirmWindow(plan),
        bulkConfirmWindow({ refs, move: { type: 'acknowledge', nextUpdateBy: MONDAY } }),
        bulkReportWindow(
          plan,
          refs.map((ref) => ({ ref, reason: LONG })),
        ),
      );
    }
    for (const view of windows) expect(faultsOf(view)).toEqual([]);
  });
});

it.each(COUNTS)("a scorecard stays within Slack's limits with %d cases, as a window and as a message", (count) => {
  const many = Array.from({ length: Math.min(count, 13) }, (_, i) => [`CODE ${i}`, count] as const);
  const tones = { positive: count, negative: count, neutral: count };
  const card = {
    account: 'A'.repeat(20),
    provider: {
      account: 'A'.repeat(20),
      name: LONG,
      area: LONG,
      phone: null,
      email: null,
      status: 'inactive' as const,
    },
    standing: {
      is: 'suspended' as const,
      until: MONDAY,
      since: MONDAY,
      ref: 'HRR-000001',
      banned: Array.from({ length: count }, () => ({ who: LONG.slice(0, 150), since: MONDAY, ref: 'HRR-000001' })),
    },
    past: Array.from({ length: Math.min(count, 20) }, () => ({
      is: 'suspended' as const,
      since: MONDAY,
      until: null,
      ended: MONDAY,
      ref: 'HRR-000001',
    })),
    periods: [30, 90].map((days) => ({
      days,
      total: count,
      tones,
      codes: EXCEPTION_CODES.slice(0, count).map((code) => [code, count] as const),
      recalls: many,
      refusals: many,
      resolved: { of: count, medianMinutes: count },
    })),
    weeks: Array.from({ length: 12 }, () => ({ from: MONDAY, tones })),
    timeZone: 'America/Los_Angeles',
    recognition: {
      praised: count,
      sent: count,
      newest: listed(Math.min(count, 3), 0).rows.map(({ record }) => record),
    },
    metrics: count
      ? {
          period: '2026-10-31',
          before: '2026-10-30',
          standings: METRIC_NAMES.map((name) => ({ name, value: 9999.99, change: -9999.99 })),
        }
      : null,
    open: listed(count, 0).rows,
    more: count,
    hold: { account: 'ACC100', by: 'U0ADA', at: MONDAY.toISOString(), reason: HELD, lifting: null },
    mayHold: true,
  };
  const picture = { file: 'F1', alt: LONG };
  for (const blocks of [scorecardBlocks(card), scorecardBlocks(card, picture)])
    expect(faultsOf(scorecardWindow(blocks))).toEqual([]);
  const message = scorecardBlocks(card, 'offered');
  expect(message.length).toBeLessThanOrEqual(50);
  expect(validateMessage({ text: 'Scorecard', blocks: message })).toMatchObject({ ok: true });
});

it('a view beyond the limits would be caught', () => {
  const blocks = Array.from({ length: 101 }, () => ({ type: 'divider' as const }));
  expect(() => framed(blocks)).toThrow('Slack takes 100');
  expect(faultsOf({ type: 'home', blocks: [{ type: 'header', text: { type: 'plain_text', text: '' } }] })).not.toEqual(
    [],
  );
});

it.each(['reassign', 'send_to_manager'] as const)('the window of %s offers more areas than one menu takes', (move) => {
  for (const count of [1, 99, 100, 101, 1000]) {
    const areas = Array.from({ length: count }, (_, i) => ({ ...WEST, name: `Area ${i} <&>`.padEnd(60, 'x') }));
    const view = dialogModal(
      move,
      { ...storedCase('000001'), area: areas.at(-1)?.name ?? null },
      { ...DIALOG, areas },
      null,
    );
    expect([count, faultsOf(view)]).toEqual([count, []]);
    expect(JSON.stringify(view)).toContain(`Area ${count - 1} <&>`);
  }
});
const DIALOG: DialogContext = {
  now: MONDAY,
  about: '',
  nextUpdateBy: MONDAY,
  areas: [],
  presets: [],
  mayRead: true,
  spMailbox: null,
  today: '2026-11-02',
  others: [],
};
