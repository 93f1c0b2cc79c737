import { parseArgs } from 'node:util';
import { startDemo } from './demo';

const USAGE = `A Slack workspace, a database and Warmline on this machine.

  ./scripts/demo             start (data of earlier runs are kept)
  ./scripts/demo --reset     start afresh
  ./scripts/demo --empty     a workspace that is still to be set up, with data of its own (with --reset: afresh)
  ./scripts/demo --play      also play one report through, from the command to its resolution, and print it
  ./scripts/demo --port N    another port for the page (a busy one leads to the next free)`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      reset: { type: 'boolean', default: false },
      empty: { type: 'boolean', default: false },
      play: { type: 'boolean', default: false },
      port: { type: 'string', default: '8055' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  if (values.empty && values.play) throw new Error('--play needs the SPs of the demo: leave out --empty or --play.');

  const stops: (() => Promise<void>)[] = [];
  let stopping = false;
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    console.log('\nStopping ...');
    for (const one of stops.reverse())
      await one().catch((error: unknown) =>
        console.error('While stopping:', error instanceof Error ? error.message : error),
      );
    process.exit(code);
  };
  process.on('SIGINT', () => void stop(0));
  process.on('SIGTERM', () => void stop(0));
  try {
    await startDemo({
      reset: values.reset,
      play: values.play,
      empty: values.empty,
      port: Number(values.port),
      onStop: (one) => stops.push(one),
      say: (line) => console.log(line),
    });
  } catch (error) {
    console.error(`The demo could not start: ${error instanceof Error ? error.message : String(error)}`);
    await stop(1);
  }
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
