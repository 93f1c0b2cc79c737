/**
 * The project's import rules: one way only. Each layer lists what it may import; everything else fails. No file imports
 * one that imports it, not even as a type; Biome (noImportCycles) says so for the sandbox's page, too.
 */
const LAYERS = {
  domain: [],
  proof: [],
  services: ['cache', 'domain', 'proof'],
  slack: ['cache', 'domain', 'services/deadline'],
  blocks: ['domain', 'slack'],
  db: ['cache', 'domain', 'proof', 'services/ports'],
  charts: ['domain'],
  net: ['domain', 'services/ports'],
  delivery: [
    'blocks',
    'charts',
    'domain',
    'net',
    'services/deadline',
    'services/ports',
    'slack/download-file',
    'slack/pages',
    'slack/refusal',
    'slack/upload-file',
  ],
  jobs: ['services', 'domain'],
  listeners: ['cache', 'slack', 'blocks', 'services', 'domain'],
  health: ['domain', 'services/deadline'],
  connection: ['domain', 'health', 'config', 'persist'],
};
const layerRule = ([layer, allowed]) => ({
  name: `${layer}-sees-only-${allowed.length ? allowed.join('-').replaceAll('/', '-') : 'itself'}`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: '^src/', pathNot: [layer, ...allowed].map((name) => `^src/${name}(/|\\.ts$)`) },
});
module.exports = {
  forbidden: [
    ...Object.entries(LAYERS).map(layerRule),
    {
      name: 'domain-is-pure',
      comment: 'zod, patterns and date libraries only: no Slack, no database, no environment',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: {
        pathNot: ['^src/domain/', '^node_modules/(zod|re2js|luxon|@types/luxon|date-holidays|date-holidays-parser)/'],
      },
    },
    {
      name: 'only-slack-edges-know-slack',
      severity: 'error',
      from: { path: '^src/(services|db|jobs|config)' },
      to: { path: '^node_modules/@slack/' },
    },
    {
      name: 'only-charts-draw',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/charts/' },
      to: { path: '^node_modules/(echarts|@resvg)/' },
    },
    {
      name: 'only-db-knows-mongo',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(db/|app\\.ts$|main\\.ts$)' },
      to: { path: '^node_modules/(mongoose|mongodb)/' },
    },
    {
      name: 'src-ships-alone',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(sandbox|test|scripts)/' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    // A browser bundle with rules of its own, which TypeScript and Vite hold together; what tests add to a copy of src/.
    exclude: { path: '^(sandbox/page|test/fixtures)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
