/** Somebody who is no member of the company that runs Warmline: Slack Connect brings them into its channels. */
export interface Outsider {
  readonly company: {
    /** Slack's id of their workspace. */
    readonly id: string;
    /** Null where Slack does not tell. */
    readonly name: string | null;
  };
  readonly name: string | null;
}

/**
 * What an outsider wrote under a card, as a note holds it: nobody may take it for a colleague's word. Names are
 * theirs to choose, so they say no more than whom Slack calls so.
 */
export function quotation({ company, name }: Outsider, text: string): string {
  const from = company.name ? `${company.name}, ${company.id}` : company.id;
  return `${name ?? 'Someone'} from another company (${from}) wrote: ${text}`;
}

/** What somebody of another company is told when they write to Warmline. */
export const NOT_FOR_OUTSIDERS =
  'Warmline is for the people of the company that runs it, so it cannot do anything with your message. Please talk to your contact there.';
