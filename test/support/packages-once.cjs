const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { createRequire, Module } = require('node:module');
const { dirname, isAbsolute, join, relative, resolve } = require('node:path');
const { compileFunction } = require('node:vm');
const { transformSync } = require('@swc/core');
const { default: Runtime } = require('jest-runtime');
const COMPILER = require('./compiler.cjs');

const ROOT = resolve(__dirname, '../..');
const CACHE = join(ROOT, '.cache/compiled');
/** The source map of each module compiled here. */
const maps = new Map();

mkdirSync(CACHE, { recursive: true });
Module._extensions['.ts'] = (module, filename) => {
  const source = readFileSync(filename, 'utf8');
  const name = createHash('sha256')
    .update(`${JSON.stringify(COMPILER)}${filename}\n${source}`)
    .digest('hex');
  const [code, map] = [join(CACHE, `${name}.js`), join(CACHE, `${name}.map`)];
  if (!existsSync(map)) {
    const compiled = transformSync(source, { ...COMPILER, filename, sourceMaps: true });
    write(code, compiled.code);
    write(map, compiled.map);
  }
  maps.set(filename, map);
  module._compile(readFileSync(code, 'utf8'), filename);
};

/** Atomic: other workers read it as soon as it exists. */
function write(path, text) {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, text);
  renameSync(own, path);
}

const isPackage = (name) => name !== undefined && !name.startsWith('.') && !isAbsolute(name);

/** The app and the sandbox: their modules keep their state for the whole process, as in production. */
function isShared(path) {
  const [folder] = relative(ROOT, path).split('/');
  return (folder === 'src' || folder === 'sandbox') && !/\.test(\.ts)?$/.test(path);
}

/**
 * Jest's storage for the running test, of which there is one at a time in a process. Node's storage, which it would
 * use, follows every promise of the app, a tenth of all CPU time of the tests.
 */
class OneAtATime {
  getStore() {
    return this.store;
  }

  run(store, callback) {
    const outer = this.store;
    const back = () => {
      this.store = outer;
    };
    this.store = store;
    return Promise.resolve(callback()).finally(back);
  }
}

/**
 * Loads packages, the app and the sandbox like Node, once for all files of a worker; Jest would load them again for
 * each file, which takes longer than most files' tests. No test mocks one of their modules.
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
    if (isJests && name === 'node:async_hooks') return { AsyncLocalStorage: OneAtATime };
    const isOnce =
      isPackage(name) || (name !== undefined && isShared(isAbsolute(name) ? name : join(dirname(from), name)));
    return isOnce && !isJests ? createRequire(from)(name) : super.requireModule(from, name, options, isActual);
  }

  /** So that errors have their line in the source. */
  getSourceMaps() {
    const own = super.getSourceMaps();
    const get = own.get.bind(own);
    own.get = (path) => get(path) ?? maps.get(path);
    return own;
  }
};
