import type { Alarm, AlarmKind } from '../domain/alarms';
import type { ServiceDeps } from './deps';

/** One audit, for its looks. */
export interface Round {
  readonly deps: ServiceDeps;
  readonly now: Date;
  /** What should have happened before this time is late. */
  readonly cutoff: Date;
  readonly grace: number;
  /** A look failed, or a case could not be repaired. */
  readonly fault: (what: AlarmKind, error: unknown) => void;
}
/** Something that is stuck. */
export type Finding = Omit<Alarm, 'since'>;
/** Looks for one kind of trouble by index, makes repairs by ordinary moves, and returns its findings. */
export type Look = (round: Round) => Promise<readonly Finding[]>;
