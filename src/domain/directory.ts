import type { Standing } from './sp-standing';

/** An area (territory): whose channel its cases go to and who owns them. Slack ids throughout; the key is the name. */
export interface Area {
  readonly name: string;
  /** IANA time zone, e.g. `America/Denver`. */
  readonly timeZone: string;
  /** Channel id of the area's cards, or null while none is set. */
  readonly channel: string | null;
  /** Slack user id of the Area Manager. */
  readonly areaManager: string | null;
  readonly deputy: string | null;
  /** Slack user id of the Area Manager's own manager, to whom a late follow-up climbs. */
  readonly manager: string | null;
  readonly fallbackChannel: string | null;
}

/** A service professional of the directory. `account` is the key (upper case, trimmed). */
export interface ServiceProvider {
  readonly account: string;
  readonly name: string;
  readonly area: string;
  readonly phone: string | null;
  readonly email: string | null;
  /** What the directory itself says; what cases set is kept apart (`SpStanding`). */
  readonly status: Standing;
}

/** SPs that go by a name; none where no one does. */
export interface SpOffer {
  readonly name: string;
  readonly providers: readonly ServiceProvider[];
  /** There are more than these. */
  readonly isMore: boolean;
}
