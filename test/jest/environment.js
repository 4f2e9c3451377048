const { AsyncLocalStorage } = require('async_hooks');
const { LegacyFakeTimers, ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');
const { forgetSources, isLoading, loaded } = require('./shared-modules');

/** The global scope of the worker itself: what a test file changes in it is put back when the file ends. */
class Environment {
  constructor({ projectConfig }) {
    if (process.env.FRESH_SOURCES) forgetSources();
    this.global = globalThis;
    this.globalsBefore = new Map(Object.getOwnPropertyNames(globalThis).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]));
    this.variablesBefore = { ...process.env };
    this.folderBefore = process.cwd();
    this.exitBefore = process.exit;
    this.moduleMocker = new ModuleMocker(globalThis);
    const timerConfig = { idToRef: (id) => id, refToId: (ref) => ref };
    this.fakeTimers = new LegacyFakeTimers({ config: projectConfig, global: globalThis, moduleMocker: this.moduleMocker, timerConfig });
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  async setup() {}

  async teardown() {
    this.fakeTimers.dispose();
    this.fakeTimersModern.dispose();
    this.fakeTimers = this.fakeTimersModern = null;
    process.exit = this.exitBefore;
    process.chdir(this.folderBefore);
    for (const name of Object.keys(process.env)) if (!(name in this.variablesBefore)) delete process.env[name];
    Object.assign(process.env, this.variablesBefore);
    for (const name of Object.getOwnPropertyNames(globalThis)) if (!this.globalsBefore.has(name) && name !== TOKENS) delete globalThis[name];
    for (const [name, descriptor] of this.globalsBefore) if (descriptor.configurable) Object.defineProperty(globalThis, name, descriptor);
    forgetTokens();
    loaded('aws-cdk-lib/core/lib/private/cfn-reference.js')?.CfnReference.referenceTable?.clear?.();
    forgetStorages();
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  // There is but one context, the worker's own: see the runtime.
  getVmContext() {
    return null;
  }
}

// Jest makes an AsyncLocalStorage for each test file and never disables it; every promise of the files after it pays for each.
const storages = new Set();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...args) {
  storages.add(this);
  return run.apply(this, args);
};

function forgetStorages() {
  for (const storage of storages) storage.disable();
  storages.clear();
}

// CDK remembers every token by its number, and every reference by its construct, and with them the apps: those of all test files would stay in memory.
// What a module makes while it is loaded (Aws.REGION) is no app's.
const TOKENS = '__cdkTokenMap';
let tokens;
const made = { strings: new Map(), numbers: new Map() };

Object.defineProperty(globalThis, TOKENS, {
  configurable: true,
  get: () => tokens,
  set(map) {
    tokens = map;
    const { registerStringKey, registerNumberKey } = map;
    map.registerStringKey = function (token, hint) {
      const key = registerStringKey.call(this, token, hint);
      if (isLoading()) made.strings.set(key, token);
      return key;
    };
    map.registerNumberKey = function (token) {
      const key = registerNumberKey.call(this, token);
      if (isLoading()) {
        made.strings.set(`${key}`, token);
        made.numbers.set([...this.numberTokenMap.keys()].at(-1), token);
      }
      return key;
    };
  },
});

/** What a module made later than at its loading, and keeps, is found as long as it is kept. */
class Remembered extends Map {
  constructor(entries, before) {
    super(entries);
    this.kept = new Map([...before.kept ?? []].filter(([, token]) => token.deref() !== undefined));
    for (const [key, token] of before) if (!this.has(key)) this.kept.set(key, new WeakRef(token));
  }

  get(key) {
    return super.get(key) ?? this.kept.get(key)?.deref();
  }
}

function forgetTokens() {
  // A CDK that keeps the text of a token and not the token itself, as 2.276 does, would not find it again.
  if (!tokens || process.env.KEEP_TOKENS) return;
  tokens.stringTokenMap = new Remembered(made.strings, tokens.stringTokenMap);
  tokens.numberTokenMap = new Remembered(made.numbers, tokens.numberTokenMap);
}

module.exports = Environment;
