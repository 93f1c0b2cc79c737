import type { StoredCase } from '../services/ports/cases';

/** A case that was read or written so lately is drawn as it is: whatever changes it draws it again. */
const FRESH_MS = 250;

/**
 * Cases as this instance read or wrote them a moment ago, so that a message is sent and marked without reading its case
 * once more. Whether one is still the newest is decided by its version, when it is written.
 */
export class CasesAtHand {
  private readonly known = new Map<string, { readonly stored: StoredCase; readonly at: number }>();

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
}
