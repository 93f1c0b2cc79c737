import type { HomeView } from '@slack/types';
import { homeFrame, unreadBlocks } from '../../blocks/home/frame';
import { outsiderHome } from '../../blocks/outsider';
import { notForOutsiders } from '../../domain/outsider';
import { STORE_PATIENCE_MS, within, withinOr } from '../../services/deadline';
import { isRefusedGuest } from '../../services/guests';
import { personOf } from '../../services/standing';
import { limitOf } from '../../slack/clients';
import { HOME_START, type HomePlace, packPlace, readPlace } from '../../slack/ids/home';
import { withOrWithoutPictures } from '../../slack/pictures';
import type { ListenerDeps } from '../deps';
import type { Later } from './tab';
import { TABS } from './tabs';

/** A place on Home, or how to look it up, in turn. Never rejects. */
type Asked = HomePlace | (() => Promise<HomePlace>);

/**
 * Draws a person's Home at a place, and stores the place: the requested tab if they may see it, else their first one.
 * If the store does not answer in time, the page says so, with a button to try again.
 */
export async function showHome(deps: ListenerDeps, user: string, asked: Asked): Promise<void> {
  const awaited: Promise<unknown>[] = [];
  await deps.homesInTurn(user, async () => {
    const place = typeof asked === 'function' ? await asked() : asked;
    let number = 0;
    const view = await readable(deps, user, place, async () => {
      if (await isRefusedGuest(deps, user)) return guestHome(deps);
      deps.homesShow.set(user, new Set());
      const draw = drawHome(deps, user, place, (work) => awaited.push(Promise.allSettled([work])));
      const [drawn, kept] = await Promise.all([draw, keep(deps, user, place)]);
      number = kept;
      return drawn;
    });
    await orLater(deps, user, publish(deps, user, view));
    await unlessCovered(deps, user, { place: packPlace(place), number });
  });
  if (!awaited.length) return;
  await Promise.all(awaited);
  await orLater(
    deps,
    user,
    drawAgain(deps, user, () => undefined),
  );
}

/**
 * Another instance may have shown another place meanwhile, or newer contents, and this page may have come last: then
 * Home is redrawn where the person is now. Within one instance, drawings take turns.
 */
async function unlessCovered(
  { homes, homeLater, log }: ListenerDeps,
  user: string,
  { place, number }: Numbered,
): Promise<void> {
  try {
    const now = await within(STORE_PATIENCE_MS, homes.reached(user, number));
    if (now && (now.place !== place || (number > 0 && now.newest > number))) homeLater(user, 0);
  } catch (error) {
    log.debug({ err: error, user }, 'whether a Home is still the newest could not be read');
  }
}

/** A place on Home as text, and the number of the drawing that shows it. */
interface Numbered {
  readonly place: string;
  readonly number: number;
}

/** A Home that Slack limits is drawn once that is over: its place is stored, and its contents are read again. */
async function orLater({ homeLater, log }: ListenerDeps, user: string, drawing: Promise<void>): Promise<void> {
  try {
    await drawing;
  } catch (error) {
    const seconds = limitOf(error);
    if (seconds === null) throw error;
    log.info({ user, seconds }, 'Slack limits a Home; it is drawn when Slack allows');
    homeLater(user, seconds * 1000);
  }
}

/** Opens a person's Home where they left it; `shown`: the place of the Home that Slack has, if any. */
export const openHome = (deps: ListenerDeps, user: string, shown: HomePlace): Promise<void> =>
  showHome(deps, user, async () => {
    const visit = await within(STORE_PATIENCE_MS, deps.homes.find(user)).catch((error: unknown) => {
      deps.log.warn({ err: error, user }, 'where someone was in Home could not be read');
      return null;
    });
    return visit ? readPlace(visit.place) : shown;
  });

/**
 * Redraws the same place, unless the person moved on meanwhile: their clicks come first. Slack's late answers are drawn
 * once they are there, or after two seconds as far as known. Rejects if the store does not answer in time, so that no
 * click waits longer for it.
 */
