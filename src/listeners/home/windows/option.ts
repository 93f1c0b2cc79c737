import {
  NO_CODE,
  type OptionEntries,
  optionAddWindow,
  optionRenameWindow,
  optionRetireWindow,
} from '../../../blocks/home/windows/option';
import { type CatalogueKey, listOf } from '../../../domain/catalogue';
import { catalogueKeyOf, withLabel, withOption, withRetired } from '../../../domain/catalogue-rules';
import { EXCEPTION_CODES } from '../../../domain/exception-codes';
import type { Catalogue, Option } from '../../../domain/forms/form';
import { changeSetting } from '../../../services/change-policy';
import { standing } from '../../../services/configure';
import { many, one } from '../../../slack/read-window';
import type { ListenerDeps } from '../../deps';
import { type HomeWindow, savedBy } from './window';

const NO_OPTION = 'This option is no longer in the list. Open Answer options again.';
const NOTHING: OptionEntries = { label: '', exceptionCode: '', highRisk: false };

/** The window's subject: `list|code`, or `list|` for a new option. */
function aboutOf(key: string): { readonly list: CatalogueKey; readonly code: string } | null {
  const [list, ...code] = key.split('|');
  const known = catalogueKeyOf(list);
  return known && { list: known, code: code.join('|') };
}
async function read(deps: ListenerDeps, key: string) {
  const about = aboutOf(key);
  const { value, version } = await standing(deps, 'catalogue', 'catalogue');
  const option = about && value ? listOf(value, about.list).find(({ code }) => code === about.code) : undefined;
  return { about, option, version };
}
const change = (
  deps: ListenerDeps,
  by: string,
  list: CatalogueKey,
  expected: number | null,
  make: (catalogue: Catalogue) => Catalogue,
) => changeSetting(deps, { what: 'catalogue', by, expected, section: [list], change: make });

/** Adds an answer option, or renames one. */
export const optionHomeWindow: HomeWindow = {
  id: 'option',
  async open(deps, _person, given) {
    const { about, option, version } = await read(deps, given.key);
    const memory = { ...given, version };
    if (about && !about.code) return { view: optionAddWindow(memory, about.list, NOTHING) };
    if (!about || !option) return { refused: NO_OPTION };
    return { view: optionRenameWindow(memory, about.list, option.label) };
  },
  async submit(deps, { id: by }, memory, values) {
    const { about, option } = await read(deps, memory.key);
    if (!about || (about.code && !option)) return { is: 'refused', reason: NO_OPTION };
    const { list, code } = about;
    const label = one(values, 'label');
    const chosen = one(values, 'exceptionCode');
    const entries = { label, exceptionCode: chosen || NO_CODE, highRisk: Boolean(many(values, 'highRisk')?.length) };
    const exceptionCode = EXCEPTION_CODES.find((known) => known === chosen) ?? null;
    const outcome = await change(deps, by, list, memory.version, (catalogue) =>
      code ? withLabel(catalogue, list, code, label) : withOption(catalogue, list, { ...entries, exceptionCode }),
    );
    const at = { what: 'catalogue', key: 'catalogue', version: memory.version } as const;
    return savedBy(deps, at, outcome, (version, notice) =>
      code
        ? optionRenameWindow({ ...memory, version }, list, label, notice)
        : optionAddWindow({ ...memory, version }, list, entries, notice),
    );
  },
};

/** Retires an answer option, or brings it back. */
export const optionRetireHomeWindow: HomeWindow = {
  id: 'option_retire',
  async open(deps, _person, given) {
    const { about, option, version } = await read(deps, given.key);
    if (!about || !option) return { refused: NO_OPTION };
    return { view: optionRetireWindow({ ...given, key: asked(given.key, option), version }, about.list, option) };
  },
  async submit(deps, { id: by }, memory) {
    const [key, wish] = splitWish(memory.key);
    const { about, option } = await read(deps, key);
    if (!about || !option) return { is: 'refused', reason: NO_OPTION };
    const { list, code } = about;
    const outcome = await change(deps, by, list, memory.version, (catalogue) =>
      withRetired(catalogue, list, code, wish === 'retire'),
    );
    const shown: Option = { ...option, retired: wish !== 'retire' };
    if (!outcome.ok && outcome.is === 'refused') {
      const fault = outcome.faults.map(({ message }) => message).join(' ');
      return { is: 'again', view: optionRetireWindow(memory, list, shown, { fault }) };
    }
    const at = { what: 'catalogue', key: 'catalogue', version: memory.version } as const;
    return savedBy(deps, at, outcome, (version, notice) =>
      optionRetireWindow({ ...memory, version }, list, shown, { notice }),
    );
  },
};

/** The window remembers its question, so that pressing it twice does not undo it. */
const asked = (key: string, { retired }: Option) => `${retired ? 'restore' : 'retire'}:${key}`;
function splitWish(key: string): readonly [key: string, wish: string] {
  const [wish = '', ...rest] = key.split(':');
  return [rest.join(':'), wish];
}
