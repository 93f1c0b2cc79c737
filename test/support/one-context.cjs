const { TestEnvironment } = require('jest-environment-node');

/**
 * Test files run as the app does, with the globals of Node itself, not in a context of each file's own: what is global
 * is fast there, an `instanceof` means what it says, and `packages-once.cjs` can share the packages. What a file leaves
 * among the globals goes with it.
 */
module.exports = class OneContext extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.before = Object.getOwnPropertyDescriptors(globalThis);
    this.exit = process.exit; // Jest puts its own in its place
    this.global = globalThis;
    this.moduleMocker = new this.moduleMocker.constructor(globalThis);
    this.fakeTimers = null; // the legacy ones
    this.fakeTimersModern = new this.fakeTimersModern.constructor({
      config: config.projectConfig,
      global: globalThis,
    });
  }

  async teardown() {
    await super.teardown();
    process.exit = this.exit;
    for (const key of Reflect.ownKeys(globalThis)) {
      if (!(key in this.before)) Reflect.deleteProperty(globalThis, key);
      else if (this.before[key].configurable) Object.defineProperty(globalThis, key, this.before[key]);
    }
  }
};
