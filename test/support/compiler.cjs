/** How TypeScript is compiled for the tests, by Jest and by `packages-once.cjs` alike. */
module.exports = {
  jsc: { target: 'es2022', parser: { syntax: 'typescript', tsx: false } },
  module: { type: 'commonjs' },
};
