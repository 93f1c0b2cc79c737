const { default: Sequencer } = require('@jest/test-sequencer');

/** Folders whose tests take long, longest first: begun last, one of them would keep the other workers waiting at the end. */
const LONG = [
  '/test/soak/',
  '/test/e2e/',
  '/sandbox/database/',
  '/test/chaos/',
  '/test/scripts/',
  '/test/integration/',
];
const rank = ({ path }) => {
  const found = LONG.findIndex((folder) => path.includes(folder));
  return found < 0 ? LONG.length : found;
};

/** Long tests first; within a folder as Jest sorts: by what it knows of them, else by size. */
module.exports = class LongFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    return [...sorted].sort((a, b) => rank(a) - rank(b));
  }
};
