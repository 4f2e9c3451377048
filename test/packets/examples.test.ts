import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { Comparison } from './comparison';
import type { Outcome } from './comparison';
import type { Facts } from './facts';
import { describeNetworks } from './namespaces';
import { readAppMachines } from './read-app-machines';
import { readFacts } from './read-facts';
import { comparedOutcome } from './run';
import { bookstore } from '../../examples/typescript/bookstore/bookstore';
import { ecsAutoscaling } from '../../examples/typescript/ecs-autoscaling/services';
import { completeLab } from '../../examples/typescript/ecs-lab/delivery';
import { flaskSharedFiles } from '../../examples/typescript/flask-shared-files/flask';
import { wordPress } from '../../examples/typescript/wordpress/wordpress';
import { NetworkPaths } from '../../src/paths/network-paths';

/** `npm run test:packets` asks about the other forms of the examples as well. */
const LONG = process.env.PACKETS_NETWORKS !== undefined;

/** The last number: how many endpoints have no interfaces of their own but those of their instances. */
const EXAMPLES: Array<[string, (app: App) => void, Record<string, string>, number]> = [
  ['the bookstore', bookstore, {}, 0],
  ['the services on Fargate', ecsAutoscaling, {}, 0],
  ['the lab', completeLab, {}, 0],
  ['the notes on instances', flaskSharedFiles, {}, 0],
  ['WordPress on EC2 in bridge mode', wordPress, { capacity: 'ec2', networkMode: 'bridge' }, 1],
];

const MORE_FORMS: typeof EXAMPLES = [
  ['the services on EC2', ecsAutoscaling, { capacity: 'ec2' }, 0],
  ['the notes on ECS', flaskSharedFiles, { form: 'ecs' }, 0],
  ['WordPress', wordPress, {}, 0],
];

const ASKED = LONG ? [...EXAMPLES, ...MORE_FORMS] : EXAMPLES;

/** Whatever some example listens on, the ports everybody tries, and one of those that Docker hands out. */
const PORTS = [22, 80, 443, 2049, 3306, 5000, 8080, 40000];

interface Example { readonly facts: Facts; readonly paths: NetworkPaths }

function synthesized(build: (app: App) => void, context: Record<string, string>): Example {
  const outdir = mkdtempSync(join(tmpdir(), 'packets-'));
  try {
    const app = new App({ context: { ...context, 'aws:cdk:enable-path-metadata': true }, outdir });
    build(app);
    app.synth();
    const files = readdirSync(outdir).filter((name) => name.endsWith('.template.json'));
    const templates = Object.fromEntries(files.map((name) => [name.replace('.template.json', ''), JSON.parse(readFileSync(join(outdir, name), 'utf8'))]));
    return { facts: readFacts(templates, readAppMachines), paths: NetworkPaths.fromAssembly(outdir) };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

describeNetworks('the examples', () => {
  let outcome: Outcome;
  let examples: Example[];

  beforeAll(() => {
    examples = ASKED.map(([, build, context]) => synthesized(build, context));
    outcome = comparedOutcome(examples.map(({ facts, paths }, index) => new Comparison(ASKED[index][0], facts, paths, PORTS, [1])));
    const { contradictions, ...counts } = outcome;
    process.stderr.write(`packets: ${ASKED.length} examples: ${JSON.stringify(counts)}, ${contradictions.length} contradictions\n`);
  }, 180_000);

  test('graph, brute force and packets never contradict each other', () => {
    expect(outcome.contradictions).toEqual([]);
  });

  test('the graph leaves nothing open', () => {
    expect(outcome.verdicts.unknown).toBe(0);
  });

  test('everything with interfaces of its own took part', () => {
    const missing = examples.map(({ facts, paths }) => paths.endpoints().length - facts.machines.length);
    expect(missing).toEqual(ASKED.map(([, , , behindHosts]) => behindHosts));
  });

  test('packets passed and were stopped', () => {
    expect(outcome.opened).toBeGreaterThan(100);
    expect(outcome.packets).toBeGreaterThan(outcome.opened * 2);
  });
});
