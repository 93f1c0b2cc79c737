import { deletedText, foundCases, MOST_ROWS } from '../../blocks/lookup/cases';
import { findCases } from '../../services/find-cases';
import { logReads } from '../../services/log-reads';
import { deletedCase } from '../../services/retention/deleted-case';
import { timelinePage } from '../../services/timeline';
import type { ListenerDeps } from '../deps';
import type { CommandArgs } from '../handlers';
import { withLinks } from '../with-links';

/** `/case <reference | SJ number | SP account>`: what this person may see, in an ephemeral message. */
export async function caseLookup(deps: ListenerDeps, { ack, command, respond }: CommandArgs) {
  await ack();
  const asked = command.text.trim();
  const found = await findCases(deps, asked, command.user_id);
  if (!found) {
    await respond({ response_type: 'ephemeral', text: USAGE });
    return;
  }
  const deleted = found.length ? null : await deletedCase(deps, asked, command.user_id);
  if (deleted) {
    await respond({ response_type: 'ephemeral', text: deletedText(deleted) });
    return;
  }
  const shown = found.slice(0, MOST_ROWS);
  await logReads(deps, command.user_id, shown, '/case');
  const rows = await withLinks(deps, shown);
  const [only] = found;
  const story = found.length === 1 && only ? await timelinePage(deps, only.record.ref, command.user_id) : null;
  const blocks = foundCases(asked, rows, found.length - rows.length, story);
  await respond({ response_type: 'ephemeral', text: `Cases found: ${found.length}`, blocks });
}

const USAGE =
  'Type a reference, an SJ number or an SP account after the command: `/case SPF-000123`, `/case 4471220` or `/case SP-10442`.';
