import { aws_ecs as ecs } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { FLAG_CONTEXTS } from '../fixtures';
import { findings } from '../nag-report';
import { deliveryWorld, pipelineIn } from './world';

function inDelivery(build: (app: App) => void, context: Record<string, unknown>): string[] {
  return findings(build, (app) => [new AwsSolutionsChecks(app)], context)
    .filter(({ path }) => path.startsWith('Delivery/') || path.startsWith('Images/'))
    .map(({ rule, path }) => `${rule} ${path}`);
}

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  test('AwsSolutions finds nothing in a pipeline for one architecture', () => {
    expect(inDelivery((app) => pipelineIn(deliveryWorld(app)), context)).toEqual([]);
  });

  test('nor in one for two, in a VPC, with approval', () => {
    expect(inDelivery((app) => {
      const world = deliveryWorld(app);
      pipelineIn(world, { architectures: [ecs.CpuArchitecture.X86_64, ecs.CpuArchitecture.ARM64], vpc: world.vpc, approval: { actionName: 'Approve' } });
    }, context)).toEqual([]);
  });
});

test('a region that is not known makes no difference', () => {
  expect(inDelivery((app) => pipelineIn(deliveryWorld(app, undefined, {})), {})).toEqual([]);
});
