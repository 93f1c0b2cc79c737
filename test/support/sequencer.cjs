const { default: Sequencer } = require('@jest/test-sequencer');

/** Folders whose tests take long, longest first: begun last, one of them would keep the other workers waiting at the end. */
const LONG = ['/test/soak/', '/sandbox/database/', '/test/chaos/', '/test/scripts/', '/test/integration/'];
const rank = ({ path }) => {
  const found = LONG.findIndex((folder) => path.includes(folder));
  return found < 0 ? LONG.length : found;
};

/** So many others begin between two that drive a browser: browsers compute all the time, what meets troubles mostly waits. */
const BETWEEN_BROWSERS = 2;
const drivesBrowser = ({ path }) => path.includes('/test/e2e/');

/** Long tests first, browsers apart from each other; within a folder as Jest sorts: by what it knows of them, else by size. */
module.exports = class LongFirst extends Sequencer {
  sort(tests) {
    const sorted = [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
    const browsers = sorted.filter(drivesBrowser);
    const others = sorted.filter((test) => !drivesBrowser(test));
    const mixed = browsers.flatMap((test) => [test, ...others.splice(0, BETWEEN_BROWSERS)]);
    return [...mixed, ...others];
  }
};
