import type { Actor } from '../domain/actor';
import { calendarFor, isOpen, nextOpening } from '../domain/business-hours';
import { cleanText } from '../domain/clean-text';
import { coverOf } from '../domain/cover';
import type { Area } from '../domain/directory';
import type { Duty } from '../domain/duty';
import { calendarRulesFor } from '../domain/policy-time';
import type { ServiceDeps } from './deps';
import { peopleOf } from './standing';

/** How many areas a message shows; Slack is asked about the people of no others. */
const MOST_AREAS = 40;

/**
 * The duty of the areas whose name contains `text` (in any letter case; an empty text means all areas), and how many
 * more there are.
 */
export async function onDuty(
  deps: ServiceDeps,
  text: string,
): Promise<{ readonly duties: readonly Duty[]; readonly more: number }> {
  const [areas, policy, covers] = await Promise.all([
    deps.directory.areas(),
    deps.directory.policy(),
    deps.covers.recent(),
  ]);
  const now = deps.now();
  const { admins } = await peopleOf(deps, policy);
  const all = matching(areas, text);
  const found = all.slice(0, MOST_AREAS);
  const gone = await deactivated(deps, found.flatMap(peopleOfArea));
  const duties = found.map((area) => {
    const made = calendarFor(calendarRulesFor(policy, area.name), area.timeZone);
    if (!made.ok) throw new Error(`Area ${area.name}: ${made.fault}`);
    const people = peopleOfArea(area);
    return {
      area,
      now,
      opensAt: isOpen(made.calendar, now) ? null : nextOpening(made.calendar, now),
      admins,
      away: people.flatMap((id) => coverOf(covers, id, now) ?? []),
      gone: people.filter((id) => gone.has(id)),
    };
  });
  return { duties, more: all.length - found.length };
}

const peopleOfArea = ({ areaManager, deputy }: Area): Actor[] => [areaManager, deputy].filter((id) => id !== null);

async function deactivated({ people }: ServiceDeps, ids: readonly Actor[]): Promise<ReadonlySet<Actor>> {
  const accounts = await Promise.all([...new Set(ids)].map(async (id) => ({ id, ...(await people.account(id)) })));
  return new Set(accounts.filter(({ active }) => !active).map(({ id }) => id));
}

/** The area with exactly that name, else every one that contains it. */
function matching(areas: readonly Area[], text: string): readonly Area[] {
  const wanted = cleanText(text).toLowerCase();
  const exact = areas.filter(({ name }) => name.toLowerCase() === wanted);
  return exact.length ? exact : areas.filter(({ name }) => name.toLowerCase().includes(wanted));
}
