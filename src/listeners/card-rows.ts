import type { CaseRow } from '../blocks/lookup/case-row';
import { mainPost, openPost } from '../domain/mailbox';
import type { Seen } from '../services/find-cases';
import type { ListenerDeps } from './deps';

/** The cases with links to their cards, or to the redacted card if only the existence may be seen. */
export const cardRows = (deps: ListenerDeps, seen: readonly Seen[]): Promise<CaseRow[]> =>
  Promise.all(
    seen.map(async ({ record, sight }) => {
      const { show, sent } = sight === 'text' ? mainPost(record) : openPost(record);
      const isShown = sent && (sight === 'text' || show === 'redacted');
      return { facts: record, sight, card: isShown ? await deps.linkTo(sent) : null };
    }),
  );
