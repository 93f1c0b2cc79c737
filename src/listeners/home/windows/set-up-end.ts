import { setUpEndWindow } from '../../../blocks/home/windows/set-up-end';
import { readSetUpEnd, setUpEnd } from '../../../services/set-up';
import type { HomeWindow } from './window';

/** Shows the result of the set-up, and records that it was read. */
export const setUpEndHomeWindow: HomeWindow = {
  id: 'set_up_end',
  async open(deps, _person, about) {
    const end = await setUpEnd(deps);
    if (!end) return { refused: 'Another admin has read this and closed it.' };
    return { view: setUpEndWindow({ ...about, version: null }, end) };
  },
  async submit(deps, person) {
    await readSetUpEnd(deps, person);
    return { is: 'saved' };
  },
};
