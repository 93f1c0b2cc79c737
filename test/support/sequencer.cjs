const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Folders with slow tests, slowest first: started last, one of them would keep the other workers waiting at the end.
 */
const LONG = ['/test/soak/', '/sandbox/database/', '/test/chaos/', '/test/scripts/', '/test/integration/'];
const rank = ({ path }) => {
  const found = LONG.findIndex((folder) => path.includes(folder));
  return found < 0 ? LONG.length : found;
};

/**
 * How many others start between two that drive a browser: browsers use the CPU all the time, tests of faults mostly
 * wait.
 */
const BETWEEN_BROWSERS = 2;
const drivesBrowser = ({ path }) => path.includes('/test/e2e/');

/** Slow tests first, with browser tests apart; within a folder Jest's order: by earlier results, else by size. */
module.exports = class LongFirst extends Sequencer {
  sort(tests) {
    const sorted = [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
    const browsers = sorted.filter(drivesBrowser);
    const others = sorted.filter((test) => !drivesBrowser(test));
    const mixed = browsers.flatMap((test) => [test, ...others.splice(0, BETWEEN_BROWSERS)]);
    return [...mixed, ...others];
  }
};
