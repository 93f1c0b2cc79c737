import { createContext, use, useSyncExternalStore } from 'react';
import type { ClientUser } from '../../../client-protocol';
import type { State } from './state';
import { Workspace } from './workspace';

export const workspace = new Workspace();
const WorkspaceContext = createContext(workspace);

/** The store, for actions. */
export const useWorkspace = () => use(WorkspaceContext);

/** A part of the state; `pick` must give the same reference for the same state. */
export function useWorkspaceState<Part>(pick: (state: State) => Part): Part {
  const store = useWorkspace();
  return useSyncExternalStore(store.subscribe, () => pick(store.get()));
}

const NOBODY: readonly ClientUser[] = [];
export const useUsers = () => useWorkspaceState((state) => state.boot?.users ?? NOBODY);
export const useUser = (id: string) =>
  useWorkspaceState((state) => state.boot?.users.find((each) => each.id === id) ?? null);
export const useMe = () => useWorkspaceState((state) => state.boot?.me ?? null);
export const useZone = () => useWorkspaceState((state) => state.boot?.me.tz ?? 'UTC');
