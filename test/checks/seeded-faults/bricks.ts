import { allow, att, ref, resource, role } from '../rules/resources';
import type { Resources } from '../rules/resources';

/** One change to an app that works, which nobody is told of when it is deployed. */
export interface SeededFault {
  readonly app: keyof typeof import('./apps').APPS;
  /** What somebody did. */
  readonly fault: string;
  /** The rule that finds it; or why none does. */
  readonly found: { readonly by: string } | { readonly not: string };
  change(app: Resources): void;
}

export const by = (rule: string) => ({ by: rule });
export const not = (why: string) => ({ not: why });

export const tcp = (source: Record<string, unknown>, from: number, to = from) => ({ IpProtocol: 'tcp', FromPort: from, ToPort: to, ...source });
export const anybody = { CidrIp: '0.0.0.0/0' };
export const group = (network: string, ingress: unknown[], egress?: unknown[]) => resource('AWS::EC2::SecurityGroup', {
  VpcId: ref(network), GroupDescription: 'hand-made', SecurityGroupIngress: ingress, ...(egress === undefined ? {} : { SecurityGroupEgress: egress }),
});
export const of = (name: string) => ({ SourceSecurityGroupId: att(name, 'GroupId') });

/** A VPC of two zones: public and private subnets, each with a NAT gateway of its own zone; or private ones alone. */
export function vpc(name: string, block: string, kind: 'public' | 'closed' = 'public'): Resources {
  const [first, second] = block.split('.');
  const app: Resources = { [name]: resource('AWS::EC2::VPC', { CidrBlock: block, EnableDnsSupport: true, EnableDnsHostnames: true }) };
  const subnet = (label: string, zone: string, third: number, table: string) => {
    app[label] = resource('AWS::EC2::Subnet',
      { VpcId: ref(name), AvailabilityZone: `eu-west-1${zone}`, CidrBlock: `${first}.${second}.${third}.0/24` });
    app[`${label}Routes`] = resource('AWS::EC2::SubnetRouteTableAssociation', { SubnetId: ref(label), RouteTableId: ref(table) });
  };
  for (const [index, zone] of ['a', 'b'].entries()) {
    const upper = zone.toUpperCase();
    app[`${name}Table${upper}`] = resource('AWS::EC2::RouteTable', { VpcId: ref(name) });
    subnet(`${name}Private${upper}`, zone, 10 + index, `${name}Table${upper}`);
    if (kind === 'closed') continue;
    app[`${name}Open`] = resource('AWS::EC2::RouteTable', { VpcId: ref(name) });
    subnet(`${name}Public${upper}`, zone, index, `${name}Open`);
    app[`${name}Eip${upper}`] = resource('AWS::EC2::EIP', { Domain: 'vpc' });
    app[`${name}Nat${upper}`] = resource('AWS::EC2::NatGateway',
      { SubnetId: ref(`${name}Public${upper}`), AllocationId: att(`${name}Eip${upper}`, 'AllocationId') });
    app[`${name}Out${upper}`] = resource('AWS::EC2::Route',
      { RouteTableId: ref(`${name}Table${upper}`), DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: ref(`${name}Nat${upper}`) });
  }
  if (kind === 'closed') return app;
  app[`${name}Gate`] = resource('AWS::EC2::InternetGateway');
  app[`${name}GateAttached`] = resource('AWS::EC2::VPCGatewayAttachment', { VpcId: ref(name), InternetGatewayId: ref(`${name}Gate`) });
  app[`${name}OpenOut`] = resource('AWS::EC2::Route',
    { RouteTableId: ref(`${name}Open`), DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref(`${name}Gate`) });
  return app;
}

export interface TaskProps {
  readonly port?: number;
  readonly portName?: string;
  readonly env?: Record<string, unknown>;
  readonly secrets?: Record<string, unknown>;
  readonly image?: unknown;
  readonly may?: unknown[];
  readonly agentMay?: unknown[];
  readonly container?: Record<string, unknown>;
  readonly task?: Record<string, unknown>;
}

const pairs = (entries: Record<string, unknown> = {}, key = 'Value') => Object.entries(entries).map(([Name, value]) => ({ Name, [key]: value }));

