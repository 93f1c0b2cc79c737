import type { CaseKind } from '../../domain/kinds';

/** The message shortcuts, as the manifests name them, and the kind of report each begins. */
export const MESSAGE_SHORTCUTS = {
  file_sp_feedback: 'sp_feedback',
  file_high_risk: 'high_risk',
} as const satisfies Readonly<Record<string, CaseKind>>;
export type MessageShortcutId = keyof typeof MESSAGE_SHORTCUTS;
