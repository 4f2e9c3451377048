import { Lazy, Stack, aws_ecs as ecs, aws_iam as iam } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import { parameterNamesOf } from './parameter-image';
import { acknowledgeDeployments, acknowledgeStackUpdate, acknowledgeStacks } from './pipeline-acknowledgements';
import type { IEcsWebApp } from '../web-app/ecs/ecs-web-app';

/**
 * The role by which CloudFormation updates the stacks of applications for a pipeline: it may do what a new image asks for and nothing else,
 * whatever a template says. Without one CloudFormation would use the role of the last `cdk deploy`, which may do everything.
 *
 * What CloudFormation calls for the two resources stands in `handlers.permissions` of their schemas (`aws cloudformation describe-type`), read for
 * AWS::ECS::Service and AWS::ECS::TaskDefinition on 2026-11-21. Left out is what tags would need on a service: an update that changes only an image changes none.
 */
export function defineStackUpdateRole(scope: Construct, apps: IEcsWebApp[]): iam.Role {
  const role = new iam.Role(scope, 'StackUpdateRole', {
    assumedBy: new iam.ServicePrincipal('cloudformation.amazonaws.com'),
    description: 'What CloudFormation may do to deploy images for a pipeline',
  });
  const revisions = apps.map(({ taskDefinition }) => Stack.of(scope).formatArn({
    service: 'ecs', resource: 'task-definition', resourceName: `${taskDefinition.family}:*`,
  }));
  const deployments = apps.map(({ service }) => Stack.of(scope).formatArn({
    service: 'ecs', resource: 'service-deployment', resourceName: `${service.cluster.clusterName}/${service.serviceName}/*`,
  }));
  const stacks = [...new Set(apps.map((app) => Stack.of(app.service)))];
  const read = () => stackArns(scope, stacks.flatMap((stack) => [stack, ...stack.dependencies]));
  const rolesOfTasks = apps.flatMap(({ taskDefinition }) => [taskDefinition.taskRole, taskDefinition.executionRole])
    .flatMap((each) => each?.roleArn ?? []);
  const statements = [
    new iam.PolicyStatement({
      actions: ['ecs:DescribeServices', 'ecs:ListServiceDeployments', 'ecs:ListTagsForResource', 'ecs:UpdateService'],
      resources: apps.map(({ service }) => service.serviceArn),
    }),
    // An update that is canceled or goes back stops the deployment that is under way.
    new iam.PolicyStatement({ actions: ['ecs:DescribeServiceDeployments', 'ecs:StopServiceDeployment'], resources: deployments }),
    // None of them can be limited to a resource.
    new iam.PolicyStatement({
      actions: ['ecs:DeregisterTaskDefinition', 'ecs:DescribeTaskDefinition', 'ecs:RegisterTaskDefinition'],
      resources: ['*'],
    }),
    new iam.PolicyStatement({
      actions: ['ecs:TagResource'],
      resources: revisions,
      conditions: { StringEquals: { 'ecs:CreateAction': 'RegisterTaskDefinition' } },
    }),
    passing('ecs-tasks.amazonaws.com', rolesOfTasks),
    new iam.PolicyStatement({ actions: ['iam:GetRole'], resources: rolesOfTasks }),
    parametersOf(stacks),
    // Values of other stacks that a template asks for by Fn::GetStackOutput.
    new iam.PolicyStatement({
      actions: ['cloudformation:DescribeStacks'],
      resources: Lazy.list({ produce: read }),
    }),
  ];
  statements.forEach((statement) => role.addToPolicy(statement));
  const handedToEcs = apps.flatMap(rolesOfService);
  if (handedToEcs.length > 0) role.addToPolicy(passing('ecs.amazonaws.com', handedToEcs));
  acknowledgeStackUpdate(role, revisions);
  // References between stacks make dependencies of them when the app is synthesized, and not before.
  role.node.addValidation({
    validate: () => {
      acknowledgeStacks(role, read());
      acknowledgeDeployments(role, deployments);
      return [];
    },
  });
  return role;
}

/** CloudFormation reads the parameters of a stack again at every update, by the role of the update or by that of its caller. */
export function parametersOf(stacks: Stack[]): iam.PolicyStatement {
  const names = () => stacks.flatMap((stack) => {
    const { bootstrapQualifier } = stack.synthesizer;
    return [...parameterNamesOf(stack), ...(bootstrapQualifier === undefined ? [] : [`/cdk-bootstrap/${bootstrapQualifier}/version`])]
      .map((name) => parameterArn(stack, name));
  });
  return new iam.PolicyStatement({ actions: ['ssm:GetParameters'], resources: Lazy.list({ produce: () => [...new Set(names())] }) });
}

/** By name: an export of the images' stack would tie the two stacks together. */
export function parameterArn(scope: IConstruct, name: string): string {
  return Stack.of(scope).formatArn({
    service: 'ssm', resource: 'parameter', resourceName: name.slice(1), ...(name.startsWith('/aws/service/') ? { account: '' } : {}),
  });
}

/** Whatever the id that CloudFormation gave them. */
export function stackArns(scope: IConstruct, stacks: Stack[]): string[] {
  return [...new Set(stacks.map(({ stackName }) => stackName))].sort()
    .map((name) => Stack.of(scope).formatArn({ service: 'cloudformation', resource: 'stack', resourceName: `${name}/*` }));
}

function passing(service: string, roles: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: ['iam:PassRole'], resources: roles, conditions: { StringEquals: { 'iam:PassedToService': service } },
  });
}

/** The roles by which ECS changes a load balancer or calls hooks: they are handed over again at every update of the service. */
function rolesOfService({ service, alternateTargetGroup }: IEcsWebApp): string[] {
  if (alternateTargetGroup === undefined) return [];
  const resource = service.node.findAll().find((child) => ecs.CfnService.isCfnService(child)) as ecs.CfnService | undefined;
  const stack = Stack.of(service);
  const properties = JSON.stringify(stack.resolve([resource?.loadBalancers, resource?.deploymentConfiguration]));
  const elsewhere = [...properties.matchAll(/"roleArn":"(arn:[^"]+)"/gi)].map(([, arn]) => arn);
  const own = stack.node.findAll().filter((each): each is iam.CfnRole => iam.CfnRole.isCfnRole(each))
    .filter((each) => properties.includes(`"Fn::GetAtt":["${stack.resolve(each.logicalId)}","Arn"]`))
    .map((each) => each.attrArn);
  return [...new Set([...own, ...elsewhere])];
}
