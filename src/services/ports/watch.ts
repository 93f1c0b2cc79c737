import type { Alarm } from '../../domain/alarms';
import type { JobRun } from '../../domain/health';

/** Alarms for admins, each open until it is cleared. Every method rejects if the store is unreachable. */
export interface AlarmStore {
  /** True if it was not open before, so no one has been told yet. */
  raise(alarm: Alarm): Promise<boolean>;
  /** Alarms not marked as told, oldest first. */
  untold(limit: number): Promise<readonly Alarm[]>;
  /** Marks it as told, unless it was cleared and raised again in the meantime. */
  told(alarm: Alarm): Promise<void>;
  /** True if it was open. */
  clear(id: string): Promise<boolean>;
  /** Oldest first, after the first `skip`. */
  open(limit: number, skip?: number): Promise<readonly Alarm[]>;
  count(): Promise<number>;
}

/** The newest run of each job. Every method rejects if the store is unreachable. */
export interface JobRunStore {
  keep(run: JobRun): Promise<void>;
  all(): Promise<readonly JobRun[]>;
}

/** The time up to which Warmline has received what people write. Every method rejects if the store is unreachable. */
export interface HeardUntil {
  /** Null: no instance has received anything yet. */
  get(): Promise<Date | null>;
  set(at: Date): Promise<void>;
}
