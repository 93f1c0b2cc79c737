import type { BlockElementAction } from '@slack/bolt';
import { cleanText } from '../../domain/clean-text';
import { STORE_PATIENCE_MS, within } from '../../services/deadline';
import { HOME_ARG, HOME_TAB, HOME_TABS, type HomePlace, readPlace } from '../../slack/ids/home';
import type { ListenerDeps } from '../deps';
import type { ActionArgs } from '../handlers';
import { keptFilters, showHome } from '../home/show-home';

type Turn = (place: HomePlace, chosen: string, id: string) => HomePlace;

/** An action that leads to another place on Home. Drawing it checks which tabs the person may see. */
const leadsTo =
  (turn: Turn) =>
  async (deps: ListenerDeps, { action, body }: ActionArgs<BlockElementAction>) => {
    const place = readPlace(body.view?.private_metadata);
    await showHome(deps, body.user.id, turn(place, chosenIn(action), action.action_id));
  };

/** What was chosen or typed, as the element's value; empty for nothing. */
function chosenIn(action: BlockElementAction): string {
  if ('selected_option' in action) return action.selected_option?.value ?? '';
  if ('value' in action) return cleanText(action.value ?? '');
  if ('selected_user' in action) return action.selected_user ?? '';
  return '';
}

/** A tab opens at its first part and page, with its last filters. */
export async function homeTab(deps: ListenerDeps, { action, body }: ActionArgs<BlockElementAction>) {
  const place = readPlace(body.view?.private_metadata);
  const tab = HOME_TABS.find((known) => known === HOME_TAB.exec(action.action_id)?.[1]) ?? place.tab;
  const user = body.user.id;
  await showHome(deps, user, async () => {
    const args = await within(STORE_PATIENCE_MS, keptFilters(deps, user, tab)).catch((error: unknown) => {
      deps.log.warn({ err: error, user }, 'the filters of a tab could not be read');
      return {};
    });
    return { tab, part: '', page: 0, args };
  });
}
export const homePage = leadsTo((place, chosen) => ({ ...place, page: Math.max(0, Math.trunc(Number(chosen)) || 0) }));
export const homePart = leadsTo((place, chosen) => ({ ...place, part: chosen.slice(0, 40), page: 0, args: {} }));
export const homeAgain = leadsTo((place) => place);
export const homeArg = leadsTo((place, chosen, id) => {
  const name = HOME_ARG.exec(id)?.[1] ?? '';
  return { ...place, page: 0, args: { ...place.args, [name]: chosen.slice(0, 200) } };
});
