import { SYSTEM } from '../domain/actor';
import type { CaseLink } from '../domain/case';
import type { ServiceDeps } from './deps';
import { moveCase } from './move-case';
import type { StoredCase } from './ports/cases';

/** Forms related to the one being filed, by the ids of their windows; they may never have been filed. */
export interface FormerForms {
  /** The one it continues. */
  readonly continues?: string | undefined;
  /** Those that continue it. */
  readonly continuedBy?: readonly string[] | undefined;
}

/** The links of a new case to those that were filed. */
export async function linksTo({ cases }: ServiceDeps, { continues, continuedBy = [] }: FormerForms) {
  const link = async (id: string, relation: CaseLink['relation']): Promise<CaseLink[]> => {
    const stored = await cases.byId(id);
    return stored ? [{ ref: stored.ref, relation }] : [];
  };
  const links = await Promise.all([
    ...(continues ? [link(continues, 'continues')] : []),
    ...continuedBy.map((id) => link(id, 'continued_by')),
  ]);
  return links.flat();
}

const BACK: Partial<Record<CaseLink['relation'], CaseLink['relation']>> = {
  continues: 'continued_by',
  continued_by: 'continues',
  related: 'related',
};

/** Links the other cases back to this one; existing links stay as they are. */
export async function linkBack(deps: ServiceDeps, { ref, links }: StoredCase): Promise<void> {
  for (const link of links) {
    const relation = BACK[link.relation];
    if (!relation) continue;
    await moveCase(deps, {
      find: { ref: link.ref },
      move: { type: 'link', link: { ref, relation } },
      by: SYSTEM,
      key: null,
    });
  }
}
