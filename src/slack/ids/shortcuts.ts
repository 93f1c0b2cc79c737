import { CASE_KINDS, type CaseKind, KINDS } from '../../domain/kinds';

/** Callback id of the message shortcut that begins a report, as the manifests name it. */
export const messageShortcutId = (kind: CaseKind): string => `file_${kind}`;

/** The kinds of case that a message shortcut begins. */
export const SHORTCUT_KINDS: readonly CaseKind[] = CASE_KINDS.filter((kind) => KINDS[kind].shortcut);
