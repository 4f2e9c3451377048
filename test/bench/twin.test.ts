import { App, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { comparableTemplate } from './comparable-template';
import type { ComparableResource } from './comparable-template';
import { handWrittenLab } from '../../bench/hand-written-lab';
import { ecsLab } from '../../examples/typescript/ecs-lab/lab';
import { FLAG_CONTEXTS } from '../fixtures';

/** What the twin has to have in common with the lab to be a fair opponent, by resource type. When the lab changes here, change `bench/hand-written`. */
const SETTINGS: Record<string, string[]> = {
  'AWS::AutoScaling::AutoScalingGroup': ['MinSize', 'MaxSize', 'MaxInstanceLifetime', 'VPCZoneIdentifier'],
  'AWS::CloudWatch::Alarm': ['ComparisonOperator', 'EvaluationPeriods', 'DatapointsToAlarm', 'Threshold', 'TreatMissingData', 'MetricName'],
  'AWS::EC2::LaunchTemplate': ['LaunchTemplateData.MetadataOptions', 'LaunchTemplateData.BlockDeviceMappings', 'LaunchTemplateData.InstanceType'],
  'AWS::EC2::SecurityGroup': ['SecurityGroupIngress', 'SecurityGroupEgress'],
  'AWS::EC2::SecurityGroupEgress': ['FromPort', 'ToPort', 'Description'],
  'AWS::EC2::SecurityGroupIngress': ['FromPort', 'ToPort', 'Description'],
  'AWS::EC2::Subnet': ['CidrBlock', 'MapPublicIpOnLaunch'],
  'AWS::ECS::CapacityProvider': ['AutoScalingGroupProvider'],
  'AWS::ECS::Service': [
    'DeploymentConfiguration', 'DesiredCount', 'AvailabilityZoneRebalancing', 'CapacityProviderStrategy', 'PlacementConstraints', 'PlacementStrategies',
    'NetworkConfiguration', 'HealthCheckGracePeriodSeconds', 'LoadBalancers', 'ServiceRegistries',
  ],
  'AWS::ECS::TaskDefinition': ['ContainerDefinitions', 'Cpu', 'Memory', 'NetworkMode', 'RuntimePlatform', 'Volumes'],
  'AWS::EFS::AccessPoint': ['PosixUser', 'RootDirectory'],
  'AWS::EFS::FileSystem': ['Encrypted', 'FileSystemPolicy', 'ThroughputMode', 'BackupPolicy'],
  'AWS::ElasticLoadBalancingV2::Listener': ['Port', 'Protocol', 'SslPolicy', 'DefaultActions', 'ListenerAttributes'],
  'AWS::ElasticLoadBalancingV2::ListenerRule': ['Conditions', 'Actions'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['LoadBalancerAttributes', 'Scheme'],
  'AWS::ElasticLoadBalancingV2::TargetGroup': ['HealthCheckPath', 'TargetGroupAttributes', 'TargetType', 'Port'],
  'AWS::IAM::Policy': ['PolicyDocument'],
  'AWS::IAM::Role': ['AssumeRolePolicyDocument', 'ManagedPolicyArns'],
  'AWS::S3::Bucket': ['BucketEncryption', 'LifecycleConfiguration', 'PublicAccessBlockConfiguration'],
  'AWS::Scheduler::Schedule': ['ScheduleExpression', 'Target'],
  'AWS::SecretsManager::Secret': ['GenerateSecretString'],
  'AWS::ServiceDiscovery::Service': ['DnsConfig', 'Name', 'HealthCheckCustomConfig'],
};

describe.each(FLAG_CONTEXTS)('the hand-written twin of the ECS lab with %s', (_name, context) => {
  const lab = resourcesOf(ecsLab, context);
  const twin = resourcesOf(handWrittenLab, context);

  test('has the same resource types as often in the same stacks', () => {
    const types = (resources: ComparableResource[]) => resources.map(({ stack, type }) => `${stack} ${type}`);
    expect(onlyIn(types(lab), types(twin))).toEqual({ onlyInLab: [], onlyInTwin: [] });
  });

  test.each(Object.keys(SETTINGS))('has the same settings on each %s', (type) => {
    const settings = (resources: ComparableResource[]) => resources.filter((resource) => resource.type === type)
      .flatMap(({ stack, properties }) => SETTINGS[type].map((path) => `${stack} ${path} ${JSON.stringify(at(properties, path))}`));
    expect(settings(lab)).not.toEqual([]);
    expect(onlyIn(settings(lab), settings(twin))).toEqual({ onlyInLab: [], onlyInTwin: [] });
  });

  test('lets its services wait for the same kinds of resources', () => {
    const dependencies = (resources: ComparableResource[]) => resources.filter(({ type }) => type === 'AWS::ECS::Service')
      .map(({ stack, dependsOn }) => `${stack} ${[...new Set(dependsOn)].sort().join(' ')}`);
    expect(onlyIn(dependencies(lab), dependencies(twin))).toEqual({ onlyInLab: [], onlyInTwin: [] });
  });
});

function resourcesOf(program: (scope: Construct) => void, context: Record<string, unknown>): ComparableResource[] {
  const app = new App({ context });
  program(app);
  return comparableTemplate(app.node.children.filter(Stack.isStack));
}

function at(properties: unknown, path: string): unknown {
  return path.split('.').reduce((value: any, key) => value?.[key], properties);
}

/** What one list has more of than the other. */
function onlyIn(inLab: string[], inTwin: string[]): { onlyInLab: string[]; onlyInTwin: string[] } {
  const onlyInTwin = [...inTwin];
  const onlyInLab = inLab.filter((entry) => {
    const index = onlyInTwin.indexOf(entry);
    if (index >= 0) onlyInTwin.splice(index, 1);
    return index < 0;
  });
  return { onlyInLab, onlyInTwin };
}
