import { derivedSoFar, looksHighRisk, prune } from '../domain/forms/engine';
import type { Answers, Catalogue, Form } from '../domain/forms/form';
import { parseSjNumber, parseSpAccount } from '../domain/forms/numbers';
import { stateWord } from '../domain/moves';
import type { ServiceDeps } from './deps';
import type { StoredCase } from './ports';
import { outlook, respondBy } from './preview-case';

/** What a form shows around the answers given so far (domain section 3). */
export interface FormOutlook {
  readonly sp: {
    readonly status: 'none' | 'looking_up' | 'known' | 'unknown';
    readonly name?: string;
    readonly area?: string;
    readonly active?: boolean;
  };
  readonly preview: null | {
    readonly channelId: string | null;
    readonly ownerId: string | null;
    readonly respondBy: Date | null;
    readonly fallbackReason?: string;
  };
  readonly openCases: readonly { ref: string; state: string; ageText: string; ownerId: string | null }[];
  readonly highRiskHint: boolean;
}

/** What can be shown before anything was looked up. */
export const blankOutlook = (form: Form, answers: Answers): FormOutlook => ({
  sp: { status: accountOf(form, answers) ? 'looking_up' : 'none' },
  preview: null,
  openCases: [],
  highRiskHint: false,
});

/** Looks up the SP, the destination and the open cases of the SJ. Rejects when the store cannot be reached. */
export async function formOutlook(
  deps: ServiceDeps,
  form: Form,
  given: Answers,
  catalogue: Catalogue,
): Promise<FormOutlook> {
  const answers = prune(form, given, catalogue);
  const account = accountOf(form, answers);
  const sj = parseSjNumber(String(answers[form.sjQuestion] ?? ''));
  const derived = derivedSoFar(form, answers, catalogue);
  const [found, open] = await Promise.all([
    account ? outlook(deps, form.kind, account, derived) : null,
    sj.ok ? deps.cases.openBySj(sj.value) : [],
  ]);
  const now = deps.now();
  const severity = derived?.severity ?? 'normal';
  const { provider, route } = found ?? { provider: null, route: null };
  return {
    sp: provider
      ? { status: 'known', name: provider.name, area: provider.area, active: provider.status === 'active' }
      : { status: found ? 'unknown' : 'none' },
    preview:
      found && route
        ? {
            channelId:
              route.destinations.map(({ channel }) => channel).find((channel) => /^[CG]/.test(channel)) ?? null,
            ownerId: route.owner,
            respondBy: respondBy(found, form.kind, severity, now),
            ...(route.unrouted ? { fallbackReason: route.unrouted } : {}),
          }
        : null,
    openCases: open.map((stored) => openCase(stored, now)),
    highRiskHint: looksHighRisk(form, answers, catalogue),
  };
}

function accountOf(form: Form, answers: Answers): string | null {
  const parsed = parseSpAccount(String(answers[form.spQuestion] ?? ''));
  return parsed.ok ? parsed.value : null;
}

const openCase = ({ ref, state, filedAt, owner }: StoredCase, now: Date) => ({
  ref,
  state: stateWord(state),
  ageText: ageText(+now - +filedAt),
  ownerId: owner,
});

/** An age as people say it: "20 min", "3 h", "2 days". */
function ageText(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h`;
  return `${Math.floor(hours / 24)} days`;
}
