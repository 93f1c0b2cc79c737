import { providerWindow } from '../../../blocks/home/windows/provider';
import type { ServiceProvider } from '../../../domain/directory';
import { type GivenProvider, readProvider } from '../../../domain/directory-rules';
import { configure, standing } from '../../../services/configure';
import { numbersFor } from '../../../services/numbers';
import { one, type WindowValues } from '../../../slack/read-window';
import type { ListenerDeps } from '../../deps';
import { faultIn, type HomeWindow, savedBy } from './window';

const entriesOf = (provider: ServiceProvider | null): GivenProvider => ({
  account: provider?.account ?? '',
  name: provider?.name ?? '',
  area: provider?.area ?? '',
  phone: provider?.phone ?? '',
  email: provider?.email ?? '',
  status: provider?.status ?? 'active',
});
const typedOf = (values: WindowValues, key: string): GivenProvider => ({
  account: key || one(values, 'account'),
  name: one(values, 'name'),
  area: one(values, 'area'),
  phone: one(values, 'phone'),
  email: one(values, 'email'),
  status: one(values, 'status'),
});
const areasOf = async ({ directory }: ListenerDeps) => (await directory.areas()).map(({ name }) => name);

/** Adds an SP, or changes one, by the rules of the import. */
export const providerHomeWindow: HomeWindow = {
  id: 'provider',
  async open(deps, _person, about) {
    const areas = await areasOf(deps);
    if (!areas.length) return { refused: 'There is no area yet, and every SP belongs to one: add an area first.' };
    if (!about.key)
      return { view: providerWindow({ memory: { ...about, version: null }, entries: entriesOf(null), areas }) };
    const { value, version } = await standing(deps, 'provider', about.key);
    if (!value) return { refused: `${about.key} is no longer in the directory.` };
    return { view: providerWindow({ memory: { ...about, version }, entries: entriesOf(value), areas }) };
  },
  async submit(deps, { id: by }, memory, values) {
    const typed = typedOf(values, memory.key);
    const read = readProvider(typed, memory.key ? null : await numbersFor(deps));
    if (!read.ok) return { is: 'faults', faults: read.faults };
    const { provider } = read;
    const change = { what: 'provider', key: provider.account, version: memory.version } as const;
    const outcome = await configure(deps, { ...change, by, expected: memory.version, change: () => provider });
    if (!outcome.ok && outcome.is === 'conflict' && !memory.key) {
      const message = `There is an SP ${provider.account} already: find it in the list, and change it there.`;
      return faultIn('account', message);
    }
    const areas = await areasOf(deps);
    return savedBy(deps, change, outcome, (version, notice) =>
      providerWindow({ memory: { ...memory, version }, entries: typed, areas, notice }),
    );
  },
};
