import type { Database } from '../../sandbox/database';
import type { MessageReading } from '../../sandbox/workspace';
import { formOf } from '../../src/domain/forms';
import { fileCase } from '../../src/services/file-case';
import { median, range, rounded } from './figures';
import { type Stage, setStage } from './stage';

/** What waits, and the workspace's rate. */
export interface Load {
  readonly channels: number;
  /** Cards that wait in each channel. */
  readonly aChannel: number;
  /** Between two messages in a channel, ms. */
  readonly intervalMs: number;
}

const LOAD: Load = { channels: 40, aChannel: 150, intervalMs: 500 };
/** How many the workspace accepts at once before its rate applies, like Slack. */
const BURST = 3;
const STAGE = { agents: 1, areas: LOAD.channels, postIntervalMs: LOAD.intervalMs };
const PATIENCE_MS = 4 * LOAD.aChannel * LOAD.intervalMs;

/**
 * 40 channels with 150 waiting cards each, and a workspace that accepts a message every 500 ms per channel: how much of
 * that is used, whether every card arrived once, and in the order of filing. The bare app posts the same by the clock.
 */
export async function delivery(database: Database, progress: (line: string) => void): Promise<object> {
  const bare = await run(await setStage(database, 'bare', STAGE), progress);
  const warmline = await run(await setStage(database, 'warmline', STAGE), progress);
  return { ...LOAD, goal: { share: 0.98 }, bare, warmline };
}

async function run(stage: Stage, progress: (line: string) => void) {
  const { workspace, channels } = stage;
  const { aChannel, intervalMs } = LOAD;
  const all = LOAD.channels * aChannel;
  try {
    const filed = stage.app === 'warmline' ? await fileAll(stage, LOAD) : null;
    progress(`delivery: ${stage.app} posts ${all} messages`);
    const app = await stage.start();
    const clock = setInterval(() => progress(`delivery: ${stage.app}, ${posted(stage)} posted`), 5_000);
    try {
      if (!filed) await app.do({ ask: 'post', channels, count: aChannel, intervalMs });
      await workspace.waitFor(() => posted(stage) >= all, PATIENCE_MS, 'every message');
      if (filed) await app.do({ ask: 'idle' });
    } finally {
      clearInterval(clock);
      await app.stop();
    }
    const bare = range(LOAD.channels).map(() => range(aChannel).map((index) => `message ${index}`));
    return outcome(stage, LOAD, filed ?? bare);
  } finally {
    await stage.stop();
  }
}

/** How many messages there are in all channels. */
export const posted = ({ workspace, channels }: Stage): number =>
  channels.reduce((sum, channel) => sum + workspace.messageCount(channel), 0);

/** The results. `expected`: for each channel, a text unique to each message, in order. */
export function outcome({ workspace, channels }: Stage, { intervalMs }: Load, expected: readonly string[][]) {
  const perChannel = channels.map((channel) => workspace.messages(channel));
  const shares = perChannel.map((messages) => share(messages, intervalMs));
  const verdicts = perChannel.map((messages, index) => held(messages, expected[index] ?? []));
  const total = (of: (verdict: (typeof verdicts)[number]) => number) => verdicts.reduce((sum, one) => sum + of(one), 0);
  return {
    share: rounded(median(shares), 4),
    worstShare: rounded(Math.min(...shares), 4),
    lost: total(({ lost }) => lost),
    twice: total(({ twice }) => twice),
    channelsOutOfOrder: total(({ inOrder }) => (inOrder ? 0 : 1)),
  };
}

/** The share used of what a channel was allowed, including its burst, between the first and the last message. */
function share(messages: readonly MessageReading[], intervalMs: number): number {
  const ms = (Number(messages.at(-1)?.ts) - Number(messages[0]?.ts)) * 1000;
  return messages.length / (BURST + ms / intervalMs);
}

/** `expected`: a text unique to each message, in order. */
function held(messages: readonly MessageReading[], expected: readonly string[]) {
  const places = expected.map((text) => messages.flatMap((message, at) => (hasWord(message, text) ? [at] : [])));
  const first = places.flatMap(([at]) => (at === undefined ? [] : [at]));
  return {
    lost: places.filter((found) => found.length === 0).length,
    twice: places.reduce((sum, found) => sum + Math.max(0, found.length - 1), 0),
    inOrder: first.every((at, index) => index === 0 || at > (first[index - 1] ?? 0)),
  };
}

const hasWord = ({ text }: MessageReading, words: string) =>
  text === words || text.includes(`${words} `) || text.includes(`${words}:`);

/** Files every channel's cases while no app runs, so that all of them wait when it starts; returns their references. */
export async function fileAll({ accounts, workspace, tool }: Stage, load: Load): Promise<string[][]> {
  const base = Date.now();
  let tick = 0;
  const app = await tool(() => new Date(base + tick++));
  const deps = { ...app.jobDeps, onStored: () => undefined };
  const reporter = workspace.ids.users.agent0 ?? '';
  const file = async (area: number, index: number): Promise<string> => {
    const answers = {
      sp_account: accounts[area] ?? '',
      sj: String(1_000_000 + area * load.aChannel + index),
      reason: 'recall_reassignment',
      recall_reason: 'account_inactive',
    };
    const id = `bench:${area}:${index}`;
    const filed = await fileCase(deps, { id, form: formOf('sp_feedback'), answers, reporter, source: null });
    if (!filed.ok) throw new Error(`A case could not be filed: ${JSON.stringify(filed.faults)}`);
    return filed.stored.ref;
  };
  const refs = await Promise.all(
    range(load.channels).map(async (area) => {
      const filed: string[] = [];
      for (const index of range(load.aChannel)) filed.push(await file(area, index));
      return filed;
    }),
  );
  await app.stop();
  return refs;
}
