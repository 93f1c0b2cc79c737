import { parseArgs } from 'node:util';
import dotenv from 'dotenv';
import { createApp } from '../src/app';
import { readConfig } from '../src/config';
import { type PersonQuery, personQueryFault } from '../src/domain/person-data';
import { amount } from '../src/domain/wording';
import { makeLog } from '../src/log';
import { erasePerson, type FoundData, findPerson, type PersonDeps } from '../src/services/person-data';

const VERBS = ['find', 'export', 'erase'] as const;
type Verb = (typeof VERBS)[number];
const USAGE = `What Warmline keeps about a person, for whoever answers their request.

  npm run person -- find   --phone 555-0100-200 [--email a@b.example] [--name "First Last"]
  npm run person -- export --name "First Last" > person.json
  npm run person -- erase  --email a@b.example [--yes]

  find     says where they are mentioned, and what erasing would leave and why
  export   the same with every text that mentions them, as JSON
  erase    the same as find, and changes nothing; with --yes it erases what may be erased
  --quick  reads only the cases that a search finds: seconds instead of minutes, but it misses what stands only in a note
           that was edited since, or in one of a long case's older notes
Any of --phone, --email and --name: what mentions any of them is found. What export writes is personal: keep it safe.
Exit code: 0 done, 1 not done (what went wrong is said), 2 done, and something has to be tried once more.`;

/** How often a walk over all cases reports progress. */
const SAY_EVERY = 10_000;

type Wanted =
  | { ok: true; verb: Verb | 'help'; person: PersonQuery; yes: boolean; quick: boolean }
  | { ok: false; fault: string };

/** Runs what these arguments ask for; returns the exit code. */
export async function runPerson(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  say: (line: string) => void,
  complain: (line: string) => void,
): Promise<0 | 1 | 2> {
  const wanted = readArguments(args);
  if (!wanted.ok) {
    complain(`${wanted.fault}\n\n${USAGE}`);
    return 1;
  }
  if (wanted.verb === 'help') {
    say(USAGE);
    return 0;
  }
  const read = readConfig(env);
  if (!read.ok) {
    for (const fault of read.faults) complain(fault);
    return 1;
  }
  const log = makeLog({ ...read.config, logLevel: 'error' }, { write: (line: string) => void complain(line) });
  const app = await createApp({ config: read.config, log });
  try {
    const why = await app.unfit();
    if (why) {
      complain(why);
      return 1;
    }
    // The running app finds new messages by itself.
    return await run({ ...app.jobDeps, onStored: () => undefined }, wanted, say, complain);
  } finally {
    await app.stop();
  }
}

async function run(
  deps: PersonDeps,
  { verb, person, yes, quick }: Wanted & { ok: true },
  say: (line: string) => void,
  complain: (line: string) => void,
): Promise<0 | 2> {
  const onRead = (cases: number) => {
    if (cases % SAY_EVERY === 0) complain(`${amount(cases)} cases read ...`);
  };
  const looking = { quick, onRead };
  if (verb === 'export') {
    say(JSON.stringify({ made: deps.now(), person, ...(await findPerson(deps, person, looking)) }, null, 2));
    return 0;
  }
  if (verb === 'find' || !yes) {
    const found = await findPerson(deps, person, looking);
    for (const line of report(found)) say(line);
    if (verb === 'erase') say('Nothing was changed. With --yes, what may be erased is.');
    return 0;
  }
  const { found, cases, beside, missed } = await erasePerson(deps, person, looking);
  for (const line of report(found)) say(line);
  say(
    `Erased in ${cases.length} of ${found.cases.length} cases, and in ${beside === 1 ? '1 other place' : `${amount(beside)} other places`}.`,
  );
  for (const ref of missed) say(`${ref}: changed meanwhile, and was not erased. Run it once more.`);
  for (const line of inSlack(found, cases)) say(line);
  return missed.length ? 2 : 0;
}

/** One line per place, with the reason if it stays. */
function report({ cases, beside, standing }: FoundData): readonly string[] {
  const lines = [
    ...cases.map(({ ref, texts, kept }) =>
      kept === null ? `${ref}: ${count(texts.length)}, may be erased` : `${ref}: ${count(texts.length)}, KEPT: ${kept}`,
    ),
    ...beside.map(({ what, texts }) => `${BESIDE[what]}: ${count(texts.length)}, may be erased`),
    ...standing.map(({ where, why }) => `${where}: KEPT: ${why}`),
  ];
  return lines.length ? lines : ['Nothing mentions this person.'];
}
const BESIDE = {
  drafts: 'a draft',
  contacts: 'a contact attempt',
  letters: 'a message that waits or failed',
  homes: 'a search that someone typed',
} as const;
const count = (texts: number) => (texts === 1 ? '1 text' : `${texts} texts`);

/** What Warmline cannot change in Slack: cards are redrawn, but lines and people's messages stay. */
function inSlack({ cases }: FoundData, erased: readonly string[]): readonly string[] {
  const channels = [...new Set(cases.filter(({ ref }) => erased.includes(ref)).flatMap((one) => one.channels))];
  return channels.length
    ? [
        `Slack: the cards are drawn anew. Lines under them, and what people wrote themselves, may still say it in ${channels.join(', ')}: delete those there.`,
      ]
    : [];
}

function readArguments(args: readonly string[]): Wanted {
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean', default: false } as const;
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { phone: text, email: text, name: text, yes: flag, quick: flag, help: flag },
    });
    const { phone, email, name, yes, quick, help } = values;
    if (help) return { ok: true, verb: 'help', person: {}, yes, quick };
    const [given = '', ...more] = positionals;
    const verb = VERBS.find((one) => one === given);
    if (!verb || more.length) return { ok: false, fault: 'Say what to do: find, export or erase.' };
    const person = {
      ...(phone === undefined ? {} : { phone }),
      ...(email === undefined ? {} : { email }),
      ...(name === undefined ? {} : { name }),
    };
    const fault = personQueryFault(person);
    return fault ? { ok: false, fault } : { ok: true, verb, person, yes, quick };
  } catch (error) {
    return { ok: false, fault: error instanceof Error ? error.message : String(error) };
  }
}

if (require.main === module) {
  dotenv.config({ quiet: true });
  runPerson(
    process.argv.slice(2),
    process.env,
    (line) => process.stdout.write(`${line}\n`),
    (line) => process.stderr.write(`${line}\n`),
  ).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    },
  );
}
