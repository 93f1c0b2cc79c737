import type { Procedure } from './procedure';

/** The warm transfer of a caller who refuses to wait is on record from the start (domain section 5). */
export const leadership: Procedure = {
  moves({ path, transfer, specialist, handover }) {
    if (path !== 'refuses') return [];
    return [
      {
        type: 'transfer',
        connected: transfer === 'connected',
        specialist: typeof specialist === 'string' ? specialist : null,
        summary: String(handover ?? ''),
      },
    ];
  },
};
