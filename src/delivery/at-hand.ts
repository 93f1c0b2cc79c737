import type { StoredCase } from '../services/ports/cases';

/** A case that was read or written this recently is drawn as it is: any change redraws it. */
const FRESH_MS = 250;

/**
 * Cases that this instance just read or wrote, so that a message is sent and marked without reading its case again. The
 * version shows at the write whether one is still the newest.
 */
export class CasesAtHand {
  private readonly known = new Map<string, { readonly stored: StoredCase; readonly at: number }>();

  keep(stored: StoredCase): void {
    const before = this.known.get(stored.id);
    if (before && before.stored.version > stored.version) return;
    this.known.delete(stored.id);
    this.known.set(stored.id, { stored, at: performance.now() });
    for (const [id, { at }] of this.known) {
      if (performance.now() - at <= FRESH_MS) break; // they are in the order of insertion
      this.known.delete(id);
    }
  }

  /** The case, if it is still at hand. */
  of(id: string): StoredCase | null {
    const found = this.known.get(id);
    return found && performance.now() - found.at <= FRESH_MS ? found.stored : null;
  }

  forget(id: string): void {
    this.known.delete(id);
  }
}
