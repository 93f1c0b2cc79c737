import type { Area, ServiceProvider } from '../domain/directory';
import type { Derived } from '../domain/forms/form';
import type { CaseKind } from '../domain/kinds/code';
import type { Policy } from '../domain/policy';
import { dueAt } from '../domain/policy-time';
import type { Route, Router } from '../domain/route';
import { route } from '../domain/routing';
import type { Severity } from '../domain/severity';
import type { ServiceDeps } from './deps';
import { channelsReadBy } from './shut-channels';
import { peopleOf } from './standing';

/** The directory's data of an SP account, and where a case about it would go. */
export interface Outlook {
  readonly provider: ServiceProvider | null;
  readonly area: Area | null;
  readonly policy: Policy;
  /** Null only if there is no one to send a case to. */
  readonly route: Route | null;
}

/** Looks up an SP account: at most two indexed reads, usually none (the directory is cached). */
export async function outlook(
  deps: ServiceDeps,
  kind: CaseKind,
  account: string | null,
  derived: Derived | null,
  router?: Router,
): Promise<Outlook> {
  const { directory } = deps;
  const [provider, policy] = await Promise.all([account ? directory.provider(account) : null, directory.policy()]);
  const area = provider && (await directory.area(provider.area));
  return {
    provider,
    area,
    policy,
    route: route(
      {
        kind,
        account,
        provider,
        area,
        tone: derived?.tone ?? 'neutral',
        marks: derived?.marks ?? [],
        subjects: derived?.subjects ?? [],
        channels: policy.channels,
        readBySubjects: await channelsReadBy(deps, derived?.subjects ?? [], secretOf(policy)),
        ...(await peopleOf(deps, policy)),
      },
      router,
    ),
  };
}

/** The need-to-know channels. */
const secretOf = ({ channels: { risk, leadership, provider_advocate: advocates } }: Policy): readonly string[] =>
  [risk, leadership, advocates].filter((id) => id !== null);

/** When a case filed now must be reviewed or else acknowledged, or null if the policy sets no clock. */
export function respondBy(
  { policy, area, route }: Outlook,
  kind: CaseKind,
  severity: Severity,
  now: Date,
): Date | null {
  return dueAt(policy, area, kind, severity, route?.state === 'in_review' ? 'review' : 'acknowledge', now);
}
