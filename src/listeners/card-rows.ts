import type { CaseRow } from '../blocks/lookup/case-row';
import { mainPost, openPost } from '../domain/mailbox';
import type { Seen } from '../services/find-cases';
import type { ListenerDeps } from './deps';

/**
 * The cases with links to their cards; for a need-to-know case of which only the existence may be seen, to the redacted
 * card.
 */
export const cardRows = (deps: ListenerDeps, seen: readonly Seen[]): Promise<CaseRow[]> =>
  Promise.all(
    seen.map(async ({ record, sight }) => {
      const { show, sent } = sight === 'text' ? mainPost(record) : openPost(record);
      const isShown = sent && (sight === 'text' || show === 'redacted');
      return { facts: record, sight, card: isShown ? await deps.linkTo(sent) : null };
    }),
  );
