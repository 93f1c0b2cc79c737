import { CATALOGUE_KEYS, type CatalogueKey, listOf } from './catalogue';
import type { FieldFault } from './directory-rules';
import type { ExceptionCode } from './exception-codes';
import type { Catalogue, Option } from './forms/form';

/** The editable lists: their names, and what their options carry (domain section 3). */
export const LISTS: Readonly<Record<CatalogueKey, CatalogueList>> = {
  negative_customer: { label: 'Negative Customer Feedback', tone: 'negative' },
  positive_customer: { label: 'Positive Customer Feedback', tone: 'positive' },
  positive_internal: { label: 'Positive Internal Feedback', tone: 'positive' },
  negative_internal: { label: 'Negative Internal Feedback', tone: 'negative' },
  high_cost: { label: 'High cost: what applies', tone: 'detail' },
  workmanship: { label: 'Poor workmanship: what applies', tone: 'detail' },
  process: { label: 'Process not followed: what applies', tone: 'detail' },
};
interface CatalogueList {
  readonly label: string;
  /** Negatives may map to a code and be marked ⚠; positives all map to `GREAT SVC`; details belong to a negative. */
  readonly tone: 'negative' | 'positive' | 'detail';
}

/** Slack's limit for an option's text. */
export const LABEL_MAX = 75;
/** A select takes 100 options, and some lists add *none* to theirs. */
export const OFFERED_MAX = 99;
/** Retired options included. */
const KEPT_MAX = 500;
const CODE_MAX = 60;
/** The option that some forms add to a list (`kinds/sp-feedback/form.ts`). */
const TAKEN = 'none';

export const catalogueKeyOf = (text: string | undefined): CatalogueKey | null =>
  CATALOGUE_KEYS.find((key) => key === text) ?? null;

interface NewOption {
  readonly label: string;
  readonly exceptionCode: ExceptionCode | null;
  readonly highRisk: boolean;
}

/** The catalogue with one more option at the end of a list, with a code that the list never had. */
export function withOption(catalogue: Catalogue, key: CatalogueKey, { label, exceptionCode, highRisk }: NewOption) {
  const list = listOf(catalogue, key);
  const { tone } = LISTS[key];
  const mapped = tone === 'positive' ? 'GREAT SVC' : tone === 'negative' ? exceptionCode : null;
  const option: Option = {
    code: codeFor(label, new Set([TAKEN, ...list.map(({ code }) => code)])),
    label: tidy(label),
    ...(mapped && { exceptionCode: mapped }),
    ...(tone === 'negative' && highRisk && { highRisk: true }),
  };
  return { ...catalogue, [key]: [...list, option] };
}

export const withLabel = (catalogue: Catalogue, key: CatalogueKey, code: string, label: string): Catalogue =>
  edited(catalogue, key, code, (option) => ({ ...option, label: tidy(label) }));

/** Retires an option, or brings it back. */
export const withRetired = (catalogue: Catalogue, key: CatalogueKey, code: string, retired: boolean): Catalogue =>
  edited(catalogue, key, code, ({ retired: _before, ...option }) => ({ ...option, ...(retired && { retired: true }) }));

const edited = (
  catalogue: Catalogue,
  key: CatalogueKey,
  code: string,
  edit: (option: Option) => Option,
): Catalogue => ({
  ...catalogue,
  [key]: listOf(catalogue, key).map((option) => (option.code === code ? edit(option) : option)),
});

const tidy = (label: string) => label.trim().replace(/\s+/g, ' ');

/** A code from the label's letters and digits, numbered if the list has or had it. */
function codeFor(label: string, taken: ReadonlySet<string>): string {
  const plain = label.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const stem =
    plain
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .slice(0, CODE_MAX - 5) || 'option';
  let code = stem;
  for (let n = 2; taken.has(code); n++) code = `${stem}_${n}`;
  return code;
}

/**
 * What is wrong with an edited catalogue: an option that is missing, has moved or has another meaning, because old
 * reports hold its code; a label that cannot be shown or told apart; a list with too few or too many options. Unchanged
 * lists are not checked.
 */
export function catalogueFaults(after: Catalogue, before: Catalogue): FieldFault[] {
  return Object.keys({ ...before, ...after }).flatMap((name) => {
    const key = catalogueKeyOf(name);
    const [now, old] = [after[name] ?? [], before[name] ?? []];
    if (JSON.stringify(now) === JSON.stringify(old)) return [];
    return (key ? listFaults(LISTS[key].label, now, old) : [`There is no list ${name}.`]).map((message) => ({
      field: 'label',
      message,
    }));
  });
}

function listFaults(name: string, now: readonly Option[], old: readonly Option[]): string[] {
  const kept = old.every((option, i) => {
    const same = now[i];
    return (
      same?.code === option.code &&
      same.exceptionCode === option.exceptionCode &&
      same.highRisk === option.highRisk &&
      same.exclusive === option.exclusive
    );
  });
  if (!kept)
    return [
      `${name}: an option that was offered stays as it is, because old reports show it. It can be renamed or retired.`,
    ];
  const codes = now.map(({ code }) => code);
  if (new Set([...codes, TAKEN]).size <= codes.length) return [`${name} has the same code twice.`];
  const offered = now.filter(({ retired }) => !retired).length;
  if (!offered) return [`${name} needs at least one option: without one the form cannot be filled in.`];
  if (offered > OFFERED_MAX)
    return [`${name} already offers ${OFFERED_MAX} options, as many as Slack can show. Retire one first.`];
  if (now.length > KEPT_MAX) return [`${name} holds ${KEPT_MAX} options, retired ones included: there is no room.`];
  return now.flatMap((option, i) => (option.label === old[i]?.label ? [] : labelFaults(option, now)));
}

function labelFaults({ code, label }: Option, list: readonly Option[]): string[] {
  if (!label.trim()) return ['The label is empty: say what the agent chooses.'];
  if (label.length > LABEL_MAX) return [`The label is longer than ${LABEL_MAX} characters: shorten it.`];
  const twin = list.find((other) => other.code !== code && other.label.toLowerCase() === label.toLowerCase());
  if (!twin) return [];
  return [
    twin.retired
      ? `“${twin.label}” was offered before and is retired: bring it back instead.`
      : `“${twin.label}” is already in this list.`,
  ];
}
