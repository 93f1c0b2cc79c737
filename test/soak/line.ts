import { once } from 'node:events';
import net from 'node:net';

/** The network between one instance and a server: it can be cut, stall, or lose answers. */
export interface Line {
  /** `127.0.0.1:PORT`, to use in place of the real host. */
  readonly host: string;
  /** Cuts every connection now. */
  cut(): void;
  /** Refuses connections for this long, and cuts existing ones. */
  refuse(ms: number): void;
  /** Stalls requests (`out`) or answers (`back`) for this long; they arrive later. */
  stall(ms: number, way: 'out' | 'back'): void;
  /** Loses the answers of the next requests with one of these words: they are done, and the connection is cut. */
  loseAnswers(count: number, words: readonly string[]): void;
  /** Ends all faults. */
  heal(): void;
  close(): Promise<void>;
}

interface Pair {
  readonly client: net.Socket;
  readonly inner: net.Socket;
  /** Its next answer is lost. */
  doomed: boolean;
}

/** A line to the server at `target`. */
export async function openLine(target: URL): Promise<Line> {
  const pairs = new Set<Pair>();
  const timers = new Set<NodeJS.Timeout>();
  const still = { out: 0, back: 0 };
  let refusing = 0;
  let toLose: { left: number; words: readonly string[] } = { left: 0, words: [] };

  const later = (ms: number, then: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      then();
    }, ms);
    timers.add(timer);
  };
  const flow = ({ client, inner }: Pair) => {
    if (still.out) client.pause();
    else client.resume();
    if (still.back) inner.pause();
    else inner.resume();
  };
  const drop = (pair: Pair) => {
    pair.client.destroy();
    pair.inner.destroy();
    pairs.delete(pair);
  };

  const server = net.createServer((client) => {
    const inner = net.connect(Number(target.port), target.hostname);
    const pair: Pair = { client: client.setNoDelay(true), inner: inner.setNoDelay(true), doomed: false };
    for (const socket of [client, inner]) socket.on('error', () => drop(pair)).on('close', () => drop(pair));
    if (refusing) return drop(pair);
    pairs.add(pair);
    client.on('data', (chunk) => {
      if (toLose.left > 0 && toLose.words.some((word) => chunk.includes(word))) {
        toLose.left -= 1;
        pair.doomed = true;
      }
      inner.write(chunk);
    });
    inner.on('data', (chunk) => {
      if (pair.doomed) drop(pair);
      else client.write(chunk);
    });
    flow(pair);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as net.AddressInfo;

  const cut = () => {
    for (const pair of pairs) drop(pair);
  };
  const flowAll = () => {
    for (const pair of pairs) flow(pair);
  };
  return {
    host: `127.0.0.1:${port}`,
    cut,
    refuse(ms) {
      refusing += 1;
      cut();
      later(ms, () => {
        refusing = Math.max(0, refusing - 1);
      });
    },
    stall(ms, way) {
      still[way] += 1;
      flowAll();
      later(ms, () => {
        still[way] = Math.max(0, still[way] - 1);
        flowAll();
      });
    },
    loseAnswers(count, words) {
      toLose = { left: count, words };
    },
    heal() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      still.out = 0;
      still.back = 0;
      refusing = 0;
      toLose = { left: 0, words: [] };
      flowAll();
    },
    async close() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
