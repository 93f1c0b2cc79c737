const { TestEnvironment } = require('jest-environment-node');

/**
 * Test files run like the app, with Node's own globals instead of a context per file: globals are fast, `instanceof`
 * works, and `packages-once.cjs` can share the packages. A file's changes to globals are undone after it.
 */
module.exports = class OneContext extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.before = Object.getOwnPropertyDescriptors(globalThis);
    this.exit = process.exit; // Jest replaces it
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
