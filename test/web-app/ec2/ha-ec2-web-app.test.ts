import { Stack, aws_ec2 as ec2, aws_ecr as ecr, aws_ecs as ecs, aws_iam as iam, aws_logs as logs, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { COMPOSE, appIn, world } from './world';
import type { HaEc2WebAppProps } from '../../../src/web-app/ec2/ha-ec2-web-app-props';
import { FLAG_CONTEXTS, testStack } from '../../fixtures';
import { dependencyCycle, resourcesOf } from '../../templates';
import type { Resources } from '../../templates';

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';
const TEMPLATE = 'AWS::EC2::LaunchTemplate';

function stackWith(props: Partial<HaEc2WebAppProps> = {}, context: Record<string, unknown> = {}): Stack {
  const stack = testStack(context);
  appIn(world(stack), props);
  return stack;
}

function launchData(template: Template): any {
  return Object.values(template.findResources(TEMPLATE))[0].Properties.LaunchTemplateData;
}

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  let stack: Stack;
  let template: Template;
  let resources: Resources;
  beforeAll(() => {
    stack = stackWith({}, context);
    template = Template.fromStack(stack);
    resources = resourcesOf(stack);
  });
  const group = () => Object.values(resources).find(({ Type }) => Type === GROUP)! as any;
  const isOf = (type: string) => (id: string) => resources[id]?.Type === type;

  test('the template has no cycle', () => {
    expect(dependencyCycle(resources)).toBeUndefined();
  });

  test('a new instance is out of service until its boot script has ended, as long as that may take, and given up otherwise', () => {
    expect(group().Properties.LifecycleHookSpecificationList).toEqual([{
      LifecycleHookName: 'application-started', LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING', HeartbeatTimeout: 900, DefaultResult: 'ABANDON',
    }]);
  });

  test('instances may end the waiting of their own group, which is known by its tag, and of no other', () => {
    const [tag] = group().Properties.Tags.filter(({ Key }: { Key: string }) => Key === 'cdk-ha-ecs:instances-of');
    expect(tag).toMatchObject({ PropagateAtLaunch: false });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({
          Action: 'autoscaling:CompleteLifecycleAction',
          Condition: { StringEquals: { 'autoscaling:ResourceTag/cdk-ha-ecs:instances-of': tag.Value } },
        })]),
      },
    });
  });

  test('instances come from a launch template, never from a launch configuration', () => {
    template.resourceCountIs('AWS::AutoScaling::LaunchConfiguration', 0);
    template.resourceCountIs(TEMPLATE, 1);
  });

  test('the image is Amazon Linux 2023 by public parameter, looked up at each deployment', () => {
    const parameter = template.toJSON().Parameters[launchData(template).ImageId.Ref];
    expect(parameter).toMatchObject({
      Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
      Default: expect.stringMatching(/^\/aws\/service\/ami-amazon-linux-latest\/al2023-ami-kernel-[\w.]+-x86_64$/),
    });
  });

  test('the metadata service needs a session, one hop away at most', () => {
    expect(launchData(template).MetadataOptions).toMatchObject({ HttpTokens: 'required', HttpPutResponseHopLimit: 1, HttpEndpoint: 'enabled' });
  });

  test('the root volume is encrypted gp3 of 30 GiB', () => {
    expect(launchData(template).BlockDeviceMappings).toEqual([
      { DeviceName: '/dev/xvda', Ebs: { Encrypted: true, VolumeType: 'gp3', VolumeSize: 30, DeleteOnTermination: true } },
    ]);
  });

  test('there is no key pair, and nothing opens port 22', () => {
    expect(launchData(template)).not.toHaveProperty('KeyName');
    expect(JSON.stringify(resources)).not.toMatch(/"(From|To)Port":22\b/);
  });

  test('a burstable type has unlimited credits, and metrics come every minute', () => {
    expect(launchData(template)).toMatchObject({ CreditSpecification: { CpuCredits: 'unlimited' }, Monitoring: { Enabled: true } });
  });

  test('two to four instances stand in the private subnets of all zones, with no desired capacity', () => {
    expect(group().Properties).toMatchObject({ MinSize: '2', MaxSize: '4' });
    expect(group().Properties).not.toHaveProperty('DesiredCapacity');
    expect(group().Properties.VPCZoneIdentifier).toEqual([
      { Ref: expect.stringContaining('VpcPrivateSubnet1') }, { Ref: expect.stringContaining('VpcPrivateSubnet2') },
    ]);
  });

  test('the load balancer judges the instances, after 300 seconds', () => {
    expect(group().Properties).toMatchObject({ HealthCheckType: 'ELB', HealthCheckGracePeriod: 300 });
    expect(group().Properties.TargetGroupARNs).toHaveLength(1);
  });

  test('instances warm up for 180 seconds, live for 14 days, and are replaced by starting the new one first', () => {
    expect(group().Properties).toMatchObject({
      DefaultInstanceWarmup: 180,
      MaxInstanceLifetime: 1209600,
      InstanceMaintenancePolicy: { MinHealthyPercentage: 100, MaxHealthyPercentage: 150 },
    });
  });

  test('the group publishes all its metrics', () => {
    expect(group().Properties.MetricsCollection).toEqual([{ Granularity: '1Minute' }]);
  });

  test('creation waits for a signal of each of the two instances, for 15 minutes', () => {
    expect(group().CreationPolicy).toEqual({ ResourceSignal: { Count: 2, Timeout: 'PT15M' } });
  });

  test('an update replaces one instance after another, keeps two in service and waits for signals', () => {
    expect(group().UpdatePolicy.AutoScalingRollingUpdate).toMatchObject({
      MinInstancesInService: 2, MaxBatchSize: 1, WaitOnResourceSignals: true, PauseTime: 'PT15M',
    });
  });

  test('the number of instances follows a CPU use of 70 %', () => {
    template.hasResourceProperties('AWS::AutoScaling::ScalingPolicy', {
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingConfiguration: { PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' }, TargetValue: 70 },
    });
  });

  test('the target group takes instances on port 80 and asks for /health', () => {
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { TargetType: 'instance', Port: 80, HealthCheckPath: '/health' });
  });

  test('the security group lets out HTTPS, the database and the files, and nothing else', () => {
    const [id, own] = Object.entries(resources).find(([name, { Type }]) => Type === 'AWS::EC2::SecurityGroup' && name.startsWith('App'))!;
    const separate = Object.values(resources)
      .filter(({ Type, Properties }) => Type === 'AWS::EC2::SecurityGroupEgress' && Properties.GroupId['Fn::GetAtt']?.[0] === id)
      .map(({ Properties }) => Properties.FromPort);
    expect(own.Properties.SecurityGroupEgress).toEqual([expect.objectContaining({ CidrIp: '0.0.0.0/0', FromPort: 443, ToPort: 443, IpProtocol: 'tcp' })]);
    expect(separate.sort()).toEqual([2049, 3306]);
  });

  test('the security group lets in the load balancer on port 80, and nothing else', () => {
    const [id, own] = Object.entries(resources).find(([name, { Type }]) => Type === 'AWS::EC2::SecurityGroup' && name.startsWith('App'))!;
    const separate = Object.values(resources)
      .filter(({ Type, Properties }) => Type === 'AWS::EC2::SecurityGroupIngress' && Properties.GroupId['Fn::GetAtt']?.[0] === id);
    expect(own.Properties).not.toHaveProperty('SecurityGroupIngress');
    expect(separate.map(({ Properties }) => [Properties.FromPort, Properties.ToPort, Properties.SourceSecurityGroupId['Fn::GetAtt'][0]]))
      .toEqual([[80, 80, expect.stringMatching(/^Frontend/)]]);
  });

  test('instances wait for their mount targets', () => {
    const targets = Object.keys(resources).filter(isOf('AWS::EFS::MountTarget'));
    expect(targets).toHaveLength(2);
    expect(group().DependsOn).toEqual(expect.arrayContaining(targets));
  });

  test('instances wait for the rules that open files and database to them', () => {
    const rules = Object.entries(resources)
      .filter(([, { Type, Properties }]) => /^AWS::EC2::SecurityGroup(In|E)gress$/.test(Type) && [2049, 3306].includes(Properties.FromPort))
      .map(([id]) => id);
    expect(rules).toHaveLength(4);
    expect(group().DependsOn).toEqual(expect.arrayContaining(rules));
  });

  test('instances wait for their role and its policy', () => {
    const needed = Object.keys(resources).filter((id) => /^AppInstancesInstanceRole/.test(id));
    expect(needed).toHaveLength(2);
    expect(group().DependsOn).toEqual(expect.arrayContaining(needed));
  });

  test('instances wait for the routes out', () => {
    expect(group().DependsOn.filter(isOf('AWS::EC2::Route'))).toHaveLength(2);
  });

  test('Session Manager is allowed by its managed policy', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: Match.objectLike({ Statement: [Match.objectLike({ Principal: { Service: 'ec2.amazonaws.com' } })] }),
      ManagedPolicyArns: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AmazonSSMManagedInstanceCore']] }],
    });
  });

  test('the role may do nothing but signal, tell its group, mount, log and read the one secret', () => {
    const policy = Object.entries(resources).find(([id, { Type }]) => Type === 'AWS::IAM::Policy' && id.startsWith('AppInstances'))![1];
    expect(policy.Properties.PolicyDocument.Statement.flatMap(({ Action }: any) => Action).sort()).toEqual([
      'autoscaling:CompleteLifecycleAction', 'autoscaling:DescribeAutoScalingInstances', 'cloudformation:SignalResource', 'elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite', 'logs:CreateLogStream', 'logs:PutLogEvents',
      'secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue',
    ]);
  });

  test('the files are mounted through the access point only', () => {
    expect(JSON.stringify(resources)).toContain('"elasticfilesystem:AccessPointArn"');
  });

  test('the log group keeps output for a month', () => {
    template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 30 }, DeletionPolicy: 'RetainExceptOnCreate' });
  });

  test('no resource of the application has a fixed name', () => {
    const own = Object.entries(resources).filter(([id]) => id.startsWith('App')).map(([, { Type, Properties = {} }]) => [Type, Properties] as const);
    const names = own.filter(([type]) => type !== 'AWS::IAM::Policy').flatMap(([, properties]) => Object.keys(properties)).filter((key) => /Name$/.test(key));
    expect(names.filter((name) => name !== 'AutoScalingGroupName')).toEqual([]);
  });
});

