import { useEffect, useMemo, useState } from 'react';
import type { JsonObject } from '../../../client-protocol';
import { useHost } from '../blocks/host';
import { number, objects, text, words } from '../blocks/read';
import { useUsers, useWorkspace, useWorkspaceState } from '../store/context';
import { Combobox } from './combobox';
import type { ControlProps } from './control';
import { type Choice, choiceOf, choicesOf, PICKED, pickedOf } from './values';

const SUGGEST_PAUSE_MS = 200;

/** Asks the app for options as the person types; the newest answer wins. */
function useSuggestions(props: ControlProps, query: string | null): { choices: Choice[]; hint: string } {
  const store = useWorkspace();
  const { container } = useHost();
  const [found, setFound] = useState<Choice[]>([]);
  const [state, setState] = useState<'idle' | 'asking' | 'failed'>('idle');
  const { element, blockId } = props;
  const isExternal = text(element.type).includes('external');
  const least = number(element.min_query_length) ?? 3;
  const tooShort = query === null || query.length < least;
  const where = JSON.stringify(container);
  const actionId = text(element.action_id);
  useEffect(() => {
    if (!isExternal || tooShort) {
      setFound([]);
      return;
    }
    let newest = true;
    setState('asking');
    const timer = window.setTimeout(async () => {
      const ask = store.api.suggest({ container: JSON.parse(where), blockId, actionId, query });
      const answer = await ask.catch(() => null);
      if (!newest) return;
      setFound(answer ? choicesOf(answer.options ?? [], answer.optionGroups ?? []) : []);
      setState(answer ? 'idle' : 'failed');
    }, SUGGEST_PAUSE_MS);
    return () => {
      newest = false;
      window.clearTimeout(timer);
    };
  }, [isExternal, tooShort, query, store, where, blockId, actionId]);
  if (tooShort) return { choices: found, hint: `Type ${least} or more characters to search` };
  if (state === 'asking') return { choices: found, hint: 'Searching…' };
  return { choices: found, hint: state === 'failed' ? 'The search failed. Type again to retry.' : 'No results' };
}

/** People or conversations of this workspace. */
function useDirectory(type: string): Choice[] {
  const users = useUsers();
  const channels = useWorkspaceState((state) => state.channels);
  return useMemo(() => {
    if (type.includes('users')) {
      return users
        .filter((user) => !user.deleted && !user.isBot)
        .map((user) => ({ key: user.id, label: user.realName || user.name, detail: user.role }));
    }
    return channels
      .filter((channel) => channel.type !== 'im' && !channel.archived)
      .map((channel) => ({ key: channel.id, label: `#${channel.name}` }));
  }, [type, users, channels]);
}

const matches = (choice: Choice, query: string) =>
  `${choice.label} ${choice.detail ?? ''} ${choice.group ?? ''}`.toLowerCase().includes(query.toLowerCase());

/** Selects with a search box: external, users, conversations, channels, and every multi-select. */
export function PickerField(props: ControlProps) {
  const { element, value, change } = props;
  const type = text(element.type);
  const { key = '', many = false } = PICKED[type] ?? {};
  const [query, setQuery] = useState<string | null>(null);
  const suggested = useSuggestions(props, query);
  const directory = useDirectory(type);

  const own = choicesOf(objects(element.options), objects(element.option_groups));
  const isExternal = type.includes('external');
  const offered = isExternal
    ? suggested.choices
    : (type.includes('static') ? own : directory).filter((choice) => matches(choice, query ?? ''));
  const picked = pickedOf(type, value).map((each): Choice => {
    if (typeof each !== 'string') return choiceOf(each);
    return directory.find((choice) => choice.key === each) ?? { key: each, label: each };
  });
  const raw = (choice: Choice): JsonObject | string => choice.option ?? choice.key;
  const put = (choices: Choice[]) => {
    const last = choices.at(-1);
    change({ [key]: many ? choices.map(raw) : last ? raw(last) : null }, 'now');
  };
  return (
    <Combobox
      field={props}
      many={many}
      most={number(element.max_selected_items)}
      placeholder={words(element.placeholder) || (many ? 'Select options' : 'Select an option')}
      offered={offered}
      hint={isExternal ? suggested.hint : 'No results'}
      picked={picked}
      onQuery={setQuery}
      onPick={put}
    />
  );
}
