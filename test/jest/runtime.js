const { compileFunction } = require('vm');
const JestRuntime = require('jest-runtime').default;
const { isShared, requireShared } = require('./shared-modules');

/**
 * Loads `src` and the installed packages once for all the test files of a worker, as one program that makes many apps does;
 * the test files and what helps them are loaded anew for each.
 */
class Runtime extends JestRuntime {
  constructor(...args) {
    super(...args);
    const { executor } = this;
    executor.compile = (source, filename) => compileFunction(source, executor.injectedModuleParameters, { filename });
  }

  requireModule(from, moduleName, options, isRequireActual) {
    if (!options?.isInternalModule && moduleName && !this._resolution.isCoreModule(moduleName)) {
      const path = this._resolution.resolveCjs(from, moduleName);
      if (isShared(path)) return requireShared(path);
    }
    return super.requireModule(from, moduleName, options, isRequireActual);
  }
}

module.exports = { __esModule: true, default: Runtime };
