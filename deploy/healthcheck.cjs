// Whether the process lives, for orchestrators that run a command: 0 when it does. With /readyz: whether it is ready.
const path = process.argv[2] || '/livez';
const port = process.env.PORT || '3000';
fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(4000) }).then(
  ({ ok }) => process.exit(ok ? 0 : 1),
  () => process.exit(1),
);
