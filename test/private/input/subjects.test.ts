import { App, Stack, aws_certificatemanager as acm, aws_route53 as route53, aws_sns as sns } from 'aws-cdk-lib';
import { HaChecks } from '../../../src/checks/ha-checks';
import { EcsCapacity } from '../../../src/cluster/ecs-capacity';
import { DatabaseDumps } from '../../../src/database/dumps/database-dumps';
import { MysqlEngine } from '../../../src/database/mysql-engine';
import { FrontendAccess } from '../../../src/frontend/frontend-access';
import { FrontendDomain } from '../../../src/frontend/frontend-domain';
import { FrontendWebAcl } from '../../../src/frontend/frontend-web-acl';
import { AlarmRouting } from '../../../src/monitoring/alarm-routing';
import { DatabaseEnvironment } from '../../../src/web-app/database-environment';
import { WebAppDeployment } from '../../../src/web-app/deployment/web-app-deployment';
import { ComposeProxy } from '../../../src/web-app/ec2/compose-proxy';

const stack = new Stack(new App(), 'Test');
const topic = sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111111111111:shop');
const zone = route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' });
const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:111111111111:certificate/1');

/** `null`, as programs without types pass it. */
const NULL = null as never;

/** Calls with one argument that is null, and what the message begins with. */
const CALLS: Array<[start: string, call: () => unknown]> = [
  ['AlarmRouting.topic: topic is', () => AlarmRouting.topic(NULL)],
  ['AlarmRouting.topics: page is', () => AlarmRouting.topics(NULL, topic)],
  ['AlarmRouting.topics: ticket is', () => AlarmRouting.topics(topic, NULL)],
  ['AlarmRouting.actions: options', () => AlarmRouting.actions(NULL)],
  ['AlarmRouting.disabled: reason is', () => AlarmRouting.disabled(NULL)],
  ['MysqlEngine.of: options', () => MysqlEngine.of(NULL)],
  ['DatabaseDumps.scheduled: options', () => DatabaseDumps.scheduled(NULL)],
  ['DatabaseDumps.disabled: reason is', () => DatabaseDumps.disabled(NULL)],
  ['FrontendWebAcl.arn: webAclArn is', () => FrontendWebAcl.arn(NULL)],
  ['FrontendWebAcl.managed: options', () => FrontendWebAcl.managed(NULL)],
  ['FrontendDomain.hostedZone: zone is', () => FrontendDomain.hostedZone(NULL, 'shop')],
  ['FrontendDomain.hostedZone: recordName is', () => FrontendDomain.hostedZone(zone, NULL)],
  ['FrontendDomain.hostedZone: options', () => FrontendDomain.hostedZone(zone, 'shop', NULL)],
  ['FrontendDomain.external: domainName is', () => FrontendDomain.external(NULL, certificate)],
  ['FrontendDomain.external: certificate is', () => FrontendDomain.external('shop.example.com', NULL)],
  ['FrontendDomain.httpOnly: reason is', () => FrontendDomain.httpOnly(NULL)],
  ['FrontendAccess.cidrs: list is', () => FrontendAccess.cidrs(NULL)],
  ['FrontendAccess.cloudFront: options', () => FrontendAccess.cloudFront(NULL)],
  ['FrontendAccess.cloudFrontVpcOrigin: options', () => FrontendAccess.cloudFrontVpcOrigin(NULL)],
  ['FrontendAccess.vpcOnly: list is', () => FrontendAccess.vpcOnly(NULL)],
  ['HaChecks.ofAssembly: options', () => HaChecks.ofAssembly('cdk.out', NULL)],
  ['HaChecks: options', () => new HaChecks(stack, NULL)],
  ['ComposeProxy.nginx: options', () => ComposeProxy.nginx(NULL)],
  ['WebAppDeployment.rolling: options', () => WebAppDeployment.rolling(NULL)],
  ['WebAppDeployment.blueGreen: options', () => WebAppDeployment.blueGreen(NULL)],
  ['WebAppDeployment.canary: options', () => WebAppDeployment.canary(NULL)],
  ['WebAppDeployment.linear: options', () => WebAppDeployment.linear(NULL)],
  ['DatabaseEnvironment.custom: names is', () => DatabaseEnvironment.custom(NULL)],
  ['EcsCapacity.ec2: options', () => EcsCapacity.ec2(NULL)],
  ['EcsCapacity.existingEc2: options', () => EcsCapacity.existingEc2(NULL)],
  ['EcsCapacity.fargate: options', () => EcsCapacity.fargate(NULL)],
  ['EcsCapacity.fargateSpot: options', () => EcsCapacity.fargateSpot(NULL)],
  ['EcsCapacity.managedInstances: options', () => EcsCapacity.managedInstances(NULL)],
];

test.each(CALLS)('a message about what is null begins: %s', (start, call) => {
  let message = '';
  try {
    call();
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message.slice(0, start.length)).toBe(start);
});
