import type { Actor } from '../domain/case';
import type { ServiceDeps } from './deps';
import type { HeardUntil } from './ports/watch';

const MINUTE = 60_000;
/**
 * What no one acknowledged Slack brings again at once, after a minute and after five; what was written while no one heard
 * it for longer, it does not. Every instance says once a minute that it hears, ms.
 */
export const UNHEARD_MS = 1.5 * MINUTE;
/** So far before that is looked as well: what is known already changes nothing. */
const MARGIN_MS = 10 * MINUTE;
/** What was written longer ago is not brought in anymore. */
const LONGEST_MS = 14 * 24 * 60 * MINUTE;
/** Of more people than this who owe an answer, the others are asked again by their reminders. */
const MOST_PEOPLE = 200;

/** Where people may have written to Warmline. */
export interface Places {
  /** Channels with cards. */
  readonly channels: readonly string[];
  /** People of whom something was asked in their direct messages. */
  readonly people: readonly Actor[];
}

/** How this instance hears of what people write. */
export interface Hearing {
  /** `away`: it hears nothing · `anew`: it did not a moment ago · `on`: it has all along. */
  state(): 'away' | 'anew' | 'on';
  /** What there was to hear up to now is heard. */
  heard(): void;
  /**
   * Reads what was written there since then, and deals with it as if Slack had just told of it; gives how much there was.
   * Rejects when Slack cannot be asked, or something could not be kept.
   */
  missed(places: Places, since: Date): Promise<number>;
}

type Deps = Pick<ServiceDeps, 'directory' | 'search' | 'now'> & {
  readonly heardUntil: HeardUntil;
  readonly hearing: Hearing;
};

/**
 * Brings in the replies and answers that people wrote while no instance heard them: Slack tells of them no more (domain
 * section 7). May be repeated, on any number of instances. Gives how much it looked at. Rejects when something of it could
 * not be kept, and the next run tries again.
 */
export async function catchUp(deps: Deps): Promise<number> {
  const { hearing, heardUntil, now } = deps;
  const state = hearing.state();
  if (state === 'away') return 0;
  const at = now();
  const until = state === 'anew' ? await heardUntil.get() : null;
  const isGap = until !== null && +at - +until > UNHEARD_MS;
  const since = isGap ? new Date(Math.max(+until - MARGIN_MS, +at - LONGEST_MS)) : at;
  const count = isGap ? await hearing.missed(await placesOf(deps), since) : 0;
  await heardUntil.set(at);
  hearing.heard();
  return count;
}

/** Whose answer is waited for. */
const RETURNED = { words: [], readable: [{}], notAbout: '', filedFrom: null, filedBefore: null };

async function placesOf({ directory, search }: Deps): Promise<Places> {
  const [areas, policy, returned] = await Promise.all([
    directory.areas(),
    directory.policy(),
    search.page({ ...RETURNED, states: ['returned'] }, MOST_PEOPLE),
  ]);
  const channels = [
    ...areas.flatMap(({ channel, fallbackChannel }) => [channel, fallbackChannel]),
    ...Object.values(policy.channels),
  ];
  return {
    channels: [...new Set(channels.filter((id) => id !== null))],
    people: [...new Set(returned.map(({ reporter }) => reporter))],
  };
}
