import { answersOf } from '../../blocks/cards/answers';
import { detailsWindow } from '../../blocks/cards/case-card';
import { sightOf } from '../../domain/access';
import type { Actor } from '../../domain/actor';
import { logReads } from '../../services/log-reads';
import type { StoredCase } from '../../services/ports/cases';
import { areaOf, personOf } from '../../services/standing';
import type { ListenerDeps } from '../deps';
import type { ActionArgs } from '../handlers';
import { tellPrivately } from '../tell';

/** Opens the full text of a case, for people who may read it and those who read its card where they pressed. */
export async function detailsOpened(deps: ListenerDeps, { action, body, client }: ActionArgs) {
  const { user, channel, message, trigger_id } = body;
  const stored = await deps.cases.byRef(action.value ?? '');
  const place = { client, user: user.id, channel: channel?.id ?? null };
  const card = channel && message ? { channel: channel.id, ts: message.ts } : null;
  if (!stored || !(await mayLook(deps, stored, user.id, card))) return tellPrivately(place, NOT_YOURS);
  const view = detailsWindow(stored, {
    ...answersOf(stored, await deps.directory.catalogue()),
    spHeld: (await deps.holds.of(stored.sp.account)) !== null,
  });
  await client.views.open({ trigger_id, view });
}

/** Everyone who sees a full card reads it; other reads go on the access log. */
async function mayLook(
  deps: ListenerDeps,
  stored: StoredCase,
  user: Actor,
  card: { readonly channel: string; readonly ts: string } | null,
): Promise<boolean> {
  if (stored.subjects.includes(user)) return false;
  const [person, area] = await Promise.all([personOf(deps, user, [stored]), areaOf(deps, stored.area)]);
  const sight = sightOf(stored, person, area);
  if (sight === 'text') {
    await logReads(deps, user, [{ record: stored, sight }], 'details');
    return true;
  }
  return stored.posts.some(
    ({ show, sent }) => show === 'full' && sent !== null && sent.channel === card?.channel && sent.ts === card.ts,
  );
}

const NOT_YOURS = 'The details are for those who may read this case. Ask the person who owns it.';
