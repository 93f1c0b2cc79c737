import type { HomeRow } from '../../blocks/home/rows';
import { mainPost, openPost } from '../../domain/effects';
import type { Seen } from '../../services/find-cases';
import type { ListenerDeps } from '../deps';

/** Cases with the addresses of their cards; of a need-to-know case seen by its existence alone, the redacted card's. */
export const withLinks = <T extends Seen>(deps: ListenerDeps, seen: readonly T[]): Promise<(T & HomeRow)[]> =>
  Promise.all(
    seen.map(async (one) => {
      const { show, sent } = one.sight === 'text' ? mainPost(one.record) : openPost(one.record);
      const isShown = sent && (one.sight === 'text' || show === 'redacted');
      return { ...one, link: isShown ? await deps.linkTo(sent) : null };
    }),
  );
