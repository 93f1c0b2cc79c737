import type { Actor } from '../../domain/actor';
import type { SpContact } from '../../domain/case';
import type { Answers } from '../../domain/forms/form';
import type { FormNotice } from '../../domain/forms/notice';
import type { Move } from '../../domain/moves/declared';
import type { ServiceDeps } from '../deps';
import type { StoredCase } from '../ports/cases';

/** What a kind of report does besides its form: everything to look up or to start. All optional. */
export interface Procedure {
  /** The answers it supplies (its form's `supplied` questions), computed again for every drawing and submission. */
  readonly supply?: (deps: ServiceDeps, answers: Answers) => Promise<Answers>;
  /** What its form shows above the questions now, or null. `reader`: who has it open, if known. */
  readonly notice?: (deps: ServiceDeps, answers: Answers, reader: Actor | null) => Promise<FormNotice | null>;
  /** Contact attempts to copy into the case as it is filed. */
  readonly contacts?: (deps: ServiceDeps, answers: Answers) => Promise<readonly SpContact[]>;
  /** What the reporter did before filing, as moves on the new case. */
  readonly moves?: (answers: Answers) => readonly Move[];
  /** What follows once the case is stored. May run again for a repeated submission. */
  readonly filed?: (deps: ServiceDeps, stored: StoredCase) => Promise<void>;
}
