import type { Actor } from '../domain/actor';
import { CLOCKS_DIFFER_MS } from '../domain/clocks';
import { isChannel } from '../domain/targets';
import type { ServiceDeps } from './deps';
import type { HeardUntil } from './ports/watch';

const MINUTE = 60_000;
/**
 * A shorter gap needs no catching up, ms: Slack repeats an unacknowledged event at once, after a minute and after five.
 * Each instance records once a minute that it receives events.
 */
export const UNHEARD_MS = 1.5 * MINUTE;
/** Reading starts this long before the gap. Messages that Warmline already has change nothing. */
const MARGIN_MS = 10 * MINUTE;
const DAY_MS = 24 * 60 * MINUTE;
/** Older messages are not read. */
const LONGEST_MS = 14 * DAY_MS;
/** Reads the direct messages of at most this many people who owe an answer. Reminders ask the others again. */
const MOST_PEOPLE = 200;

/** Where people may have written to Warmline. */
export interface Places {
  /** Channels with cards. */
  readonly channels: readonly string[];
  /** People who were asked something in a direct message. */
  readonly people: readonly Actor[];
}

/** How this instance receives what people write. */
export interface Reception {
  /** `away`: it receives nothing · `resumed`: it may have missed something · `steady`: it has missed nothing. */
  state(): 'away' | 'resumed' | 'steady';
  /** Everything written so far has been received. */
  caughtUp(): void;
  /**
   * Reads what people wrote there since then and handles it as if Slack had just sent it. Returns how many messages.
   * Rejects if Slack cannot be asked or a message could not be stored.
   */
  replay(places: Places, since: Date): Promise<number>;
}

type Deps = Pick<ServiceDeps, 'cases' | 'directory' | 'search' | 'now' | 'slackNow'> & {
  readonly heardUntil: HeardUntil;
  readonly reception: Reception;
};

/**
 * Reads the replies and answers that people wrote while no instance received them: Slack does not send them again (domain
 * section 7). Safe to repeat, on any number of instances. Returns how many messages it read. Rejects if one could not be
 * stored; the next run tries again.
 */
export async function catchUp(deps: Deps): Promise<number> {
  const { reception, heardUntil, now } = deps;
  const state = reception.state();
  if (state === 'away') return 0;
  const at = now();
  const until = state === 'resumed' ? await heardUntil.get() : null;
  const count = until === null ? 0 : await replayed(deps, until, at);
  await heardUntil.set(at);
  reception.caughtUp();
  return count;
}

/** Reads what was written in the gap since `until`, if there is one. Slack's history goes by Slack's own clock. */
async function replayed(deps: Deps, until: Date, at: Date): Promise<number> {
  // Recorded by a clock that was ahead: how long the gap is, no one knows.
  const from = +until > +at + CLOCKS_DIFFER_MS ? +at - DAY_MS : +until;
  if (+at - from <= UNHEARD_MS) return 0;
  const aheadMs = +at - +(await deps.slackNow());
  const since = new Date(Math.max(from - MARGIN_MS, +at - LONGEST_MS) - aheadMs);
  return deps.reception.replay(await placesOf(deps), since);
}

/** Cases that wait for their reporter's answer. */
const RETURNED = { words: [], readable: [{}], notAbout: '', filedFrom: null, filedBefore: null };

async function placesOf({ cases, directory, search }: Deps): Promise<Places> {
  const [carded, areas, policy, returned] = await Promise.all([
    cases.openChannels(),
    directory.areas(),
    directory.policy(),
    search.page({ ...RETURNED, states: ['returned'] }, MOST_PEOPLE),
  ]);
  const channels = [
    ...carded.filter(isChannel),
    ...areas.flatMap(({ channel, fallbackChannel }) => [channel, fallbackChannel]),
    ...Object.values(policy.channels),
  ];
  return {
    channels: [...new Set(channels.filter((id) => id !== null))],
    people: [...new Set(returned.map(({ reporter }) => reporter))],
  };
}
