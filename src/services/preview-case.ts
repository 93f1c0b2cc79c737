import { clockMaker } from '../domain/clocks';
import type { Area, ServiceProvider } from '../domain/directory';
import type { CaseKind, Severity } from '../domain/kinds';
import type { Policy } from '../domain/policy';
import { type Route, route } from '../domain/routing';
import type { ServiceDeps } from './deps';

/** What the directory says of an SP account, and where a case about it would go. */
export interface Outlook {
  readonly provider: ServiceProvider | null;
  readonly area: Area | null;
  readonly policy: Policy;
  /** Null only when there is nobody at all to send a case to. */
  readonly route: Route | null;
}

/** Looks an SP account up: two indexed reads at most, usually none (the directory keeps what it read lately). */
export async function outlook({ directory, admins }: ServiceDeps, account: string): Promise<Outlook> {
  const [provider, policy] = await Promise.all([directory.provider(account), directory.policy()]);
  const area = provider && (await directory.area(provider.area));
  return {
    provider,
    area,
    policy,
    route: route(provider, area, { fallback: policy.channels.fallback, admins }, account),
  };
}

/** When the owner must respond to a case that is filed now, or null where the policy sets no clock. */
export function respondBy({ policy, area }: Outlook, kind: CaseKind, severity: Severity, now: Date): Date | null {
  return clockMaker(policy, area, kind, severity)('acknowledge', now)?.dueAt ?? null;
}
