import { healthBlocks } from '../../../blocks/home/health';
import { healthOf } from '../../../services/health';
import { unsetIn } from '../windows/policy-edits';
import type { Part } from './part';

export const healthPart: Part = {
  id: 'health',
  label: 'Health',
  async draw(deps) {
    const { policy, ...health } = await healthOf(deps, (error) =>
      deps.log.warn({ err: error }, 'a part of the health page could not be read'),
    );
    const { instance, connection, indexes, now } = deps;
    const unset = policy ? await unsetIn(deps, policy, null) : [];
    return healthBlocks({ ...health, unset, instance, connection: connection(), indexes: indexes(), now: now() });
  },
};
