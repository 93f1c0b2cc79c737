import { policyKeepWindow } from '../../../blocks/home/windows/policy-keep';
import { keepPolicy } from '../../../services/set-up';
import type { HomeWindow } from './window';

/** Shows the policy in force in short, and records that someone reviewed it. */
export const policyKeepHomeWindow: HomeWindow = {
  id: 'policy_keep',
  async open(deps, _person, about) {
    return { view: policyKeepWindow({ ...about, version: null }, await deps.directory.policy()) };
  },
  async submit(deps, person) {
    await keepPolicy(deps, person);
    return { is: 'saved' };
  },
};