/** A Fargate task definition with its roles and its log group. */
export function fargateTask(name: string, props: TaskProps = {}): Resources {
  const { port, portName, env, secrets, image, may = [], agentMay = [], container = {}, task = {} } = props;
  return {
    [`${name}Log`]: resource('AWS::Logs::LogGroup', { RetentionInDays: 30 }),
    [`${name}Agent`]: role('ecs-tasks.amazonaws.com', agentMay, ['service-role/AmazonECSTaskExecutionRolePolicy']),
    [`${name}Role`]: role('ecs-tasks.amazonaws.com', may),
    [`${name}Task`]: resource('AWS::ECS::TaskDefinition', {
      Family: name.toLowerCase(),
      RequiresCompatibilities: ['FARGATE'],
      NetworkMode: 'awsvpc',
      Cpu: '512',
      Memory: '1024',
      ExecutionRoleArn: att(`${name}Agent`),
      TaskRoleArn: att(`${name}Role`),
      ContainerDefinitions: [{
        Name: name.toLowerCase(),
        Image: image ?? `public.ecr.aws/acme/${name.toLowerCase()}:3.1`,
        Essential: true,
        PortMappings: port === undefined ? [] : [{ ContainerPort: port, Name: portName }],
        Environment: pairs(env),
        Secrets: pairs(secrets, 'ValueFrom'),
        LogConfiguration: {
          LogDriver: 'awslogs',
          Options: { 'awslogs-group': ref(`${name}Log`), 'awslogs-region': ref('AWS::Region'), 'awslogs-stream-prefix': name },
        },
        ...container,
      }],
      ...task,
    }),
  };
}

/** A service of two Fargate tasks in the private subnets. */
export function fargateService(
  name: string, net: string, groupName: string, rest: Record<string, unknown> = {}, dependsOn: string[] = [],
): Resources {
  return {
    [name]: resource('AWS::ECS::Service', {
      Cluster: ref('Cluster'),
      TaskDefinition: ref(`${name}Task`),
      LaunchType: 'FARGATE',
      DesiredCount: 2,
      DeploymentConfiguration: { MinimumHealthyPercent: 100, MaximumPercent: 200 },
      NetworkConfiguration: {
        AwsvpcConfiguration: {
          Subnets: [ref(`${net}PrivateA`), ref(`${net}PrivateB`)],
          SecurityGroups: [att(groupName, 'GroupId')],
        },
      },
      ...rest,
    }, { DependsOn: [`${name}Role`, `${name}Agent`, ...dependsOn] }),
  };
}

export const targetGroup = (net: string, port: number, rest: Record<string, unknown> = {}) => resource('AWS::ElasticLoadBalancingV2::TargetGroup', {
  VpcId: ref(net), Port: port, Protocol: 'HTTP', TargetType: 'ip', HealthCheckPath: '/healthz', ...rest,
});

export const CERTIFICATE = 'arn:aws:acm:eu-west-1:123456789012:certificate/1';
export const forward = (name: string) => ({ Type: 'forward', TargetGroupArn: ref(name) });

/** An internet-facing application load balancer with HTTPS to one target group, and the redirect to it. */
export function balancer(name: string, net: string, target: string): Resources {
  return {
    [`${name}Group`]: group(net, [tcp(anybody, 443), tcp(anybody, 80)]),
    [name]: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Type: 'application',
      Scheme: 'internet-facing',
      Subnets: [ref(`${net}PublicA`), ref(`${net}PublicB`)],
      SecurityGroups: [att(`${name}Group`, 'GroupId')],
    }, { DependsOn: [`${net}OpenOut`] }),
    [`${name}Https`]: resource('AWS::ElasticLoadBalancingV2::Listener', {
      LoadBalancerArn: ref(name),
      Port: 443,
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      Certificates: [{ CertificateArn: CERTIFICATE }],
      DefaultActions: [forward(target)],
    }),
    [`${name}Http`]: resource('AWS::ElasticLoadBalancingV2::Listener', {
      LoadBalancerArn: ref(name),
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } }],
    }),
  };
}

export const subnetGroup = (type: string, net: string, key = 'DBSubnetGroupDescription') =>
  resource(type, { [key]: 'private', SubnetIds: [ref(`${net}PrivateA`), ref(`${net}PrivateB`)] });

export const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });

export { allow, att, ref, resource, role };
