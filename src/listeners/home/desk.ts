import type { KnownBlock } from '@slack/types';
import { draftBlocks, habitsBlocks, questionBlocks, reportBlocks, startBlocks } from '../../blocks/home/agent';
import { alarmBlocks } from '../../blocks/home/alarms';
import { managerBlocks } from '../../blocks/home/manager';
import { setUpNotice } from '../../blocks/home/overview';
import type { Person } from '../../domain/access';
import { readQueueFilters } from '../../domain/queue';
import { openAlarms } from '../../services/alarms';
import { DESK_ROWS, hasQueue, managerDesk, reportsOf, unfinished } from '../../services/desk';
import { logReads } from '../../services/log-reads';
import { setUpOf } from '../../services/set-up';
import type { HomePlace } from '../../slack/ids/home';
import type { ListenerDeps } from '../deps';
import { withLinks } from '../with-links';
import type { Later, Tab } from './tab';

/** What this person has to do: the queue of people who answer for cases, the reports of people who only file them. */
export const deskTab: Tab = {
  id: 'desk',
  label: 'My desk',
  may: () => true,
  draw: async (deps, person, place, later) =>
    (await hasQueue(deps, person)) ? managerHome(deps, person, place, later) : agentHome(deps, person, place),
};

async function managerHome(
  deps: ListenerDeps,
  person: Person,
  place: HomePlace,
  later: Later,
): Promise<readonly KnownBlock[]> {
  const now = deps.now();
  const filters = readQueueFilters(place.args, person);
  const [desk, { questions, drafts }, alarms, setUp] = await Promise.all([
    managerDesk(deps, person, filters, place.page),
    unfinished(deps, person),
    person.isAdmin ? openAlarms(deps, person) : null,
    setUpOfNew(deps, person, later),
  ]);
  const [rows, promised, waiting, asked] = await Promise.all([
    withLinks(deps, desk.queue.rows),
    withLinks(deps, desk.promised),
    withLinks(deps, desk.waiting),
    withLinks(deps, questions),
    logReads(deps, person.id, [...desk.queue.rows, ...desk.promised, ...desk.waiting, ...questions], 'home'),
  ]);
  return [
    ...(alarms ? alarmBlocks(alarms) : []),
    ...(setUp ? setUpNotice(Object.values(setUp)) : []),
    ...managerBlocks({ ...desk, person, now, size: DESK_ROWS, queue: { ...desk.queue, rows }, promised, waiting }),
    ...questionBlocks(asked, now),
    ...draftBlocks(drafts),
    ...startBlocks(),
    ...habitsBlocks(),
  ];
}

/** The progress of the set-up, for an admin of a workspace without any case; null for everyone else. */
const setUpOfNew = async (deps: ListenerDeps, person: Person, later: Later) =>
  person.isAdmin && !(await deps.reports.hasAny()) ? setUpOf(deps, later) : null;

async function agentHome(deps: ListenerDeps, person: Person, place: HomePlace): Promise<readonly KnownBlock[]> {
  const now = deps.now();
  const [{ questions, drafts }, { open, resolved }] = await Promise.all([
    unfinished(deps, person),
    reportsOf(deps, person, place.page),
  ]);
  const [asked, rows, done] = await Promise.all([
    withLinks(deps, questions),
    withLinks(deps, open.rows),
    withLinks(deps, resolved),
    logReads(deps, person.id, [...questions, ...open.rows, ...resolved], 'home'),
  ]);
  return [
    ...questionBlocks(asked, now),
    ...startBlocks(),
    ...draftBlocks(drafts),
    ...reportBlocks({ open: { ...open, rows }, resolved: done, size: DESK_ROWS, now }),
    ...habitsBlocks(),
  ];
}
