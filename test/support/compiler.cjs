/** How TypeScript is compiled for tests, by Jest and by `packages-once.cjs`. */
module.exports = {
  jsc: { target: 'es2022', parser: { syntax: 'typescript', tsx: false } },
  module: { type: 'commonjs' },
};
