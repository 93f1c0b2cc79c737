import { isRestricted, mayRead } from '../domain/access';
import { SYSTEM } from '../domain/actor';
import type { CaseFacts, CaseLink } from '../domain/case';
import type { ServiceDeps } from './deps';
import { moveCase } from './move-case';
import type { StoredCase } from './ports/cases';
import { areaOf, personOf } from './standing';

/** Forms related to the one being filed, by the ids of their windows; they may never have been filed. */
export interface FormerForms {
  /** The one it continues. */
  readonly continues?: string | undefined;
  /** Those that continue it. */
  readonly continuedBy?: readonly string[] | undefined;
}

/** What was filed of these forms, and its relation to a new case. */
async function formerCases({ cases }: ServiceDeps, { continues, continuedBy = [] }: FormerForms) {
  const former = async (id: string, relation: CaseLink['relation']) => {
    const stored = await cases.byId(id);
    return stored ? [{ stored, relation }] : [];
  };
  const found = await Promise.all([
    ...(continues ? [former(continues, 'continues')] : []),
    ...continuedBy.map((id) => former(id, 'continued_by')),
  ]);
  return found.flat();
}

/** The links of a new case to those that were filed, except to one about someone who reads the new one. */
export async function linksTo(deps: ServiceDeps, forms: FormerForms, report: Read): Promise<CaseLink[]> {
  const all = await formerCases(deps, forms);
  const hidden = await Promise.all(all.map(({ stored }) => isReadBySubjects(deps, stored, report)));
  return all.flatMap(({ stored: { ref }, relation }, i) => (hidden[i] ? [] : [{ ref, relation }]));
}

type Read = Parameters<typeof mayRead>[0] & Pick<CaseFacts, 'area' | 'grants'>;

/** Whether someone whom a report names reads the other case, whose card would name the report (domain section 10). */
export async function isReadBySubjects(
  deps: ServiceDeps,
  { subjects }: Pick<Read, 'subjects'>,
  other: Read,
): Promise<boolean> {
  if (!subjects.length) return false;
  if (!isRestricted(other.kind)) return true;
  const [area, people] = await Promise.all([
    areaOf(deps, other.area),
    Promise.all(subjects.map((subject) => personOf(deps, subject, [other]))),
  ]);
  return people.some((person) => mayRead(other, person, area));
}

const BACK: Partial<Record<CaseLink['relation'], CaseLink['relation']>> = {
  continues: 'continued_by',
  continued_by: 'continues',
  related: 'related',
};

/**
 * Links the other cases back to this one, unless it is about someone who reads them; existing links stay. Reads its
 * forms again: one of them may have been filed meanwhile.
 */
export async function linkBack(deps: ServiceDeps, stored: StoredCase, forms: FormerForms = {}): Promise<void> {
  const former = (await formerCases(deps, forms)).map(({ stored: { ref }, relation }): CaseLink => ({ ref, relation }));
  const others = former.filter(({ ref }) => !stored.links.some((link) => link.ref === ref));
  for (const { ref, relation } of [...stored.links, ...others]) {
    const back = BACK[relation];
    const other = back && stored.subjects.length ? await deps.cases.byRef(ref) : null;
    if (!back || (other && (await isReadBySubjects(deps, stored, other)))) continue;
    await moveCase(deps, {
      find: { ref },
      move: { type: 'link', link: { ref: stored.ref, relation: back } },
      by: SYSTEM,
      key: null,
    });
  }
}
