import type { StoredCase } from '../services/ports/cases';

/** A case that was read or written so lately is drawn as it is: whatever changes it draws it again. */
const FRESH_MS = 100;

/**
 * Cases as this instance read or wrote them a moment ago, so that a message is sent and marked without reading its case
 * once more. Whether one is still the newest is decided by its version, when it is written.
 */
export class CasesAtHand {
  private readonly known = new Map<string, { readonly stored: StoredCase; readonly at: number }>();
  private readonly turns = new Map<string, Promise<void>>();

  keep(stored: StoredCase): void {
    const before = this.known.get(stored.id);
    if (before && before.stored.version > stored.version) return;
    this.known.delete(stored.id);
    this.known.set(stored.id, { stored, at: performance.now() });
    for (const [id, { at }] of this.known) {
      if (performance.now() - at <= FRESH_MS) break; // they are in the order in which they were kept
      this.known.delete(id);
    }
  }

  /** The case, if it was at hand a moment ago. */
  of(id: string): StoredCase | null {
    const found = this.known.get(id);
    return found && performance.now() - found.at <= FRESH_MS ? found.stored : null;
  }

  forget(id: string): void {
    this.known.delete(id);
  }

  /** Marks of one case are made one after the other: two that are written at once would cost a lost race. */
  async inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const before = this.turns.get(id) ?? Promise.resolve();
    const mine = before.then(work, work);
    const over = mine.then(
      () => undefined,
      () => undefined,
    );
    this.turns.set(id, over);
    try {
      return await mine;
    } finally {
      if (this.turns.get(id) === over) this.turns.delete(id);
    }
  }
}
