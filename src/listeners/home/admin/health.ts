import { healthBlocks } from '../../../blocks/home/health';
import { healthOf } from '../../../services/health';
import type { Part } from './part';

/** How Warmline runs. */
export const healthPart: Part = {
  id: 'health',
  label: 'Health',
  async draw(deps) {
    const health = await healthOf(deps, (error) =>
      deps.log.warn({ err: error }, 'a part of the health page could not be read'),
    );
    const { instance, connection, indexes } = deps;
    return healthBlocks({ ...health, instance, connection: connection(), indexes: indexes(), now: deps.now() });
  },
};
