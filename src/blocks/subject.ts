import type { CaseFacts } from '../domain/case';

const NOT_GIVEN = 'not given';

/** The SP as people call it; some reports are about none (domain section 5). */
export const spName = ({ sp }: Pick<CaseFacts, 'sp'>): string => sp.name ?? (sp.account || NOT_GIVEN);
export const sjNumber = ({ sj }: Pick<CaseFacts, 'sj'>): string => sj || NOT_GIVEN;
