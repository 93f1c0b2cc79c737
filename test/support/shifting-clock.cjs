// Loaded before everything else in a separate process: its Date follows a clock that the parent process sets.
const RealDate = Date;
let aheadMs = Number(process.env.TEST_CLOCK_AHEAD_MS ?? 0);
process.on('message', (message) => {
  if (typeof message?.clockAheadMs === 'number') aheadMs = message.clockAheadMs;
});

const now = () => RealDate.now() + aheadMs;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, made) => Reflect.construct(target, given.length ? given : [now()], made),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
