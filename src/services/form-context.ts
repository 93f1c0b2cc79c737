import type { Actor } from '../domain/actor';
import type { ServiceProvider } from '../domain/directory';
import { looksHighRisk, type Settled, settledSoFar } from '../domain/forms/engine';
import type { Answers, Catalogue, Form } from '../domain/forms/form';
import type { Numbers } from '../domain/forms/numbers';
import type { FormOutlook, OpenCase } from '../domain/forms/outlook';
import { KINDS } from '../domain/kinds';
import type { Policy } from '../domain/policy';
import type { Destination } from '../domain/route';
import { type SpStanding, seenStanding } from '../domain/sp-standing';
import { isChannel } from '../domain/targets';
import type { ServiceDeps } from './deps';
import { numbersFor } from './numbers';
import { openCases } from './open-cases';
import { outlook, respondBy } from './preview-case';
import { procedureOf, withSupplied } from './procedures';

/** What can be shown before any lookup. */
export const blankOutlook = (form: Form, answers: Answers): FormOutlook => ({
  sp: { status: answers[form.spQuestion] ? 'looking_up' : 'none' },
  preview: null,
  openCases: [],
  highRiskHint: false,
  supplied: {},
  told: null,
});

/** A form as far as it is filled in, and who sees it. */
interface InForm {
  readonly form: Form;
  readonly answers: Answers;
  readonly catalogue: Catalogue;
  readonly reader: Actor;
}

/** Everything around the answers, including open cases. Rejects if the store is unreachable. */
export async function formOutlook(deps: ServiceDeps, given: InForm): Promise<FormOutlook> {
  const filled = await filledIn(deps, given);
  const [context, open] = await Promise.all([outlookFor(deps, filled), openCasesOf(deps, filled)]);
  return { ...context, openCases: open };
}

/** With the answers that count, including supplied ones: computed once for everything around them. */
type Filled = InForm & Settled & { readonly supplied: Answers };
async function filledIn(deps: ServiceDeps, given: InForm): Promise<Filled> {
  const { form, catalogue } = given;
  const { answers, supplied } = await withSupplied(deps, form, given.answers);
  return { ...given, ...settledSoFar(form, answers, catalogue), supplied };
}

/** Open cases that this report may belong to: of its SJ, or of its SP with a shared code. Not cached. */
export const openCasesFor = (deps: ServiceDeps, given: InForm): Promise<readonly OpenCase[]> =>
  openCasesOf(deps, { ...given, ...settledSoFar(given.form, given.answers, given.catalogue) });

async function openCasesOf(
  deps: ServiceDeps,
  { form, answers, derived, reader }: InForm & Settled,
): Promise<readonly OpenCase[]> {
  const numbers = await numbersFor(deps);
  const sj = numbers.parseSjNumber(String(answers[form.sjQuestion] ?? ''));
  const { codes = [], tone = null } = derived ?? {};
  return openCases(
    deps,
    { kind: form.kind, sj: sj.ok ? sj.value : null, account: accountOf(form, answers, numbers), codes, tone },
    reader,
  );
}

/** The SP, the destination and the procedure's notice: what a form can show at once, usually from the cache. */
export const quickOutlook = async (deps: ServiceDeps, given: InForm): Promise<FormOutlook> =>
  outlookFor(deps, await filledIn(deps, given));

async function outlookFor(
  deps: ServiceDeps,
  { form, answers, derived, supplied, catalogue, reader }: Filled,
): Promise<FormOutlook> {
  const account = accountOf(form, answers, await numbersFor(deps));
  const [found, sp, told] = await Promise.all([
    account ? outlook(deps, form.kind, account, derived) : null,
    account ? deps.standings.of(account) : null,
    procedureOf(form.kind).notice?.(deps, answers, reader) ?? null,
  ]);
  const now = deps.now();
  const severity = derived?.severity ?? 'normal';
  const route = found?.route;
  return {
    sp: found ? seenSp(found.provider, sp, now) : { status: 'none' },
    preview:
      found && route
        ? {
            ...places(route.destinations, found.policy.channels),
            ownerId: takenBy(form, answers) ?? route.owner,
            respondBy: respondBy(found, form.kind, severity, now),
            ...(route.unrouted ? { fallbackReason: route.unrouted } : {}),
          }
        : null,
    openCases: [],
    highRiskHint: looksHighRisk(form, answers, catalogue),
    supplied,
    told,
  };
}

/** What a form shows about the typed SP, its standing first. */
const seenSp = (provider: ServiceProvider | null, sp: SpStanding | null, now: Date): FormOutlook['sp'] => ({
  ...(provider
    ? { status: 'known', name: provider.name, area: provider.area, active: provider.status !== 'inactive' }
    : { status: 'unknown' }),
  standing: seenStanding(provider, sp, now),
});

/** The person who took the caller already owns the case. */
const takenBy = ({ kind }: Form, answers: Answers): Actor | null =>
  KINDS[kind].transfer?.moves(answers).map((move) => (move.type === 'transfer' ? move.specialist : null))[0] ?? null;

const CHANNEL_WORDS: Readonly<Partial<Record<keyof Policy['channels'], string>>> = {
  risk: 'the risk channel',
  leadership: 'the leadership channel',
  provider_advocate: 'the Provider Advocate channel',
  admin_review: 'the Admin review channel',
  recognition: 'the recognition channel',
};

/** The places a case goes to, the main one first, in words if they are private. */
function places(destinations: readonly Destination[], channels: Policy['channels']) {
  const named = destinations.map(({ channel, show }) => {
    const name = Object.entries(CHANNEL_WORDS).find(([key]) => channels[key as keyof Policy['channels']] === channel);
    const place = name?.[1] ?? (isChannel(channel) ? undefined : 'an admin');
    return { channelId: channel, redacted: show === 'redacted', ...(place ? { place } : {}) };
  });
  const [main, ...copies] = named;
  return { channelId: main?.channelId ?? null, ...(main?.place ? { place: main.place } : {}), copies };
}

function accountOf(form: Form, answers: Answers, numbers: Numbers): string | null {
  const parsed = numbers.parseSpAccount(String(answers[form.spQuestion] ?? ''));
  return parsed.ok ? parsed.value : null;
}
