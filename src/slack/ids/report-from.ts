import { CASE_KINDS } from '../../domain/kinds';
import type { CaseKind } from '../../domain/kinds/code';
import { isSlackId } from '../../domain/targets';

/** Starts a report from a message; its value identifies the message. */
export const reportFromId = (kind: CaseKind): string => `report_from:${kind}`;
export const REPORT_FROM = new RegExp(`^report_from:(${CASE_KINDS.join('|')})$`);
export const kindOfReportFrom = (id: string): CaseKind | null =>
  CASE_KINDS.find((kind) => kind === REPORT_FROM.exec(id)?.[1]) ?? null;

export const packMessage = (channel: string, ts: string): string => `${channel}|${ts}`;
/** Null for anything that `packMessage` did not write. */
export function readMessageRef(value: string): { readonly channel: string; readonly ts: string } | null {
  const [, channel, ts] = /^(\w+)\|(\d+\.\d+)$/.exec(value) ?? [];
  return channel && ts && isSlackId(channel) ? { channel, ts } : null;
}
