/** Someone who may not use Warmline: a person of another company (Slack Connect), or a guest of the workspace. */
export interface Outsider {
  /** Null: a guest. */
  readonly company: {
    readonly id: string;
    /** Null if Slack does not return it. */
    readonly name: string | null;
  } | null;
  readonly name: string | null;
}

/**
 * An outsider's words under a card, as a note: no one may take them for a colleague's. Outsiders choose their own
 * names, so they are only "called" that.
 */
export function quotation({ company, name }: Outsider, text: string): string {
  const whom = name ?? 'Someone';
  if (!company) return `${whom}, a guest in Slack, wrote: ${text}`;
  return `${whom} from another company (${companyWords(company)}) wrote: ${text}`;
}

/** A company by its name, and by its id, which no one can choose. */
export const companyWords = ({ id, name }: NonNullable<Outsider['company']>): string => (name ? `${name}, ${id}` : id);

/** What an outsider is told who presses, types or submits something. `team`: the name of our workspace. */
export function notForOutsiders({ company }: Outsider, team: string | null): string {
  const whose = team ?? 'the company that runs it';
  const who = company ? '' : ' You are a guest in Slack.';
  return `Warmline is for people at ${whose}.${who} Nothing was changed. Tell the person you work with, or reply in the thread: your words are kept as a quote.`;
}

/** What someone is told while Slack does not say whether they are a colleague. */
export const COMPANY_UNKNOWN =
  'Slack does not say right now which company you belong to, so nothing was changed. What you typed is still there. Please try again in a moment.';

/** What an outsider is told who writes to Warmline. */
export const NOT_FOR_OUTSIDERS =
  'Warmline is for the people of the company that runs it, so it cannot do anything with your message. Please talk to your contact there.';
