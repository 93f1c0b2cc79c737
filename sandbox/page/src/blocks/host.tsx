import { createContext, type ReactNode, use, useMemo, useRef, useState } from 'react';
import type { ClientView, JsonObject } from '../../../client-protocol';
import type { Container } from '../api';
import { useMe, useWorkspace, useWorkspaceState } from '../store/context';
import type { Sending } from '../store/outbox';
import type { Workspace } from '../store/workspace';
import { words } from './read';

/** What interactive elements need from the view or message they are in. */
export interface Host {
  container: Container;
  surface: 'modal' | 'home' | 'message';
  values: ClientView['values'];
  errors: { [blockId: string]: string };
  /** A value was typed or picked in an input, select, date ... */
  change: (blockId: string, actionId: string, value: JsonObject, sending: Sending) => void;
  /** A button was pressed or an overflow option picked. Answers when the app has acknowledged. */
  press: (blockId: string, element: JsonObject, value?: JsonObject) => Promise<boolean>;
}

const HostContext = createContext<Host | null>(null);
export function useHost(): Host {
  const host = use(HostContext);
  if (!host) throw new Error('Block Kit elements need a host around them');
  return host;
}

const EMPTY = {};
/** A modal or Home. What was entered lives in the store, so it outlives updates, errors and lost connections. */
export function ViewHost({ view, children }: { view: ClientView; children: ReactNode }) {
  const store = useWorkspace();
  const entered = useWorkspaceState((state) => state.values[view.id] ?? EMPTY);
  const errors = useWorkspaceState((state) => state.modalErrors[view.id] ?? EMPTY);
  const outbox = store.outboxOf(view.id);
  const host = useMemo<Host>(
    () => ({
      container: { viewId: view.id },
      surface: view.type,
      values: mergeValues(view.values, entered),
      errors,
      change: (blockId, actionId, value, sending) => {
        const { values, modalErrors } = store.get();
        const mine = values[view.id] ?? {};
        const { [blockId]: _, ...otherErrors } = modalErrors[view.id] ?? {};
        store.set({
          values: { ...values, [view.id]: { ...mine, [blockId]: { ...mine[blockId], [actionId]: value } } },
          modalErrors: { ...modalErrors, [view.id]: otherErrors },
        });
        outbox.put(blockId, actionId, value, sending);
      },
      press: (blockId, element, value) =>
        outbox.follow(() => pressed(store, { viewId: view.id }, blockId, element, value)),
    }),
    [store, view, entered, errors, outbox],
  );
  return <HostContext value={host}>{children}</HostContext>;
}

/** A message: a choice in it is sent as an action at once and remembered while it is on screen. */
export function MessageHost({ channel, ts, children }: { channel: string; ts: string; children: ReactNode }) {
  const store = useWorkspace();
  const [values, setValues] = useState<ClientView['values']>({});
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const host = useMemo<Host>(() => {
    const container = { channel, ts };
    return {
      container,
      surface: 'message',
      values,
      errors: EMPTY,
      change: (blockId, actionId, value, sending) => {
        setValues((kept) => ({ ...kept, [blockId]: { ...kept[blockId], [actionId]: value } }));
        if (sending !== 'now') return;
        last.current = last.current.then(() =>
          store.attempt(() => store.api.action({ container, blockId, actionId, value })),
        );
      },
      press: (blockId, element, value) => store.attempt(() => pressed(store, container, blockId, element, value)),
    };
  }, [store, channel, ts, values]);
  return <HostContext value={host}>{children}</HostContext>;
}

async function pressed(
  store: Workspace,
  container: Container,
  blockId: string,
  element: JsonObject,
  value?: JsonObject,
) {
  const actionId = typeof element.action_id === 'string' ? element.action_id : '';
  await store.api.action({ container, blockId, actionId, ...(value ? { value } : {}) });
  store.note('pressed', words(element.text) || words(value?.selected_option && asText(value.selected_option)));
}
const asText = (option: JsonObject[string]) =>
  typeof option === 'object' && option !== null && !Array.isArray(option) ? (option.text ?? null) : null;

/** The server's values with those entered here on top. */
export function mergeValues(server: ClientView['values'], entered: ClientView['values']): ClientView['values'] {
  const merged = { ...server };
  for (const [blockId, actions] of Object.entries(entered)) merged[blockId] = { ...merged[blockId], ...actions };
  return merged;
}

/** The acting user's id; elements are only drawn once someone is acting. */
export const useMyId = () => useMe()?.id ?? '';
