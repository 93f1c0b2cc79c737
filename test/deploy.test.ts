import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pino from 'pino';
import { parse, parseAllDocuments } from 'yaml';
import { SETTING_NAMES } from '../src/config';
import { createMetrics } from '../src/metrics';

const ROOT = join(__dirname, '..');
const FOLDER = join(ROOT, 'deploy');
const text = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).map((file) => `deploy/${file}`);
files.push('.github/workflows/test.yml');
const isYaml = (file: string) => /\.ya?ml$/.test(file);

/** Every metric of an instance, by its name in Prometheus. */
async function metrics(): Promise<string[]> {
  const made = createMetrics(() => new Date(), pino({ level: 'silent' }));
  const connection = { up: true, since: new Date(), downMs: 0, why: null, reconnects: 0, lastOutage: null };
  made.watchStanding({
    connection: () => connection,
    indexes: () => ({ ready: true, since: new Date(), fault: null }),
    stepsLeft: () => 0,
    unwatched: () => 0,
  });
  return [...(await made.text()).matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name);
}
/** The metrics in expressions, with a histogram's parts as the histogram. */
const namedIn = (given: string) =>
  new Set([...given.matchAll(/\bwarmline_\w+/g)].map(([name]) => name.replace(/_(bucket|count|sum)$/, '')));

interface Container {
  readonly env: readonly { name: string; value: string }[];
  readonly volumeMounts: readonly { name: string; mountPath: string }[];
  readonly [probe: string]: unknown;
}
const compose = parse(text('deploy/compose.yaml'), { merge: true });
const [deployment] = parseAllDocuments(text('deploy/kubernetes/deployment.yaml')).map((one) => one.toJS());
const [container]: Container[] = deployment.spec.template.spec.containers;

it.each(files.filter((file) => isYaml(file) || file.endsWith('.json')))('%s is readable', (file) => {
  if (isYaml(file))
    for (const { errors, warnings } of parseAllDocuments(text(file), { merge: true }))
      expect([...errors, ...warnings]).toEqual([]);
  else expect(() => JSON.parse(text(file))).not.toThrow();
});

it('sets only existing settings, and secrets as existing files', () => {
  for (const app of [compose.services.app1, compose.services.app2]) {
    expect(SETTING_NAMES).toEqual(expect.arrayContaining(Object.keys(app.environment)));
    const secrets = Object.entries<string>(app.environment).filter(([name]) => name.endsWith('_FILE'));
    expect(secrets.map(([, path]) => path)).toEqual(app.secrets.map((name: string) => `/run/secrets/${name}`));
    expect(Object.keys(compose.secrets)).toEqual(expect.arrayContaining(app.secrets));
    expect([app.read_only, app.tmpfs]).toEqual([true, ['/tmp']]);
  }
  const env = container?.env ?? [];
  expect(SETTING_NAMES).toEqual(expect.arrayContaining(env.map(({ name }) => name)));
  const mounts = container?.volumeMounts.map(({ mountPath }) => mountPath) ?? [];
  for (const { value } of env.filter(({ name }) => name.endsWith('_FILE')))
    expect(mounts.some((mount) => value.startsWith(`${mount}/`))).toBe(true);
  for (const { value } of env) expect(value).not.toMatch(/xox|xapp|mongodb(\+srv)?:/);
});

it('uses the existing health checks', () => {
  const offered = [...text('src/health/routes.ts').matchAll(/route\('([^']+)'/g)].map(([, path]) => path);
  const asked = ['livenessProbe', 'readinessProbe'].map(
    (probe) => (container?.[probe] as { httpGet: { path: string } } | undefined)?.httpGet.path,
  );
  expect(asked).toEqual(['/livez', '/readyz']);
  expect(offered).toEqual(expect.arrayContaining([...asked, '/metrics']));
  expect(text('deploy/healthcheck.cjs')).toContain('/livez');
  expect(text('deploy/Caddyfile')).toContain('health_uri /readyz');
});

it('can ask an instance whether it lives, and whether it is ready', async () => {
  const server = createServer(({ url }, response) => void response.writeHead(url === '/livez' ? 200 : 503).end());
  await new Promise<void>((listens) => server.listen(0, listens));
  const env = { ...process.env, PORT: String((server.address() as AddressInfo).port) };
  const asked = (...args: string[]) =>
    promisify(execFile)(process.execPath, [join(FOLDER, 'healthcheck.cjs'), ...args], { env }).then(
      () => 0,
      ({ code }: { code: number }) => code,
    );
  expect([await asked(), await asked('/readyz')]).toEqual([0, 1]);
  await new Promise((ends) => server.close(ends));
});

it('the image has every tool for people who run Warmline', () => {
  const { scripts } = JSON.parse(text('package.json'));
  const tools = Object.values<string>(scripts).flatMap(
    (command) => /^tsx (scripts\/[\w-]+\.ts)$/.exec(command)?.[1] ?? [],
  );
  const { include } = JSON.parse(text('deploy/tsconfig.json'));
  // It writes into the source.
  const built = tools.filter((tool) => tool !== 'scripts/manifests.ts');
  expect(include).toEqual(expect.arrayContaining(built.map((tool) => `../${tool}`)));
  for (const tool of built) expect(text('deploy/Dockerfile')).toContain(tool.replace(/^.*\/(.*)\.ts$/, '$1.js'));
});

it('alerts on existing metrics, and shows every one of them', async () => {
  const known = await metrics();
  const rules = parse(text('deploy/prometheus/warmline.rules.yml')).groups.flatMap(
    (group: { rules: readonly object[] }) => group.rules,
  );
  for (const { alert, expr, annotations } of rules) {
    expect([alert, [...namedIn(expr)].filter((name) => !known.includes(name))]).toEqual([alert, []]);
    expect(namedIn(expr).size).toBeGreaterThan(0);
    expect(Object.keys(annotations)).toEqual(['summary', 'todo']);
  }
  const dashboard = JSON.parse(text('deploy/grafana/warmline.json'));
  const shown = namedIn(JSON.stringify(dashboard.panels));
  expect([...shown].sort()).toEqual([...known].sort());
  // The run book lists exactly the existing ones.
  const listed = [...text('docs/operations.md').matchAll(/`(warmline_\w+)/g)].map(([, name = '']) => name);
  expect([...namedIn(listed.join(' '))].sort()).toEqual([...known].sort());
});

it('tests every release of Node and of MongoDB in the documents', () => {
  const { jobs } = parse(text('.github/workflows/test.yml'));
  const { node, mongodb } = jobs.test.strategy.matrix;
  expect(JSON.parse(text('package.json')).engines.node).toBe(`>=${node[0]}.19`);
  expect(text('docs/architecture.md')).toContain(`MongoDB ${mongodb[0]} or later`);
  expect(jobs.test.steps.some((step: { run?: string }) => step.run === './scripts/test')).toBe(true);
});
