/**
 * A machine whose clock is wrong, or was set: every `Date` of this process, including libraries', is off by `offsetMs`.
 * Timers behave as on a real machine. Preloaded before anything else.
 */
const RealDate = Date;
let offsetMs = 0;
const now = () => RealDate.now() + offsetMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, newTarget) => Reflect.construct(target, given.length ? given : [now()], newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
});

/** Sets the machine's clock, forward or back. */
export function setClock(ms: number): void {
  offsetMs = ms;
}
