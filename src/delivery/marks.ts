import type { Queue } from '../domain/lane-queue';
import type { Settlement } from '../domain/settle';
import type { Parcel } from './targets/target';

/** The result of a delivery. */
export interface Mark {
  readonly parcel: Parcel;
  readonly settlement: Settlement;
}

/** How long a mark waits for other messages of its case that are on their way, ms. */
const TOGETHER_MS = 250;

type Item = { readonly caseId: string; readonly deliveryId: string };

/** The marks of one case, and what this instance is sending for it. */
class OfCase {
  readonly underWay = new Map<string, Queue>();
  private waiting: (Mark & { readonly resolve: () => void; readonly reject: (error: unknown) => void })[] = [];
  private isUrgent = false;
  private isBusy = false;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly store: (marks: readonly Mark[]) => Promise<void>,
    private readonly onIdle: () => void,
  ) {}

  add(mark: Mark, isUrgent: boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ ...mark, resolve, reject });
      this.isUrgent ||= isUrgent;
      this.look();
    });
  }

  /** Stores what waits once nothing else is on its way, or the wait was long enough. */
  look(): void {
    if (this.isBusy) return;
    if (!this.waiting.length) {
      if (!this.underWay.size) this.onIdle();
    } else if (this.isUrgent || !this.underWay.size) void this.run();
    else this.timer ??= setTimeout(() => void this.run(), TOGETHER_MS);
  }

  private async run(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    const marks = this.waiting;
    [this.timer, this.waiting, this.isUrgent, this.isBusy] = [null, [], false, true];
    try {
      await this.store(marks);
      for (const { resolve } of marks) resolve();
    } catch (error) {
      for (const { reject } of marks) reject(error);
    }
    this.isBusy = false;
    this.look();
  }
}

/**
 * Marks of one case are stored one after the other, and those of messages on their way at the same time in one write:
 * usually the lines of a move and its DM. A crash before that leaves them in doubt, as between any message and its
 * mark.
 */
export class Marks {
  private readonly cases = new Map<string, OfCase>();
  /** Marks that their queue did not wait for. */
  private readonly left = new Map<Queue, Promise<void>[]>();

  constructor(private readonly store: (marks: readonly Mark[]) => Promise<void>) {}

  /** These are on their way, or follow right after. */
  hold(queue: Queue, items: readonly Item[]): void {
    for (const { caseId, deliveryId } of items) this.of(caseId).underWay.set(deliveryId, queue);
  }

  release(items: readonly Item[]): void {
    for (const { caseId, deliveryId } of items) {
      const its = this.cases.get(caseId);
      if (its?.underWay.delete(deliveryId)) its.look();
    }
  }

  /** Resolves once it is stored. `isUrgent`: what follows depends on it. */
  add(mark: Mark, isUrgent: boolean): Promise<void> {
    const { stored, delivery } = mark.parcel;
    const its = this.of(stored.id);
    its.underWay.delete(delivery.id);
    return its.add(mark, isUrgent);
  }

  /** Whether another message of the case goes out next in this queue. */
  isFollowed(caseId: string, queue: Queue): boolean {
    return [...(this.cases.get(caseId)?.underWay.values() ?? [])].includes(queue);
  }

  /** The queue continues before this is stored; `stored` awaits it in the end. */
  leave(queue: Queue, mark: Promise<void>): void {
    mark.catch(() => undefined); // whoever awaits the queue's marks gets the error
    this.left.set(queue, [...(this.left.get(queue) ?? []), mark]);
  }

  /** Resolves once all marks of a queue are stored; rejects if one could not be. */
  async stored(queue: Queue): Promise<void> {
    const marks = this.left.get(queue) ?? [];
    this.left.delete(queue);
    await Promise.all(marks);
  }

  private of(caseId: string): OfCase {
    const known = this.cases.get(caseId);
    if (known) return known;
    const made = new OfCase(this.store, () => void this.cases.delete(caseId));
    this.cases.set(caseId, made);
    return made;
  }
}
