import type { Observation, Rule } from './rule';
import { registryNeeds } from '../../app-model/compute/registry-needs';
import type { EcsService } from '../../app-model/compute/services';
import { inEachSubnet } from '../../app-model/endpoints/endpoint';
import type { Endpoint } from '../../app-model/endpoints/endpoint';
import type { Subnet } from '../../app-model/network/subnet';
import { readTaskRuns } from '../../app-model/task-runs';
import type { NetworkModel } from '../../paths/judging/network-model';
import { INTERNET } from '../../paths/judging/path-end';
import { HTTPS_PORT } from '../../private/aws/engine-ports';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { literalOf } from '../../template/text';
import { nameOf } from '../../template/values';

/** On Fargate the task's own interface pulls the image and sends the logs; on EC2 that of the instance. */
export const imagePullRoute: Rule = {
  id: 'image-pull-route',
  severity: 'error',
  says: 'Tasks cannot pull their image, send their logs or read their secrets: no way to the internet on port 443, and no endpoints instead.',
  change: 'Give the subnets a NAT gateway, or the VPC endpoints for ecr.api, ecr.dkr, s3, logs and secretsmanager; let port 443 out.',
  evaluate: (app) => {
    const endpoints = vpcEndpoints(app);
    const runs = readTaskRuns(app)
      .filter(({ resource, taskDefinition }) => resource.type !== 'AWS::ECS::Service' && taskDefinition.fargate && !taskDefinition.ec2);
    return [
      ...app.services.flatMap((service) => pullersOf(app, service).flatMap((puller) => judge(app, service, puller, endpoints)).slice(0, 1)),
      ...runs.flatMap((run) => run.endpoints.flatMap((puller) => judge(app, run, puller, endpoints)).slice(0, 1)),
    ];
  },
};

interface VpcEndpoint {
  readonly resource: Resource;
  readonly service: string;
  readonly vpc?: string;
}

function judge(
  app: NetworkModel,
  service: Pick<EcsService, 'resource' | 'taskDefinition'>,
  puller: Endpoint,
  endpoints: readonly VpcEndpoint[],
): Observation[] {
  const { judge: paths } = app;
  for (const there of inEachSubnet(puller)) {
    const [subnet] = there.subnets;
    const outward = paths.onPort(there, INTERNET, HTTPS_PORT);
    if (outward.verdict !== 'blocked') continue;
    const needs = registryNeeds(service.taskDefinition!);
    const missing = needs.endpoints.filter((needed) => !endpoints.some((endpoint) => endpoint.service === needed && serves(app, endpoint, there)));
    if (missing.length > 0 || needs.otherRegistry !== undefined) {
      const without = needs.otherRegistry === undefined
        ? `no way to ${missing.join(', ')}`
        : `image ${needs.otherRegistry} is in a registry that has no endpoint`;
      return [{
        at: service.resource,
        causes: [outward.missing!.text],
        related: [puller.resource, app.model.resource(subnet.id)],
        saw: `${nameOf(service.resource)} in ${subnet.path}: ${without}; ${outward.missing!.text}`,
      }];
    }
  }
  return [];
}

function pullersOf(app: NetworkModel, { resource, capacity, groups, taskDefinition }: EcsService): readonly Endpoint[] {
  if (taskDefinition === undefined || capacity === 'other') return [];
  return capacity === 'fargate' ? app.endpointsOf(resource) : groups.flatMap((group) => app.endpointsOf(group.resource));
}

/** Only what is surely closed counts as closed. */
function serves(app: NetworkModel, endpoint: VpcEndpoint, puller: Endpoint): boolean {
  if (endpoint.vpc !== undefined && puller.vpc !== undefined && endpoint.vpc !== puller.vpc) return false;
  const interfaces = app.endpointsOf(endpoint.resource);
  return interfaces.length === 0 || interfaces.some((target) => app.judge.onPort(puller, target, HTTPS_PORT).verdict !== 'blocked');
}

function vpcEndpoints({ model, subnets }: NetworkModel): VpcEndpoint[] {
  return model.ofType('AWS::EC2::VPCEndpoint').map((resource) => {
    const name = model.text(resource, dig(resource.properties, 'ServiceName') ?? '');
    const whole = literalOf(name) ?? name.filter((part) => typeof part === 'string').join('.');
    const vpc = model.pointee(resource, dig(resource.properties, 'VpcId'))?.id ?? firstVpc(model.texts(
      resource,
      dig(resource.properties, 'SubnetIds'),
    ).map((text) => subnets.named(text)));
    return { resource, vpc, service: /(ecr\.api|ecr\.dkr|s3|logs|secretsmanager|ssm)$/.exec(whole)?.[1] ?? whole };
  });
}

function firstVpc(subnets: Array<Subnet | undefined>): string | undefined {
  return subnets.find((subnet) => subnet?.vpc !== undefined)?.vpc;
}
