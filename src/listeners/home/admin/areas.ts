import { areasBlocks } from '../../../blocks/home/areas';
import { channelStates } from '../../../services/channel-state';
import type { Part } from './part';

const SIZE = 10;

/** The areas: their channels checked live, who answers for them. */
export const areasPart: Part = {
  id: 'areas',
  label: 'Areas',
  async draw(deps, _person, { page: asked, args }, { later }) {
    const find = (args.find ?? '').trim();
    const all = (await deps.directory.areas()).filter(({ name }) => name.toLowerCase().includes(find.toLowerCase()));
    const page = Math.min(asked, Math.max(0, Math.ceil(all.length / SIZE) - 1));
    const shown = all.slice(page * SIZE, (page + 1) * SIZE);
    const ids = [...new Set(shown.flatMap(({ channel, fallbackChannel }) => [channel, fallbackChannel]))];
    const states = await channelStates(
      deps.slack,
      ids.flatMap((id) => (id ? [{ id, secret: false }] : [])),
    );
    if (states.pending) later(states.pending);
    const rows = shown.map((area) => ({
      area,
      channel: states.of(area.channel),
      fallback: states.of(area.fallbackChannel),
    }));
    return areasBlocks({ rows, page, size: SIZE, total: all.length, find });
  },
};
