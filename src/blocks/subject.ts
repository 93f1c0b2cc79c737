import { isRestricted, readingRoles } from '../domain/access';
import type { CaseFacts } from '../domain/case';
import { KINDS } from '../domain/kinds';
import { ROLE_LABELS } from './home/config-words';
import { isolated } from './text';

const NOT_GIVEN = 'not given';

/** The SP's name; some reports have no SP (domain section 5). */
export const spName = ({ sp }: Pick<CaseFacts, 'sp'>): string =>
  sp.name === null ? sp.account || NOT_GIVEN : isolated(sp.name);
export const sjNumber = ({ sj }: Pick<CaseFacts, 'sj'>): string => sj || NOT_GIVEN;

/** A case's title for people who may not read its text: for a need-to-know one, only its kind (domain section 10). */
export const openTitle = ({ kind, title }: Pick<CaseFacts, 'kind' | 'title'>): string =>
  isRestricted(kind) ? KINDS[kind].label : title;

/** Why a need-to-know case's text is not shown, and whom to ask. */
export const keptBy = ({ kind }: Pick<CaseFacts, 'kind'>): string =>
  `The details are need-to-know. Who reads them: ${readingRoles(kind)
    .map((role) => ROLE_LABELS[role] ?? role)
    .join(', ')}.`;
