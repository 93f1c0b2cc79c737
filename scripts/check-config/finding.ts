/** The result of one check. `missing`: something does not work until someone does what `todo` says. */
export type Finding =
  | { readonly is: 'fine' | 'note'; readonly about: string }
  | { readonly is: 'missing'; readonly about: string; readonly todo: string };

export const fine = (about: string): Finding => ({ is: 'fine', about });
export const note = (about: string): Finding => ({ is: 'note', about });
export const missing = (about: string, todo: string): Finding => ({ is: 'missing', about, todo });

/** A finding as one line. */
export const lineOf = (finding: Finding): string =>
  finding.is === 'missing'
    ? `MISSING  ${finding.about}: ${finding.todo}`
    : `${finding.is === 'fine' ? 'ok     ' : 'note   '}  ${finding.about}`;

/** Why something failed, in one line. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').replace(/\.$/, '');
