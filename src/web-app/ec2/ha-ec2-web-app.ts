import { Aws, Duration, Stack, Tokenization, aws_ec2 as ec2, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import type { aws_autoscaling as autoscaling, aws_ecr as ecr, aws_logs as logs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { bootScript } from './boot-script';
import type { SharedMount } from './boot-script';
import { DatabaseUserRun } from './database-user-run';
import type { IEc2WebApp } from './ec2-web-app';
import { resolveEc2Settings } from './ec2-web-app-settings';
import type { Ec2WebAppSettings } from './ec2-web-app-settings';
import type { HaEc2WebAppProps } from './ha-ec2-web-app-props';
import { Ec2InstanceGroup } from './instance-group';
import { instanceLogGroup } from './log-group';
import { startScript } from './start-script';
import type { IMysqlDatabase } from '../../database/mysql-database';
import { findUserDataProblem } from '../../instances/user-data-size';
import { fail, isKnown } from '../../private/errors';
import { requireInput } from '../../private/input/require-input';
import { missingEndpoints } from '../../private/missing-endpoints';
import { warnWhere } from '../../private/warnings';
import type { ISharedFiles } from '../../storage/shared-files';
import { targetRouting } from '../routing';

/**
 * Defines a web application that runs from a compose file on EC2 instances of an Auto Scaling group, over all zones of its network.
 *
 * The same promise as `HaEcsWebApp`, for those who need instances of their own: instances follow the load (70 % CPU), are replaced when the load
 * balancer finds them unwell, and change one by one in an update that goes back by itself when the new ones do not answer. They have no key pair and no
 * open port but the one for the load balancer: `aws ssm start-session` opens a shell. Secrets are read at boot, into memory.
 *
 * The application must keep no state of its own between requests: sessions and uploads belong in the database or in shared files. All
 * instances start it at once: tables are created in a step of its own, or under a lock that lets one of them do it.
 *
 * A managed database gets the application's user once, by a task on Fargate at the deployment, before instances start: no instance may read the
 * administrator's secret.
 *
 * Instances download packages and the compose plugin at their first boot, over HTTPS. In a network without a way out they need a machine
 * image that has both, and endpoints of `autoscaling` and `cloudformation`, which they tell of their start, beside those of a task: without them
 * no instance gets into service, and a warning says so.
 *
 * Throws where numbers, network, image and compose file cannot work together, and for user data of more than 16 KiB.
 *
 * @example
 * declare const vpc: ec2.IVpc;
 * declare const frontend: SecureAlbFrontend;
 * declare const database: EfsBackedMysqlService;
 * declare const uploads: SharedFileSystem;
 * new HaEc2WebApp(this, 'App', {
 *   vpc,
 *   frontend,
 *   database,
 *   sharedFiles: uploads,
 *   composeFile: 'compose.yaml', // services: { app: { image: '${APP_IMAGE}', volumes: ['/mnt/shared:/app/uploads'] } }
 *   environment: { APP_IMAGE: 'public.ecr.aws/example/shop:1.4.2' },
 *   compose: { port: 5000 },
 * });
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/what-is-amazon-ec2-auto-scaling.html
 */
export class HaEc2WebApp extends Construct implements IEc2WebApp, ec2.IConnectable {
  /** The Auto Scaling group. */
  public readonly autoScalingGroup: autoscaling.AutoScalingGroup;

  /** The security group of the instances, with the port of the load balancer's requests as its default port. */
  public readonly connections: ec2.Connections;

  /** Where the output of the containers goes. */
  public readonly logGroup: logs.ILogGroup;

  /** The target group; undefined without a frontend. */
  public readonly targetGroup?: elbv2.ApplicationTargetGroup;

  private readonly instances: Ec2InstanceGroup;

  public constructor(scope: Construct, id: string, props: HaEc2WebAppProps) {
    super(scope, id);
    requireInput(this, 'HaEc2WebAppProps', props);
    const settings = resolveEc2Settings(this, props);

    this.logGroup = instanceLogGroup(this, settings.logs);
    this.instances = new Ec2InstanceGroup(this, 'Instances', {
      settings,
      options: props.instances ?? {},
    });
    this.autoScalingGroup = this.instances.autoScalingGroup;
    this.connections = new ec2.Connections({ securityGroups: [this.instances.securityGroup], defaultPort: ec2.Port.tcp(settings.port) });

    this.targetGroup = this.receiveRequests(settings);
    this.reachBackends(settings);
    this.grantInstances(settings);
    this.writeUserData(settings);
    warnWhere(this, 'HaEc2WebApp.serviceOutOfReach', () => this.findServiceProblem(settings));
  }

  private receiveRequests({ vpc, frontend, port, healthCheck, routing }: Ec2WebAppSettings): elbv2.ApplicationTargetGroup | undefined {
    return frontend?.addTarget(this, 'Target', {
      vpc,
      port,
      targets: [this.autoScalingGroup],
      targetKind: elbv2.TargetType.INSTANCE,
      ...targetRouting(routing),
      healthCheck,
    }).targetGroup;
  }

  /** Rules land on this side; an instance that started without its files or its rights would fail the deployment. */
  private reachBackends(settings: Ec2WebAppSettings): void {
    const { database, sharedFiles } = settings;
    if (database !== undefined) {
      database.allowConnectionsFrom(this);
      this.instances.startAfter(...database.connections.securityGroups);
      this.defineDatabaseUser(settings, database);
    }
    if (sharedFiles === undefined) return;
    sharedFiles.allowConnectionsFrom(this);
    sharedFiles.grantMount(this.instances.role);
    this.instances.startAfter(...sharedFiles.mountDependencies);
  }

  private defineDatabaseUser({ vpc, logs }: Ec2WebAppSettings, database: IMysqlDatabase): void {
    if (database.userProvisioning === undefined) return;
    const run = new DatabaseUserRun(this, 'DatabaseUser', {
      vpc,
      vpcSubnets: this.instances.vpcSubnets,
      database,
      program: database.userProvisioning,
      connections: this.connections,
      removalPolicy: logs.removalPolicy,
    });
    this.instances.startAfter(run.association);
  }

  private grantInstances({ variables, repositories }: Ec2WebAppSettings): void {
    const { role } = this.instances;
    this.logGroup.grantWrite(role);
    repositories.forEach((repository) => repository.grantPull(role));
    Object.values(variables.secrets).forEach((secret) => secret.grantRead(role));
  }

  /** What the boot and start scripts call. */
  private findServiceProblem({ vpc, repositories, variables }: Ec2WebAppSettings): string | undefined {
    const sources = Object.values(variables.secrets).map(({ arn }) => (arn.includes(':ssm:') ? 'ssm' : 'secretsmanager'));
    const missing = missingEndpoints(vpc, this.instances.vpcSubnets, [
      'autoscaling', 'cloudformation', 'logs', ...repositories.length > 0 ? ['ecr.api', 'ecr.dkr'] : [], ...new Set(sources),
    ]);
    return missing.length === 0 ? undefined : `instances call ${missing.join(', ')} when they start, but their subnets have no way out, and `
      + 'the network no endpoint for that: none gets into service, and the deployment fails; add endpoints by vpc.addInterfaceEndpoint(), or choose '
      + 'other subnets';
  }

  private writeUserData(settings: Ec2WebAppSettings): void {
    const { sharedFiles, frontend } = settings;
    const stack = Stack.of(this);
    const healthySeconds = frontend ? secondsUntilHealthy(settings) : 0;
    const script = bootScript({
      ...settings,
      stackId: stack.stackId,
      region: stack.region,
      groupId: (this.autoScalingGroup.node.defaultChild as autoscaling.CfnAutoScalingGroup).logicalId,
      port: Tokenization.stringifyNumber(settings.port),
      proxyConfiguration: settings.proxy?.configuration({
        service: settings.service,
        port: Tokenization.stringifyNumber(settings.servicePort),
        healthCheckPath: settings.healthCheck.path,
      }) ?? '',
      healthCheckPath: settings.healthCheck.path,
      startScript: startScript({ region: stack.region, ...settings.variables }),
      logGroupName: this.logGroup.logGroupName,
      nonBlockingLogs: settings.logs.nonBlocking ?? true,
      registries: registriesOf(settings.repositories),
      mount: sharedFiles && mountOf(sharedFiles, settings.sharedFilesDirectory),
      deadlineSeconds: knownSeconds(settings.startTimeout, 900) - healthySeconds - 30,
      healthySeconds,
    });
    this.instances.userData.addCommands(script);
    const problem = findUserDataProblem(this.instances.userData.render(), 'compose file, configuration and variables');
    if (problem) fail(this, problem);
  }
}

/** The update goes on to the next instance when this one has signalled: by then the load balancer should send it requests. */
function secondsUntilHealthy({ healthCheck }: Ec2WebAppSettings): number {
  const { interval = Duration.seconds(15), healthyThresholdCount = 2 } = healthCheck;
  return knownSeconds(interval, 15) * (isKnown(healthyThresholdCount) ? healthyThresholdCount : 2) + 5;
}

function knownSeconds(duration: Duration, otherwise: number): number {
  return duration.isUnresolved() ? otherwise : duration.toSeconds();
}

function mountOf({ fileSystem, accessPoint }: ISharedFiles, directory: string): SharedMount {
  return { directory, fileSystemId: fileSystem.fileSystemId, accessPointId: accessPoint.accessPointId };
}

/** The host in front of the name of a repository, each once. */
function registriesOf(repositories: ecr.IRepository[]): string[] {
  const hosts = repositories.map(({ env }) => `${env.account}.dkr.ecr.${env.region}.${Aws.URL_SUFFIX}`);
  return [...new Map(hosts.map((host, index) => [JSON.stringify(repositories[index].stack.resolve(host)), host])).values()];
}
