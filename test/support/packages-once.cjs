const { createRequire } = require('node:module');
const { dirname, isAbsolute, join, relative, resolve } = require('node:path');
const { compileFunction } = require('node:vm');
const { default: Runtime } = require('jest-runtime');
const { register } = require('tsx/cjs/api');

register();

const ROOT = resolve(__dirname, '../..');
const isPackage = (name) => name !== undefined && !name.startsWith('.') && !isAbsolute(name);

/** The app and the sandbox: what a module of theirs keeps is kept for every caller of the process, as in production. */
function isShared(path) {
  const [folder] = relative(ROOT, path).split('/');
  return (folder === 'src' || folder === 'sandbox') && !/\.test(\.ts)?$/.test(path);
}

/**
 * Loads packages, the app and the sandbox as Node does, once for all the files that a worker runs; Jest would load them
 * anew for each file, which takes longer than most files' tests. No test replaces one of their modules by a mock.
 */
module.exports = class PackagesOnce extends Runtime {
  constructor(...options) {
    super(...options);
    const { executor } = this;
    // See one-context.cjs.
    executor.compile = (source, filename) => compileFunction(source, executor.injectedModuleParameters, { filename });
  }

  requireModule(from, name, options, isActual) {
    const isJests = options?.isInternalModule;
    const isOnce =
      isPackage(name) || (name !== undefined && isShared(isAbsolute(name) ? name : join(dirname(from), name)));
    return isOnce && !isJests ? createRequire(from)(name) : super.requireModule(from, name, options, isActual);
  }
};
