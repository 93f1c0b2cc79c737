import { personOf } from '../../services/standing';
import { IMPORT_BUTTON, readDropped } from '../../slack/ids/import';
import type { ListenerDeps } from '../deps';
import type { ActionArgs } from '../handlers';
import { importNow } from '../import-file';
import { changeOrTell, tellPrivately } from '../tell';
import { NOT_YOURS } from './home-window';

/** What to do with a checked file: import its valid rows, or nothing. */
export async function importButton(deps: ListenerDeps, { action, body, client }: ActionArgs) {
  const user = body.user.id;
  const [channel, ts] = [body.channel?.id ?? '', body.message?.ts ?? ''];
  const place = { client, user, channel };
  if (!(await personOf(deps, user)).isAdmin) return tellPrivately(place, NOT_YOURS);
  const does = IMPORT_BUTTON.exec(action.action_id)?.[1];
  if (does === 'go') return importNow(deps, user, readDropped(action.value ?? ''), { channel, ts });
  await changeOrTell(place, { channel, ts }, { text: 'Nothing was imported.', blocks: [] });
}
