import { importTakenWindow, importWindow } from '../../../blocks/home/windows/import';
import { importKindOf } from '../../../slack/ids/import';
import { many, one } from '../../../slack/read-window';
import { checkDropped } from '../../import-file';
import { faultIn, type HomeWindow } from './window';

/** Takes a file, and checks it. */
export const importHomeWindow: HomeWindow = {
  id: 'import',
  open: async (_deps, _person, about) => ({ view: importWindow({ ...about, version: null }) }),
  async submit(deps, { id: user }, memory, values) {
    const kind = importKindOf(one(values, 'kind'));
    const file = many(values, 'file')?.[0];
    if (!kind) return faultIn('kind', 'Choose what the file holds.');
    if (!file) return faultIn('file', 'Add the file.');
    return {
      is: 'begun',
      view: importTakenWindow(memory),
      work: () => checkDropped(deps, user, { kind, file }),
    };
  },
};
