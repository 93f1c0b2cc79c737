/** An area (territory): whose channel gets its cases and who owns them. Slack ids throughout; the key is the name. */
export interface Area {
  readonly name: string;
  /** IANA time zone, e.g. `America/Denver`. */
  readonly timeZone: string;
  /** Channel id of the area's cards, or null. */
  readonly channel: string | null;
  /** Slack user id of the Area Manager. */
  readonly areaManager: string | null;
  readonly deputy: string | null;
  /** Slack user id of the Area Manager's own manager, for late escalations. */
  readonly manager: string | null;
  readonly fallbackChannel: string | null;
}

/** An area as someone wrote or picked it: channels as #name or id, people as email or id; empty if there is none. */
export type GivenArea = { readonly [Field in keyof Area]: string };

/** The standings of an SP, mildest first: the most severe that applies counts (domain section 12). */
export const STANDINGS = ['active', 'on_notice', 'inactive', 'suspended', 'removed'] as const;
export type Standing = (typeof STANDINGS)[number];

/** A service professional of the directory. `account` is the key (upper case, trimmed). */
export interface ServiceProvider {
  readonly account: string;
  readonly name: string;
  readonly area: string;
  readonly phone: string | null;
  readonly email: string | null;
  /** The directory's own status; what cases set is stored apart (`SpStanding`). */
  readonly status: Standing;
}

/** SPs with a matching name. */
export interface SpOffer {
  readonly name: string;
  readonly providers: readonly ServiceProvider[];
  readonly isMore: boolean;
}
