import type { CaseRow } from '../blocks/lookup/case-row';
import type { CaseFacts } from '../domain/case';
import { type Mailbox, mainPost, openPost } from '../domain/mailbox';
import type { Seen } from '../services/find-cases';
import type { ListenerDeps } from './deps';

type Linkable = Pick<Seen, 'sight'> & { readonly record: CaseFacts & Pick<Mailbox, 'posts'> };

/** The cases with links to their cards, or to the redacted card if only the existence may be seen. */
export const withLinks = <T extends Linkable>(deps: ListenerDeps, seen: readonly T[]): Promise<(T & CaseRow)[]> =>
  Promise.all(
    seen.map(async (one) => {
      const { show, sent } = one.sight === 'text' ? mainPost(one.record) : openPost(one.record);
      const isShown = sent && (one.sight === 'text' || show === 'redacted');
      return { ...one, link: isShown ? await deps.linkTo(sent) : null };
    }),
  );
