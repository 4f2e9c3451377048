import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { completeLab } from '../../examples/typescript/ecs-lab/delivery';
import { needing } from '../needing';
import { REPOSITORY, run, templatesOf } from '../packaging/python';

jest.setTimeout(60 * 60_000);

const PROGRAMS = join(__dirname, 'bindings');
const versionOf = (name: string): string => JSON.parse(readFileSync(join(REPOSITORY, 'node_modules', name, 'package.json'), 'utf8')).version;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'binding-lab-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The library in a language, from the compiled assembly. */
function generate(language: string, ...options: string[]): string {
  run('npx', ['jsii-pacmak', '-t', language, ...options, '--outdir', join(folder, 'dist'), '--rosetta-unknown-snippets', 'fail']);
  return join(folder, 'dist', language);
}

function typescriptTemplates(): Record<string, unknown> {
  const app = new App({ outdir: join(folder, 'typescript') });
  completeLab(app);
  return templatesOf(app.synth().directory);
}

/** Runs the program where it writes its own cloud assembly. */
function synthesized(program: string, args: string[], environment: Record<string, string> = {}): Record<string, unknown> {
  const outdir = join(folder, 'cdk.out');
  run(program, args, { cwd: join(folder, 'program'), env: { CDK_OUTDIR: outdir, ...environment } });
  return templatesOf(outdir);
}

needing('java', 'mvn').describe('the lab in Java', () => {
  test('gives the templates that it gives in TypeScript', () => {
    const repository = generate('java');
    const sources = join(folder, 'program', 'src', 'main', 'java');
    mkdirSync(sources, { recursive: true });
    cpSync(join(PROGRAMS, 'Lab.java'), join(sources, 'Lab.java'));
    writeFileSync(join(folder, 'program', 'pom.xml'), pom(repository));
    const templates = synthesized('mvn', ['--quiet', '--batch-mode', 'compile', 'exec:java', '-Dexec.mainClass=Lab']);
    expect(Object.keys(templates).length).toBe(4);
    expect(templates).toEqual(typescriptTemplates());
  });
});

needing('go').describe('the lab in Go', () => {
  test('gives the templates that it gives in TypeScript', () => {
    const library = join(generate('go', '--code-only'), 'cdkhaecs');
    expect(readdirSync(library)).toContain('go.mod');
    const program = join(folder, 'program');
    mkdirSync(program);
    cpSync(join(PROGRAMS, 'lab.go'), join(program, 'lab.go'));
    const module = 'github.com/cdk-ha-ecs/cdk-ha-ecs-go/cdkhaecs';
    const needs = [`${module} v0.0.0`, `github.com/aws/aws-cdk-go/awscdk/v2 v${versionOf('aws-cdk-lib')}`];
    writeFileSync(join(program, 'go.mod'), ['module lab', 'go 1.21', ...needs.map((need) => `require ${need}`), `replace ${module} => ${library}`, ''].join('\n'));
    const templates = synthesized('go', ['run', '-mod=mod', '.']);
    expect(Object.keys(templates).length).toBe(4);
    expect(templates).toEqual(typescriptTemplates());
  });
});

/** The library from where it was built, the CDK that we compile against from the registry. */
function pom(repository: string): string {
  const dependency = (group: string, artifact: string, version: string) => (
    `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`
  );
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>lab</groupId><artifactId>lab</artifactId><version>1</version>
  <properties>
    <maven.compiler.source>11</maven.compiler.source><maven.compiler.target>11</maven.compiler.target>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <repositories><repository><id>built-here</id><url>file://${repository}</url></repository></repositories>
  <dependencies>
    ${dependency('io.github.cdk-ha-ecs', 'cdk-ha-ecs', '0.0.0')}
    ${dependency('software.amazon.awscdk', 'aws-cdk-lib', versionOf('aws-cdk-lib'))}
    ${dependency('software.constructs', 'constructs', versionOf('constructs'))}
  </dependencies>
  <build><plugins><plugin><groupId>org.codehaus.mojo</groupId><artifactId>exec-maven-plugin</artifactId><version>3.5.0</version></plugin></plugins></build>
</project>
`;
}
