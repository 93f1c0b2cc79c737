import { calendarModal } from '../../blocks/covers/calendar';
import type { Actor } from '../../domain/actor';
import { calendarRefused, readCalendar, removeCalendar, restoreCalendar } from '../../services/calendars';
import { personOf } from '../../services/standing';
import type { ListenerDeps } from '../deps';
import type { ActionArgs } from '../handlers';
import { unlessChanged } from '../open-form';
import { tellPrivately } from '../tell';

/** Opens the window of one's own calendar, or for an admin anyone's. */
export async function calendarOpened(deps: ListenerDeps, { action, body, client }: ActionArgs) {
  const by = body.user.id;
  const person = action.value || null;
  const refused = person ? await calendarRefused(deps, by, person) : await onlyAdmins(deps, by);
  // People can remove their calendar, whatever they answer for now.
  const calendar = person && (await deps.calendars.find(person));
  const isOwn = person === by && calendar;
  if (refused && !isOwn) return tellPrivately({ client, user: by, channel: null }, refused);
  const view = calendarModal({ person, calendar: calendar || null, isOther: person !== by });
  const opening = { trigger_id: body.trigger_id, view };
  await (body.view?.type === 'modal' ? client.views.push(opening) : client.views.open(opening));
}

const onlyAdmins = async (deps: ListenerDeps, by: Actor) =>
  (await personOf(deps, by)).isAdmin ? null : 'Only admins can connect the calendars of others.';

/** A change to the calendar in a window, which then shows the result. */
const changing =
  (change: (deps: ListenerDeps, person: Actor, by: Actor) => Promise<unknown>) =>
  async (deps: ListenerDeps, { action, body, client }: ActionArgs) => {
    const by = body.user.id;
    const person = action.value ?? '';
    if (person !== by && !(await personOf(deps, by)).isAdmin)
      return tellPrivately({ client, user: by, channel: null }, 'Only they themselves or an admin can change this.');
    await change(deps, person, by);
    const calendar = await deps.calendars.find(person);
    const view = calendarModal({ person, calendar, isOther: person !== by });
    if (body.view) await unlessChanged(client.views.update({ view_id: body.view.id, view }));
    deps.onAdminMatter(null);
  };

export const calendarRemoved = changing(removeCalendar);
export const calendarRestored = changing(restoreCalendar);
/** Reads it now instead of within the half hour. */
export const calendarReadNow = changing(async (deps, person) => {
  const calendar = await deps.calendars.find(person);
  if (calendar && !calendar.removedAt) await readCalendar(deps, calendar);
});
