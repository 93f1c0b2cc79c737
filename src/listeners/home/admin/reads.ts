import { readsBlocks } from '../../../blocks/home/reads';
import { pageWithin } from '../../../domain/desk';
import { grantsAt } from '../../../domain/moves/grant-access';
import { readFilter } from '../../../domain/reads';
import { logLook } from '../../../services/log-reads';
import type { ListenerDeps } from '../../deps';
import type { Part } from './part';

const SIZE = 20;
/** The most reads counted and paged to; the filters and the file reach older ones. */
const MOST = 1000;

/** Who has read which need-to-know case, where and by which right. */
export const readsPart: Part = {
  id: 'reads',
  label: 'Who read what',
  async draw(deps, person, { page: asked, args }) {
    const { filter, fault } = readFilter(args, deps.now());
    await logLook(deps, person.id, filter.ref ?? null);
    const total = await deps.accessLog.count(filter, MOST);
    const page = pageWithin(asked, total, SIZE);
    const [reads, grants] = await Promise.all([
      deps.accessLog.page(filter, { skip: page * SIZE, limit: SIZE }),
      filter.ref ? grantsNow(deps, filter.ref) : [],
    ]);
    return readsBlocks({ reads, grants, page, size: SIZE, total, isMore: total >= MOST, args, fault });
  },
};

/** Who has access to a case now. */
async function grantsNow(deps: ListenerDeps, ref: string) {
  const stored = await deps.cases.byRef(ref);
  return stored ? grantsAt(stored, deps.now()) : [];
}
