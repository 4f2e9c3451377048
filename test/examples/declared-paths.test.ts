import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { bookstore } from '../../examples/typescript/bookstore/bookstore';
import { ecsAutoscaling } from '../../examples/typescript/ecs-autoscaling/services';
import { completeLab } from '../../examples/typescript/ecs-lab/delivery';
import { flaskSharedFiles } from '../../examples/typescript/flask-shared-files/flask';
import { wordPress } from '../../examples/typescript/wordpress/wordpress';
import { NetworkPaths } from '../../src';
import type { NetworkPath } from '../../src';

const EXAMPLES: Array<[string, (app: App) => void, Record<string, string>]> = [
  ['the bookstore', bookstore, {}],
  ['the services on Fargate', ecsAutoscaling, {}],
  ['the services on EC2', ecsAutoscaling, { capacity: 'ec2' }],
  ['the lab', completeLab, {}],
  ['the notes on instances', flaskSharedFiles, {}],
  ['the notes on ECS', flaskSharedFiles, { form: 'ecs' }],
  ['WordPress', wordPress, {}],
  ['WordPress on EC2 in bridge mode', wordPress, { capacity: 'ec2', networkMode: 'bridge' }],
  ['WordPress in one task', wordPress, { form: 'same-task' }],
];

function pathsOf(build: (app: App) => void, context: Record<string, string>): NetworkPaths {
  const outdir = mkdtempSync(join(tmpdir(), 'declared-paths-'));
  try {
    const app = new App({ context, outdir });
    build(app);
    app.synth();
    return NetworkPaths.fromAssembly(outdir);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function covers(declared: NetworkPath, open: NetworkPath): boolean {
  return declared.source === open.source && declared.target === open.target
    && declared.fromPort <= open.fromPort && open.toPort <= declared.toPort;
}

describe.each(EXAMPLES)('%s', (_name, build, context) => {
  const paths = pathsOf(build, context);
  const open = paths.openPaths();
  const declared = paths.declaredPaths();

  test('has connections that are open', () => {
    expect(open.length).toBeGreaterThan(3);
  });

  test('has no open connection that nothing declares', () => {
    const undeclared = open.filter((one) => !declared.some((each) => covers(each, one)));
    expect(undeclared.map(({ source, target, fromPort, toPort }) => `${source} -> ${target} ${fromPort}-${toPort}`)).toEqual([]);
  });
});