export async function redrawHome(deps: ListenerDeps, user: string): Promise<void> {
  const awaited: Promise<unknown>[] = [];
  await drawAgain(deps, user, (work) => awaited.push(Promise.allSettled([work])));
  if (!awaited.length) return;
  await withinOr(LATE_MS, Promise.all(awaited), () => undefined);
  await drawAgain(deps, user, () => undefined);
}

/** How long a redraw waits for late answers, ms: others wait behind it. */
const LATE_MS = 2000;

const drawAgain = (deps: ListenerDeps, user: string, later: Later): Promise<void> =>
  deps.homesInTurn(user, async () => {
    const drawn = await within(STORE_PATIENCE_MS, drawnAgain(deps, user, later));
    if (!drawn) return;
    await publish(deps, user, drawn.view);
    await unlessCovered(deps, user, drawn);
  });

async function drawnAgain(
  deps: ListenerDeps,
  user: string,
  later: Later,
): Promise<(Numbered & { readonly view: HomeView }) | null> {
  const before = await deps.homes.redraws(user);
  if (!before) return null;
  const { place } = before;
  if (await isRefusedGuest(deps, user)) return { view: await guestHome(deps), ...before };
  const view = await drawHome(deps, user, readPlace(place), later);
  const since = await deps.homes.find(user);
  return since?.place === place ? { view, ...before } : null;
}

const guestHome = async ({ companies }: ListenerDeps): Promise<HomeView> =>
  outsiderHome(notForOutsiders({ company: null, name: null }, (await companies.ours())?.name ?? null));

/** Shows a Home; without its pictures if Slack refuses those. */
async function publish({ pictures, clients }: ListenerDeps, user: string, home: HomeView) {
  const send = (view: HomeView) => clients.homes.views.publish({ user_id: user, view });
  await pictures.forget(await withOrWithoutPictures(home, send));
}

/** The filters someone left on a tab. */
export async function keptFilters(deps: ListenerDeps, user: string, tab: HomePlace['tab']): Promise<HomePlace['args']> {
  const packed = (await deps.homes.find(user))?.filters[tab];
  return packed ? readPlace(packed).args : {};
}

/** Where someone is now; the filters of a tab's first part are stored for when they return. */
const keep = ({ homes, now }: ListenerDeps, user: string, place: HomePlace): Promise<number> => {
  const filters = place.part ? {} : { [place.tab]: packPlace({ ...place, page: 0 }) };
  return homes.keep({ user, at: now(), place: packPlace(place), filters });
};

async function drawHome(all: ListenerDeps, user: string, asked: HomePlace, later: Later): Promise<HomeView> {
  const deps = { ...all, accessLog: onceOnScreen(all, user) };
  const person = await personOf(deps, user);
  const tabs = TABS.filter((tab) => tab.may(person));
  const tab = tabs.find(({ id }) => id === asked.tab) ?? TABS[0];
  if (!tab) throw new Error('Home has no tabs.');
  const place = tab.id === asked.tab ? asked : { ...HOME_START, tab: tab.id };
  return homeFrame(place, tabs, await tab.draw(deps, person, place, later));
}

/** One look is one entry on the access log, however often the same Home is redrawn meanwhile (domain section 10). */
function onceOnScreen({ accessLog, homesShow }: ListenerDeps, user: string): ListenerDeps['accessLog'] {
  const shown = homesShow.get(user) ?? new Set<string>();
  return {
    ...accessLog,
    add(reads) {
      const news = reads.filter(({ ref }) => !shown.has(ref ?? ''));
      for (const { ref } of news) shown.add(ref ?? '');
      return news.length ? accessLog.add(news) : Promise.resolve();
    },
  };
}

/** What was read in time, else a page that says so. */
function readable(
  { log }: ListenerDeps,
  user: string,
  { tab, part, ...rest }: HomePlace,
  read: () => Promise<HomeView>,
): Promise<HomeView> {
  return within(STORE_PATIENCE_MS, read()).catch((error: unknown) => {
    log.error({ err: error, user, tab, part }, 'a Home could not be read');
    return homeFrame({ tab, part, ...rest }, [], unreadBlocks());
  });
}
