import type { Alarm } from '../../domain/alarms';
import type { JobRun } from '../../domain/health';

/** Alarms for admins, each open until it is cleared. Every method rejects if the store is unreachable. */
export interface AlarmStore {
  /** True if it was not open yet, and so no one was told. */
  raise(alarm: Alarm): Promise<boolean>;
  /** Alarms not marked as told, oldest first. */
  untold(limit: number): Promise<readonly Alarm[]>;
  /** Marks it as told, unless it was cleared and raised again meanwhile. */
  told(alarm: Alarm): Promise<void>;
  /** True when it was open. */
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

/** Until when what people write was heard, by whichever instance. Every method rejects when the store cannot be reached. */
export interface HeardUntil {
  /** Null: no one has ever heard anything. */
  get(): Promise<Date | null>;
  set(at: Date): Promise<void>;
}
