import type { TrafficEntry } from '../client-protocol';
import type { Message } from './message-log';
import type { Channel } from './model';

/** Every change in a workspace, sent to the page's sockets and to waiting tests. */
export type WorkspaceEvent =
  | { type: 'message' | 'message_changed' | 'message_deleted'; message: Message }
  | { type: 'channel'; channel: Channel; left?: string }
  | { type: 'modals'; user: string; errors?: { [blockId: string]: string } }
  | { type: 'home'; user: string }
  | { type: 'toast'; user: string; level: 'info' | 'error'; text: string }
  | { type: 'clock' }
  | { type: 'faults' }
  | { type: 'app'; connected: boolean }
  | { type: 'traffic'; entry: TrafficEntry };

type Listener = (event: WorkspaceEvent) => void;

/** Distributes workspace events to listeners. */
export class Bus {
  private readonly listeners = new Set<Listener>();

  emit(event: WorkspaceEvent): void {
    for (const listener of [...this.listeners]) listener(event);
  }

  /** Listens until the returned function is called. */
  on(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Looks now and again after each event until `look` returns something. Rejects with a description of what was waited
   * for after `timeoutMs`, or with what `look` throws.
   */
  until<T>(
    look: (event?: WorkspaceEvent) => T | undefined | null | false,
    timeoutMs: number,
    what = 'a condition',
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const first = look();
      if (first) return resolve(first);
      let off = (): void => undefined;
      const timer = setTimeout(() => {
        off();
        reject(new Error(`Waited ${timeoutMs} ms for ${what}, and it did not come.`));
      }, timeoutMs);
      off = this.on((event) => {
        try {
          const found = look(event);
          if (!found) return;
          resolve(found);
        } catch (error) {
          reject(error);
        }
        clearTimeout(timer);
        off();
      });
    });
  }
}
