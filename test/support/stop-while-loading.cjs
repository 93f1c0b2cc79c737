// Loaded before everything else in a separate process: asks it to stop while it loads its packages.
const Module = require('node:module');
const load = Module._load;
Module._load = (name, ...more) => {
  if (name === '@slack/bolt') process.kill(process.pid, 'SIGTERM');
  return load(name, ...more);
};
