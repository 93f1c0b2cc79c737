import { CASE_KINDS, KINDS } from '../../domain/kinds';
import type { CaseKind } from '../../domain/kinds/code';

/** Callback id of the message shortcut that starts a report, as in the manifests. */
export const messageShortcutId = (kind: CaseKind): string => `file_${kind}`;

/** The kinds of case with a message shortcut. */
export const SHORTCUT_KINDS: readonly CaseKind[] = CASE_KINDS.filter((kind) => KINDS[kind].shortcut);
