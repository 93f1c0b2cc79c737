import type { Alarm } from '../../domain/alarms';
import type { JobRun } from '../../domain/health';

/** Alarms for admins, each open until it is cleared. Every method rejects when the store cannot be reached. */
export interface AlarmStore {
  /** True when it was not open yet; no one has been told of it then. */
  raise(alarm: Alarm): Promise<boolean>;
  /** Alarms of which no one is known to have been told, oldest first. */
  untold(limit: number): Promise<readonly Alarm[]>;
  /** They were told of this one, unless it was cleared and raised again meanwhile. */
  told(alarm: Alarm): Promise<void>;
  /** True when it was open. */
  clear(id: string): Promise<boolean>;
  /** Oldest first, past the first `skip`. */
  open(limit: number, skip?: number): Promise<readonly Alarm[]>;
  count(): Promise<number>;
}

/** The newest run of each job. Every method rejects when the store cannot be reached. */
export interface JobRunStore {
  keep(run: JobRun): Promise<void>;
  /** By name. */
  all(): Promise<readonly JobRun[]>;
}

/** Until when what people write was heard, by whichever instance. Every method rejects when the store cannot be reached. */
export interface HeardUntil {
  /** Null: no one has ever heard anything. */
  get(): Promise<Date | null>;
  set(at: Date): Promise<void>;
}
