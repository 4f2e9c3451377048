import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { completeLab } from '../../examples/typescript/ecs-lab/delivery';
import { HaChecks, NetworkPaths, PathVerdict } from '../../src';
import { FLAG_CONTEXTS } from '../fixtures';
import { countByRule, findings } from '../nag-report';
import { dependencyCycle, resourcesOf } from '../templates';

const LAB_FOLDER = join(__dirname, '..', '..', 'examples', 'typescript', 'ecs-lab');

test('the lab program, imports aside, has at most 45 lines', () => {
  const program = readFileSync(join(LAB_FOLDER, 'lab.ts'), 'utf8').replace(/^import [\s\S]*?;$/gm, '');
  const lines = program.split('\n').filter((line) => line.trim());
  expect(lines.length).toBeLessThanOrEqual(45);
});

describe.each(FLAG_CONTEXTS)('the ECS lab with %s', (_name, context) => {
  const app = new App({ context });
  completeLab(app);
  const stack = (id: string) => app.node.findChild(id) as Stack;
  const [images, data, web] = ['LabImages', 'LabData', 'LabWeb'].map((id) => Template.fromStack(stack(id)));
  const idsOf = (template: Template, resourceType: string) => Object.keys(template.findResources(resourceType)).sort();

  test.each(['LabImages', 'LabData', 'LabWeb', 'LabDelivery'])('%s has no dependency cycle', (id) => {
    expect(dependencyCycle(resourcesOf(stack(id)))).toBeUndefined();
  });

  test('the network is 10.0.0.0/16 with the subnets 10.0.1.0/24 to 10.0.4.0/24', () => {
    data.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16', EnableDnsHostnames: true, EnableDnsSupport: true });
    const subnets = Object.values(data.findResources('AWS::EC2::Subnet')).map((subnet) => subnet.Properties.CidrBlock).sort();
    expect(subnets).toEqual(['10.0.1.0/24', '10.0.2.0/24', '10.0.3.0/24', '10.0.4.0/24']);
  });

  test('both image repositories scan on push, never move a tag, and expire old images', () => {
    images.resourceCountIs('AWS::ECR::Repository', 2);
    images.allResourcesProperties('AWS::ECR::Repository', {
      ImageScanningConfiguration: { ScanOnPush: true },
      // The build cache is the one tag that moves.
      ImageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      ImageTagMutabilityExclusionFilters: [{ ImageTagMutabilityExclusionFilterType: 'WILDCARD', ImageTagMutabilityExclusionFilterValue: 'buildcache*' }],
      LifecyclePolicy: { LifecyclePolicyText: Match.stringLikeRegexp('"countNumber":30') },
    });
  });

  test('the database is found in Cloud Map under an A record with a TTL of 15 seconds', () => {
    data.hasResourceProperties('AWS::ServiceDiscovery::PrivateDnsNamespace', { Name: 'lab.internal' });
    data.hasResourceProperties('AWS::ServiceDiscovery::Service', {
      Name: 'mysql-service',
      DnsConfig: { DnsRecords: [{ TTL: 15, Type: 'A' }], RoutingPolicy: 'MULTIVALUE' },
      HealthCheckCustomConfig: { FailureThreshold: 1 },
    });
  });

  test('one database task runs, with 0 to 100 % of it during a deployment', () => {
    data.hasResourceProperties('AWS::ECS::Service', {
      DesiredCount: 1,
      DeploymentConfiguration: Match.objectLike({ MinimumHealthyPercent: 0, MaximumPercent: 100 }),
    });
  });

  test('both images are read from the parameters that the pipeline writes', () => {
    const parameters = [data, web].map((template) => Object.values(template.toJSON().Parameters).map((parameter: any) => parameter.Default));
    expect(parameters.map((defaults) => defaults.filter((value: string) => value.startsWith('/LabImages/')))).toEqual([
      ['/LabImages/Database'], ['/LabImages/Frontend'],
    ]);
  });

  test('two to ten web tasks run at 70 % CPU', () => {
    web.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 2, MaxCapacity: 10 });
    web.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      TargetTrackingScalingPolicyConfiguration: Match.objectLike({
        PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
        TargetValue: 70,
      }),
    });
  });

  test('web tasks run on distinct instances, spread over the zones', () => {
    web.hasResourceProperties('AWS::ECS::Service', {
      PlacementConstraints: [{ Type: 'distinctInstance' }],
      PlacementStrategies: Match.arrayWith([{ Type: 'spread', Field: 'attribute:ecs.availability-zone' }]),
      DesiredCount: Match.absent(),
    });
  });

  test('the apex leads to CloudFront over IPv4 and IPv6, the origin to the load balancer, which has IPv4 alone', () => {
    const records = Object.values(web.findResources('AWS::Route53::RecordSet')).map(({ Properties }) => Properties);
    const to = ({ AliasTarget }: any) => (JSON.stringify(AliasTarget.DNSName).includes('LoadBalancer') ? 'load balancer' : 'CloudFront');
    expect(records.map((record) => `${record.Name} ${record.Type} ${to(record)}`).sort())
      .toEqual(['alb.lab.example.com. A load balancer', 'lab.example.com. A CloudFront', 'lab.example.com. AAAA CloudFront']);
  });

  test('port 80 is only a permanent redirect, and 443 has a post-quantum policy', () => {
    web.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 80,
      DefaultActions: [Match.objectLike({ Type: 'redirect', RedirectConfig: Match.objectLike({ Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' }) })],
    });
    web.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { Port: 443, SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09' });
  });

  test('the application learns host and port in plain and its password as a secret', () => {
    web.hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: Match.arrayWith([Match.objectLike({
        Environment: Match.arrayWith([Match.objectLike({ Name: 'DB_HOST', Value: 'mysql-service.lab.internal' })]),
        Secrets: Match.arrayWith([Match.objectLike({ Name: 'DB_PASSWORD' })]),
      })]),
    });
  });

  test('no security group has open egress, and each has at least one form of egress', () => {
    const everything = [data, web].flatMap((template) => Object.entries(template.toJSON().Resources as Record<string, any>));
    const open = everything.filter(([, resource]) => ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupEgress'].includes(resource.Type))
      .filter(([, resource]) => [resource.Properties, ...resource.Properties.SecurityGroupEgress ?? []].some((rule: any) => rule.IpProtocol === '-1'));
    expect(open.map(([id]) => id)).toEqual([]);
    const withSeparate = new Set(everything.filter(([, resource]) => resource.Type === 'AWS::EC2::SecurityGroupEgress')
      .map(([, resource]) => JSON.stringify(resource.Properties.GroupId)));
    const silent = everything.filter(([id, resource]) => resource.Type === 'AWS::EC2::SecurityGroup'
      && !resource.Properties.SecurityGroupEgress?.length && ![...withSeparate].some((group) => group.includes(id)));
    expect(silent.map(([id]) => id)).toEqual([]);
  });

  test('only the declared connections exist, and every one of them works', () => {
    const paths = NetworkPaths.fromAssembly(app.synth().directory);
    expect(paths.openPaths().map(({ source, target, fromPort, toPort }) => `${source} -> ${target} on ${[...new Set([fromPort, toPort])].join('-')}`).sort()).toEqual([
      'LabData/Cluster/Ec2/AutoScalingGroup -> internet on 443',
      'LabData/Database/Dump/Schedule -> LabData/Database/Files/FileSystem on 2049',
      'LabData/Database/Dump/Schedule -> LabData/Database/Service on 3306',
      'LabData/Database/Dump/Schedule -> internet on 443',
      'LabData/Database/Service -> LabData/Database/Files/FileSystem on 2049',
      'LabData/Database/Service -> internet on 443',
      'LabWeb/App/Service -> LabData/Database/Service on 3306',
      'LabWeb/App/Service -> internet on 443',
      'LabWeb/Frontend/LoadBalancer -> LabWeb/App/Service on 80',
      'internet -> LabWeb/Frontend/LoadBalancer on 443',
      'internet -> LabWeb/Frontend/LoadBalancer on 80',
    ]);
    expect(paths.undecided()).toEqual([]);
    expect(paths.declaredPaths().filter(({ verdict }) => verdict !== PathVerdict.REACHABLE)).toEqual([]);
  });

  test('the logical ids of what holds data never change', () => {
    expect({
      fileSystems: idsOf(data, 'AWS::EFS::FileSystem'),
      accessPoints: idsOf(data, 'AWS::EFS::AccessPoint'),
      mountTargets: idsOf(data, 'AWS::EFS::MountTarget'),
      secrets: idsOf(data, 'AWS::SecretsManager::Secret'),
      repositories: idsOf(images, 'AWS::ECR::Repository'),
      logGroups: [...idsOf(data, 'AWS::Logs::LogGroup'), ...idsOf(web, 'AWS::Logs::LogGroup')],
    }).toEqual({
      fileSystems: ['DatabaseFilesFileSystem46BD37B2'],
      accessPoints: ['DatabaseData9193E0A1', 'DatabaseDumpDirectory8685F863'],
      mountTargets: ['DatabaseFilesFileSystem46BD37B2MountTargetPrivateSubnet1', 'DatabaseFilesFileSystem46BD37B2MountTargetPrivateSubnet2'],
      secrets: ['DatabaseSecretsApplicationDA9CA8AB', 'DatabaseSecretsRootC16F1663'],
      repositories: ['DatabaseRepositoryD72B1A4A', 'FrontendRepository8FE916EE'],
      logGroups: ['ClusterExecLogs956D313E', 'DatabaseDumpLogsB155C9F3', 'DatabaseLogs7DD5B21F', 'NetworkFlowLogs2BEC3212', 'AppLogGroupC72EEC8C'],
    });
  });

  test('HaChecks finds nothing that is not acknowledged with a reason', () => {
    expect(findings(completeLab, (each) => [new HaChecks(each)], context)).toEqual([]);
  });

  test('AwsSolutions finds nothing that is not acknowledged with a reason', () => {
    expect(findings(completeLab, (each) => [new AwsSolutionsChecks(each)], context)).toEqual([]);
  });
});

const REMAINING: Record<string, string> = {
  IAMNoInlinePolicy: 'the CDK attaches grants as policies of their own role; a managed policy would not narrow them',
  CloudWatchLogGroupEncrypted: 'CloudWatch Logs encrypts at rest with its own key; a customer key is a prop away and costs a key policy',
  VPCNoUnrestrictedRouteToIGW: 'the public subnets of the load balancer and the NAT gateways',
  VPCDefaultSecurityGroupClosed: 'closing it takes a Lambda-backed custom resource; nothing here uses the default group',
  SecretsManagerRotationEnabled: 'the passwords live in the data directory: a rotated secret alone would lock everybody out',
  SecretsManagerUsingKMSKey: 'encrypted with the key AWS manages; EfsBackedMysqlService takes a customer key for files and secrets together',
  S3BucketLoggingEnabled: 'the buckets hold access logs themselves',
  S3BucketReplicationEnabled: 'access logs of 90 days need no copy in another region',
  S3BucketVersioningEnabled: 'access logs are written once and expire',
  S3DefaultEncryptionKMS: 'a load balancer cannot write access logs to a bucket with a customer key; the bucket of CloudFront is kept alike',
  CloudWatchAlarmAction: 'the alarms act by rolling a deployment back, which ECS does by their names',
  EFSInBackupPlan: 'EFS automatic backups are on, and a logical dump runs every night',
  ALBWAFEnabled: 'a web ACL is a prop; it costs more a month than the lab',
  CodeBuildProjectSourceRepoUrl: 'the sources come from the pipeline, through a connection of CodeConnections',
  ELBv2ACMCertificateRequired: 'the listener on port 80 only redirects to HTTPS',
};

test.each([
  ['NIST 800-53 r5', NIST80053R5Checks],
  ['HIPAA', HIPAASecurityChecks],
  ['PCI DSS 3.2.1', PCIDSS321Checks],
])('%s: every remaining finding of the lab has a stated reason', (name, Pack) => {
  const counts = countByRule(findings(completeLab, (each) => [new Pack(each)]));
  const ruleName = (rule: string) => rule.slice(rule.indexOf('-') + 1);
  process.stdout.write([
    `${name}: ${counts.reduce((sum, [, count]) => sum + count, 0)} findings remain in the lab`,
    ...counts.map(([rule, count]) => `  ${count} x ${rule}: ${REMAINING[ruleName(rule)] ?? 'no reason stated'}`), '',
  ].join('\n'));
  expect(counts.map(([rule]) => ruleName(rule)).filter((rule) => !REMAINING[rule])).toEqual([]);
});
