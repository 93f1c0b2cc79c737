const { createRequire } = require('node:module');
const { isAbsolute } = require('node:path');
const { compileFunction } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

const isPackage = (name) => name !== undefined && !name.startsWith('.') && !isAbsolute(name);

/**
 * Loads packages as Node does, once for all the files that a worker runs; Jest would load them anew for each file, which
 * takes longer than most files' tests. Our own modules stay each file's own. No test replaces a package by a mock.
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
    return isPackage(name) && !isJests ? createRequire(from)(name) : super.requireModule(from, name, options, isActual);
  }
};
