/** One engine process serves a whole run; every test file has its own database (and ports). */
module.exports = {
  testEnvironment: '<rootDir>/test/support/one-context.cjs',
  runtime: '<rootDir>/test/support/packages-once.cjs',
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  roots: ['<rootDir>/test', '<rootDir>/sandbox'],
  testMatch: ['**/*.test.ts'],
  testSequencer: '<rootDir>/test/support/sequencer.cjs',
  testPathIgnorePatterns: ['/node_modules/', '/sandbox/page/'],
  transform: {
    '^.+\\.tsx?$': ['@swc/jest', require('./test/support/compiler.cjs')],
  },
  testTimeout: 30000,
};
