/** Comes before every other import: this process runs on a machine whose clock is wrong by so much. */
const aheadMs = Number(process.env.TEST_MACHINE_CLOCK_AHEAD_MS ?? 0);
if (aheadMs) {
  const Real = Date;
  const now = () => Real.now() + aheadMs;
  globalThis.Date = new Proxy(Real, {
    construct: (target, given) => (given.length ? Reflect.construct(target, given) : new Real(now())),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}
