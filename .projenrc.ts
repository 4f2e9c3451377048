import { awscdk, javascript } from 'projen';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-ha-ecs',
  description: 'Highly available, secure container web applications on AWS in about twenty lines of CDK, proven at synth time',
  author: 'The cdk-ha-ecs authors',
  authorOrganization: true,
  authorAddress: 'maintainers@cdk-ha-ecs.example',
  repositoryUrl: 'https://github.com/cdk-ha-ecs/cdk-ha-ecs.git',
  keywords: ['aws', 'cdk', 'ecs', 'high-availability', 'alb', 'efs', 'mysql', 'mariadb', 'wordpress'],
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
  // Whoever debugs reads the JavaScript, which keeps its names and comments; maps with sources were three quarters of what a program loads.
  tsconfig: { compilerOptions: { inlineSourceMap: false, inlineSources: false } },
  // What is published is said by name, in `files` below: a list of what to leave out lets through whatever lies about.
  npmignoreEnabled: false,

  publishToPypi: { distName: 'cdk-ha-ecs', module: 'cdk_ha_ecs' },
  publishToMaven: {
    javaPackage: 'io.github.cdkhaecs',
    mavenGroupId: 'io.github.cdk-ha-ecs',
    mavenArtifactId: 'cdk-ha-ecs',
  },
  publishToGo: { moduleName: 'github.com/cdk-ha-ecs/cdk-ha-ecs-go', packageName: 'cdkhaecs' },
  github: false,
  release: false,
  depsUpgrade: false,

  // Reads compose files. Bundled, because peers alone would leave it to the user to install; only HaEc2WebApp loads it.
  bundledDeps: ['yaml@^2'],
  devDeps: [
    '@aws-cdk/cloudformation-diff@^2.187.5',
    '@types/node@^20',
    'aws-cdk@~2.1148.0',
    'cdk-nag@^3.0.2',
    'fast-check@~4.10.2',
    '@types/js-yaml@^4',
    'js-yaml@^4',
    'jsii-pacmak@^1.140.0',
    'tsx@~4.23.0',
  ],

  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    passWithNoTests: false,
    coverageText: false,
    extraCliOptions: ['--silent', '--maxWorkers=2', '--json', '--outputFile=test-reports/jest.json'],
    jestConfig: {
      testTimeout: 60_000,
      setupFiles: ['<rootDir>/test/setup.ts'],
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
project.tsconfigDev.removeInclude('**/*.ts');
project.compileTask.reset('jsii --silence-warnings=reserved-word --fail-on-warnings');
project.compileTask.exec(`${tsx} tools/lazy-exports.ts`);
// npm packs a bundled library whole: its copy for browsers is half of it, and of no use to a CDK app.
project.compileTask.exec('node -e "require(\'fs\').rmSync(\'node_modules/yaml/browser\', { recursive: true, force: true })"');
// Without the tablet, README and @example code would come out as TypeScript in the Python package.
project.postCompileTask.exec('jsii-rosetta extract --strict');

project.addTask('lab', { exec: `${tsx} tools/lab.ts`, receiveArgs: true, description: 'Synthesize the ECS lab into cdk.out, check it and draw it' });
project.addTask('diagrams', {
  exec: `${tsx} tools/diagrams.ts`,
  description: 'Write the diagrams of the examples, as their templates are, into the documents that show them',
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
  exec: 'PACKETS_NETWORKS=${PACKETS_NETWORKS:-200} jest --silent --maxWorkers=2 test/packets',
  receiveArgs: true,
  description: 'What NetworkPaths says against real packets: the examples, and 200 made-up networks of which PACKETS_SEED names the first',
});
project.addTask('test:deep', {
  exec: `${proof('PROPERTY', 'property')} PROPERTY_RUNS=\${PROPERTY_RUNS:-5000} jest --silent --maxWorkers=2 test/property`,
  receiveArgs: true,
  description: 'Input drawn at random for every public construct, 5,000 cases each; PROPERTY_SEED repeats a run',
});
project.addTask('test:database', {
  exec: `${proof('DATABASE', 'database')} DATABASE_KILLS=\${DATABASE_KILLS:-20} jest --silent -i test/database/server/`,
  receiveArgs: true,
  description: 'The flags and scripts of the database against a real server of this machine, killed 20 times under load',
});
project.addTask('test:nfs', {
  exec: `${tsx} tools/nfs-database.ts`,
  description: 'test:database with the data on the NFS export in DATABASE_DIRECTORY, or the reason why not',
});
// The bindings and API.md are tested from the compiled assembly, so the suite always starts by compiling.
project.testTask.prependSpawn(project.addTask('compile-for-test', {
  steps: [{ spawn: 'compile' }, { exec: 'jsii-rosetta extract --strict' }],
  description: 'Compile the assembly and every README and @example snippet',
}));

project.gitignore.exclude('.jsii.tabl.json', 'cdk.out/', '*.tsbuildinfo', '__pycache__/', '.venv/', '.python/', '.rehearsal/', '.judges/');
project.package.addField('files', ['lib/**/*.js', 'lib/**/*.d.ts', '.jsii']);
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

project.synth();
