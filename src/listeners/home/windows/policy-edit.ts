import { NEW_CLOCK } from '../../../blocks/home/policies';
import { policyEditWindow } from '../../../blocks/home/windows/policy-edit';
import { MOST_LIST_CHARACTERS } from '../../../blocks/home/windows/policy-fields';
import { policyReviewWindow } from '../../../blocks/home/windows/policy-review';
import type { FieldFault } from '../../../domain/directory-rules';
import { CASE_KINDS } from '../../../domain/kinds';
import { AGED, DAYS } from '../../../domain/policy';
import { type Entries, entriesOf, withEntries } from '../../../domain/policy-entries';
import { type PolicyItem, packItem, readItem } from '../../../domain/policy-items';
import { standing } from '../../../services/configure';
import { within } from '../../../services/deadline';
import { withPlaceIds, withTargetIds, withTargetNames } from '../../../services/ladder-targets';
import { one, type WindowValues } from '../../../slack/read-window';
import type { ListenerDeps } from '../../deps';
import { closedUnder, outlookOf, packEdit, unsetIn, webhookFaultsOf } from './policy-edits';
import { faultIn, type HomeWindow } from './window';

/** How long a window waits for Slack's names, ms: Slack gives up on windows after three seconds. */
const PATIENCE_MS = 1000;
/** What a window can remember of an edit. */
const MOST_CHARACTERS = 2200;

const TOO_MUCH = 'This is more than one window can hold: import it with policy.yaml.';

/** Edits one item of the policy; the text is passed on to the window that shows the change. */
export const policyEditHomeWindow: HomeWindow = {
  id: 'policy_edit',
  async open(deps, _person, about) {
    const { value, version } = await standing(deps, 'policy', 'policy');
    const item = readItem(about.key);
    if (!value || (!item && about.key !== NEW_CLOCK)) return { refused: 'This is no longer in the policy.' };
    const entries = item ? entriesOf(value, item) : { time: 'business' };
    const [shown, closed, unset] = await Promise.all([
      named(deps, entries),
      item ? closedUnder(deps, value, item) : [],
      item ? unsetIn(deps, value, item) : [],
    ]);
    // If cut, saving would lose the rest.
    if (Object.values(shown).some((text) => text.length > MOST_LIST_CHARACTERS)) return { refused: TOO_MUCH };
    return { view: policyEditWindow({ ...about, version }, item, shown, { closed, unset }) };
  },
  async submit(deps, _person, memory, values) {
    const { value: policy } = await standing(deps, 'policy', 'policy');
    const isNew = memory.key === NEW_CLOCK;
    const item = isNew
      ? readItem(`clock:${one(values, 'kind')}:${one(values, 'severity')}:${one(values, 'clock')}`)
      : readItem(memory.key);
    if (!policy || !item) return { is: 'refused', reason: 'This is no longer in the policy.' };
    if (isNew && entriesOf(policy, item).length)
      return faultIn('clock', 'The policy already sets this clock: change it in the list.');

    const read = await withIds(deps, typedOf(item, values));
    if (!read.ok) return { is: 'faults', faults: read.faults };
    const { entries } = read;
    const edited = withEntries(policy, item, entries);
    if (!edited.ok) return { is: 'faults', faults: edited.faults };
    const faults = webhookFaultsOf(deps, policy, edited.policy);
    if (faults.length) return { is: 'faults', faults };
    const edit = packEdit({ item, entries });
    if (edit.length > MOST_CHARACTERS) return faultIn(item.is === 'calendar' ? 'days' : 'ladder', TOO_MUCH);
    const next = { ...memory, key: packItem(item), edit };
    const outlook = await outlookOf(deps, edited.policy, item);
    return { is: 'next', view: policyReviewWindow(next, item, policy, edited.policy, outlook) };
  },
};

function typedOf(item: PolicyItem, values: WindowValues): Entries {
  const fields: Record<PolicyItem['is'], readonly string[]> = {
    clock: ['length', 'time', 'ladder'],
    ladder: ['ladder'],
    calendar: [...DAYS, 'holidays', 'days'],
    time_zone: ['zone'],
    quiet_hours: ['bypass'],
    audit: ['grace'],
    digests: ['daily_at', 'weekly_on'],
    repeat_rules: ['rules'],
    steps: ['steps'],
    guests: ['may'],
    emoji: ['take', 'resolve', 'report'],
    numbers: ['sp_account', 'sp_account_example', 'sj', 'sj_example'],
    sent_to_manager: ['places'],
    webhooks: ['webhooks'],
    retention: [...CASE_KINDS, ...AGED],
  };
  return Object.fromEntries(
    fields[item.is].map((name) => [name, name === 'bypass' ? [values[name] ?? []].flat() : one(values, name)]),
  );
}

/** What was entered, with Slack ids in place of typed names; or what Slack does not have. */
async function withIds(
  { slack }: ListenerDeps,
  typed: Entries,
): Promise<
  { readonly ok: true; readonly entries: Entries } | { readonly ok: false; readonly faults: readonly FieldFault[] }
> {
  const field = TARGETS_IN.find((name) => name in typed);
  if (!field) return { ok: true, entries: typed };
  const text = String(typed[field]);
  const time = typed.time === 'business' ? 'business' : 'always';
  const found = await (field === 'ladder' ? withTargetIds(slack, text, time) : withPlaceIds(slack, text));
  return found.ok ? { ok: true, entries: { ...typed, [field]: found.text } } : found;
}

/** The fields with targets. */
const TARGETS_IN = ['ladder', 'places'] as const;

/** Names help; without them, ids are shown. */
async function named({ slack, log }: ListenerDeps, entries: Entries): Promise<Entries> {
  const field = TARGETS_IN.find((name) => entries[name]);
  if (!field) return entries;
  try {
    return { ...entries, [field]: await within(PATIENCE_MS, withTargetNames(slack, String(entries[field]))) };
  } catch (error) {
    log.warn({ err: error }, 'Slack does not return the names of channels; their ids are shown');
    return entries;
  }
}