describe('choices', () => {
  test('an ARM type gets the image for ARM', () => {
    const template = Template.fromStack(stackWith({ instances: { instanceType: new ec2.InstanceType('m7g.large') } }));
    const { ImageId, CreditSpecification } = launchData(template);
    expect(template.toJSON().Parameters[ImageId.Ref].Default).toMatch(/arm64$/);
    expect(CreditSpecification).toBeUndefined();
  });

  test('an image of one\'s own takes the place of Amazon Linux', () => {
    const template = Template.fromStack(stackWith({ instances: { machineImage: ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-0123456789abcdef0' }) } }));
    expect(launchData(template).ImageId).toBe('ami-0123456789abcdef0');
  });

  test('an imported role that cannot be changed is used as it is', () => {
    const stack = testStack();
    const instanceRole = iam.Role.fromRoleArn(stack, 'Lab', 'arn:aws:iam::111111111111:role/Lab', { mutable: false });
    appIn(world(stack), { instances: { instanceRole } });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::IAM::InstanceProfile', { Roles: ['Lab'] });
    expect(Object.keys(resourcesOf(stack)).filter((id) => id.startsWith('AppInstancesInstanceRole'))).toEqual([]);
  });

  test('an imported profile is used as it is, and nothing of IAM is defined', () => {
    const stack = testStack();
    const role = iam.Role.fromRoleArn(stack, 'Lab', 'arn:aws:iam::111111111111:role/Lab', { mutable: false });
    const instanceProfileArn = 'arn:aws:iam::111111111111:instance-profile/Lab';
    appIn(world(stack), {
      instances: { instanceProfile: iam.InstanceProfile.fromInstanceProfileAttributes(stack, 'Profile', { instanceProfileArn, role }) },
    });
    expect(launchData(Template.fromStack(stack)).IamInstanceProfile).toEqual({ Arn: instanceProfileArn });
    expect(Object.entries(resourcesOf(stack)).filter(([id, { Type }]) => id.startsWith('App') && Type.startsWith('AWS::IAM'))).toEqual([]);
  });

  test('without frontend, database and files only the instances are left', () => {
    const stack = stackWith({ frontend: undefined, database: undefined, sharedFiles: undefined });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::TargetGroup', 0);
    template.hasResourceProperties(GROUP, { HealthCheckType: 'EC2', TargetGroupARNs: Match.absent() });
  });

  test('other numbers are taken over', () => {
    const template = Template.fromStack(stackWith({ minInstances: 3, instances: { cpuTargetPercent: 50, port: 8080 } }));
    template.hasResourceProperties(GROUP, { MinSize: '3', MaxSize: '6' });
    template.hasResourceProperties('AWS::AutoScaling::ScalingPolicy', { TargetTrackingConfiguration: Match.objectLike({ TargetValue: 50 }) });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { Port: 8080 });
  });

  test('the numbers of system 5: two to three instances in three zones', () => {
    const stack = new Stack(testStack().node.root, 'Three', { env: { region: 'eu-west-1', account: '111111111111' } });
    stack.node.setContext('availability-zones:account=111111111111:region=eu-west-1', ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']);
    appIn(world(stack), { minInstances: 2, maxInstances: 3 });
    Template.fromStack(stack).hasResourceProperties(GROUP, {
      MinSize: '2', MaxSize: '3', VPCZoneIdentifier: [Match.anyValue(), Match.anyValue(), Match.anyValue()],
    });
  });

  test('hosts, paths, priority and stickiness of the routing reach rule and target group', () => {
    const template = Template.fromStack(stackWith({ routing: { pathPatterns: ['/api/*'], priority: 7, healthCheck: { healthyHttpCodes: '200-399' } } }));
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerRule', {
      Priority: 7, Conditions: Match.arrayWith([{ Field: 'path-pattern', PathPatternConfig: { Values: ['/api/*'] } }]),
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { Matcher: { HttpCode: '200-399' } });
  });

  test('images are pulled from the repositories that are passed, and from no other', () => {
    const stack = testStack();
    const repository = new ecr.Repository(stack, 'Images');
    appIn(world(stack), { compose: { repositories: [repository] } });
    const statements = Object.entries(resourcesOf(stack)).filter(([id, { Type }]) => id.startsWith('AppInstances') && Type === 'AWS::IAM::Policy')
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
    expect(statements).toContainEqual(expect.objectContaining({
      Action: ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Images/), 'Arn'] },
    }));
  });

  test('secrets that are passed may be read', () => {
    const stack = testStack();
    const secret = new secretsmanager.Secret(stack, 'Mail');
    appIn(world(stack), { secrets: { MAIL_PASSWORD: ecs.Secret.fromSecretsManager(secret) } });
    const text = JSON.stringify(Object.entries(resourcesOf(stack)).filter(([id]) => id.startsWith('AppInstancesInstanceRoleDefaultPolicy')));
    expect(text).toContain(stack.getLogicalId(secret.node.defaultChild as secretsmanager.CfnSecret));
  });

  test('a log group of one\'s own is written to, and none is defined', () => {
    const stack = testStack();
    appIn(world(stack), { compose: { logs: { logGroup: new logs.LogGroup(stack, 'Mine') } } });
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 1);
  });

  test('the defaults of attributes: group, port and log group', () => {
    const stack = testStack();
    const app = appIn(world(stack), { composeText: COMPOSE });
    expect(app.connections.defaultPort?.toString()).toBe('80');
    expect(app.autoScalingGroup.node.path).toBe('Test/App/Instances/AutoScalingGroup');
    expect(app.targetGroup).toBeDefined();
  });
});
