import { clockMaker } from '../domain/clocks';
import type { Area, ServiceProvider } from '../domain/directory';
import type { Derived } from '../domain/forms/form';
import type { CaseKind, Severity } from '../domain/kinds';
import type { Policy } from '../domain/policy';
import { type Route, route } from '../domain/routing';
import type { ServiceDeps } from './deps';
import { peopleOf } from './standing';

/** What the directory says of an SP account, and where a case about it would go. */
export interface Outlook {
  readonly provider: ServiceProvider | null;
  readonly area: Area | null;
  readonly policy: Policy;
  /** Null only when there is nobody at all to send a case to. */
  readonly route: Route | null;
}

/** Looks an SP account up: two indexed reads at most, usually none (the directory keeps what it read lately). */
export async function outlook(
  deps: ServiceDeps,
  kind: CaseKind,
  account: string | null,
  derived: Derived | null,
): Promise<Outlook> {
  const { directory } = deps;
  const [provider, policy] = await Promise.all([account ? directory.provider(account) : null, directory.policy()]);
  const area = provider && (await directory.area(provider.area));
  return {
    provider,
    area,
    policy,
    route: route({
      kind,
      account,
      provider,
      area,
      tone: derived?.tone ?? 'neutral',
      marks: derived?.marks ?? [],
      subjects: derived?.subjects ?? [],
      channels: policy.channels,
      ...peopleOf(policy, deps.admins),
    }),
  };
}

/** When the owner must respond to a case that is filed now, or null where the policy sets no clock. */
export function respondBy({ policy, area }: Outlook, kind: CaseKind, severity: Severity, now: Date): Date | null {
  return clockMaker(policy, area, kind, severity)('acknowledge', now)?.dueAt ?? null;
}
