import { textResetWindow, textWindow } from '../../../blocks/home/windows/text';
import type { Texts } from '../../../domain/configuration';
import { textFaults, textOf } from '../../../domain/texts';
import { changeSetting } from '../../../services/change-policy';
import { standing } from '../../../services/configure';
import { one } from '../../../slack/read-window';
import { type HomeWindow, savedBy } from './window';

const NO_TEXT = 'No form reads out this text anymore. Open Closing texts again.';
/** Precedes the key of a previewed text that is about to be saved. */
const SEEN = 'seen:';
const keyOf = (key: string) => (key.startsWith(SEEN) ? key.slice(SEEN.length) : key);

/** Edits a closing text. */
export const textHomeWindow: HomeWindow = {
  id: 'text',
  async open(deps, _person, about) {
    const template = textOf(about.key);
    if (!template) return { refused: NO_TEXT };
    const { value, version } = await standing(deps, 'texts', 'texts');
    const text = value?.[about.key] ?? template.standard;
    return { view: textWindow({ memory: { ...about, version }, template, text, isPreview: false }) };
  },
  async submit(deps, { id: by }, memory, values) {
    const key = keyOf(memory.key);
    const template = textOf(key);
    if (!template) return { is: 'refused', reason: NO_TEXT };
    const text = one(values, 'text');
    const faults = textFaults({ [key]: text });
    if (faults.length) return { is: 'faults', faults };
    const seen = { ...memory, key: SEEN + key };
    if (memory.key === key) return { is: 'again', view: textWindow({ memory: seen, template, text, isPreview: true }) };
    const outcome = await changeSetting(deps, {
      what: 'texts',
      by,
      expected: memory.version,
      section: [key],
      change: (texts) => (text === template.standard ? without(texts, key) : { ...texts, [key]: text }),
    });
    const at = { what: 'texts', key: 'texts', version: memory.version } as const;
    return savedBy(deps, at, outcome, (version, notice) =>
      textWindow({ memory: { ...seen, version }, template, text, isPreview: true, notice }),
    );
  },
};

/** Resets it to the standard text. */
export const textResetHomeWindow: HomeWindow = {
  id: 'text_reset',
  async open(deps, _person, about) {
    const template = textOf(about.key);
    if (!template) return { refused: NO_TEXT };
    const { version } = await standing(deps, 'texts', 'texts');
    return { view: textResetWindow({ ...about, version }, template) };
  },
  async submit(deps, { id: by }, memory) {
    const template = textOf(memory.key);
    if (!template) return { is: 'refused', reason: NO_TEXT };
    const { key, version: expected } = memory;
    const change = (texts: Texts) => without(texts, key);
    const outcome = await changeSetting(deps, { what: 'texts', by, expected, section: [key], change });
    return savedBy(deps, { what: 'texts', key: 'texts', version: expected }, outcome, (version, notice) =>
      textResetWindow({ ...memory, version }, template, notice),
    );
  },
};

const without = (texts: Texts, gone: string): Texts =>
  Object.fromEntries(Object.entries(texts).filter(([key]) => key !== gone));
