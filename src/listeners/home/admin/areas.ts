import { areasBlocks } from '../../../blocks/home/areas';
import { pageWithin } from '../../../domain/desk';
import type { Area } from '../../../domain/directory';
import { channelStates } from '../../../services/channel-state';
import { withinOr } from '../../../services/deadline';
import type { ListenerDeps } from '../../deps';
import type { Later } from '../tab';
import type { Part } from './part';

const SIZE = 10;
/** How long the page waits for Slack's answers about people, ms; later ones are shown when they arrive. */
const PATIENCE_MS = 250;

const peopleOf = ({ areaManager, deputy, manager }: Area): string[] =>
  [...new Set([areaManager, deputy, manager])].flatMap((id) => (id ? [id] : []));

/** The people of these areas with a deactivated account, if Slack answers in time. */
async function goneOf({ people }: ListenerDeps, areas: readonly Area[], later: Later): Promise<ReadonlySet<string>> {
  const gone = new Set<string>();
  const asked = [...new Set(areas.flatMap(peopleOf))].map(async (id) => {
    if (!(await people.account(id)).active) gone.add(id);
  });
  const all = Promise.all(asked);
  await withinOr(PATIENCE_MS, all, () => later(all));
  return new Set(gone);
}

/** The areas: their channels, checked live, and who answers for them. */
export const areasPart: Part = {
  id: 'areas',
  label: 'Areas',
  async draw(deps, _person, { page: asked, args }, { later }) {
    const find = (args.find ?? '').trim();
    const all = (await deps.directory.areas()).filter(({ name }) => name.toLowerCase().includes(find.toLowerCase()));
    const page = pageWithin(asked, all.length, SIZE);
    const shown = all.slice(page * SIZE, (page + 1) * SIZE);
    const ids = [...new Set(shown.flatMap(({ channel, fallbackChannel }) => [channel, fallbackChannel]))];
    const [states, gone] = await Promise.all([
      channelStates(
        deps,
        ids.flatMap((id) => (id ? [{ id, secret: false }] : [])),
      ),
      goneOf(deps, shown, later),
    ]);
    if (states.pending) later(states.pending);
    const rows = shown.map((area) => ({
      area,
      channel: states.of(area.channel),
      fallback: states.of(area.fallbackChannel),
      gone: peopleOf(area).filter((id) => gone.has(id)),
    }));
    return areasBlocks({ rows, page, size: SIZE, total: all.length, find });
  },
};
