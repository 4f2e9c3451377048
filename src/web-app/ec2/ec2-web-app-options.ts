import type { Duration, Size, aws_ec2 as ec2, aws_ecr as ecr, aws_iam as iam } from 'aws-cdk-lib';
import type { DatabaseEnvironment } from '../database-environment';
import type { ComposePlugin } from './compose-plugin';
import type { ComposeProxy } from './compose-proxy';
import type { WebAppLogOptions } from '../web-app-options';

/**
 * How a compose file is run on the instances of a `HaEc2WebApp`.
 */
export interface Ec2ComposeOptions {
  /**
   * The service of the compose file that answers requests. It is given the variables of `environment`, `secrets` and the database; other
   * services take single ones by naming them, as in `environment: [DB_HOST]`.
   *
   * @default 'app'
   */
  readonly service?: string;

  /**
   * The TCP port on which that service listens in its container. Not used with `ComposeProxy.own()`.
   *
   * @default 80
   */
  readonly port?: number;

  /**
   * What receives the requests of the load balancer.
   *
   * @default ComposeProxy.nginx()
   */
  readonly proxy?: ComposeProxy;

  /**
   * The ECR repositories that the images of the compose file come from. The instances may pull from them.
   *
   * @default - images come from public registries
   */
  readonly repositories?: ecr.IRepository[];

  /**
   * The compose plugin that instances install.
   *
   * @default - Compose 5.0.1, from the release page of the project
   */
  readonly plugin?: ComposePlugin;

  /**
   * The names under which the application expects the address and the credentials of its database.
   *
   * @default DatabaseEnvironment.standard()
   */
  readonly databaseEnvironment?: DatabaseEnvironment;

  /**
   * The directory of the instance at which the shared files are mounted. The compose file hands it to a service as a volume, such as
   * `/mnt/shared:/app/uploads`.
   *
   * @default '/mnt/shared'
   */
  readonly sharedFilesDirectory?: string;

  /**
   * Where the output of all containers goes. A service with a `logging` of its own keeps that.
   *
   * @default - a log group of its own, kept for one month
   */
  readonly logs?: WebAppLogOptions;
}

/**
 * The instances of a `HaEc2WebApp`.
 */
export interface Ec2InstanceOptions {
  /**
   * The instance type. It decides for which CPU architecture images have to be built. Burstable types run with unlimited credits: a throttled
   * instance would never reach the CPU use that scaling waits for.
   *
   * @default - t3.small
   */
  readonly instanceType?: ec2.InstanceType;

  /**
   * The machine image: of the Amazon Linux 2023 family, or with docker, the compose plugin, amazon-efs-utils, aws-cfn-bootstrap, the AWS CLI and jq
   * inside. What an image has already is not installed again, so an image with all of it needs no package repository. Keep secrets out of it.
   *
   * @default - the newest Amazon Linux 2023 for the architecture, looked up by each deployment
   */
  readonly machineImage?: ec2.IMachineImage;

  /**
   * The name under which the machine image knows its root volume.
   *
   * @default '/dev/xvda'
   */
  readonly rootDeviceName?: string;

  /**
   * The size of the encrypted gp3 root volume; it holds the images. At least 8 GiB.
   *
   * @default Size.gibibytes(30)
   */
  readonly rootVolumeSize?: Size;

  /**
   * The role of the instances. Where roles cannot be changed, import it with `mutable: false`; it then needs already what
   * `AmazonSSMManagedInstanceCore` allows, to write the logs, to read the secrets, mount the files and pull the images that are used, and
   * `autoscaling:DescribeAutoScalingInstances` and `autoscaling:CompleteLifecycleAction`, without which no instance gets into service.
   *
   * @default - a new role that may do just that
   */
  readonly instanceRole?: iam.IRole;

  /**
   * An instance profile with its role, for accounts in which not even a profile can be created. Not together with `instanceRole`.
   *
   * @default - a new instance profile for the role
   */
  readonly instanceProfile?: iam.IInstanceProfile;

  /**
   * The subnets of the instances, in two or more zones.
   *
   * @default - the private subnets of the VPC, one or more in each zone
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The TCP port of the instances that the load balancer sends requests to.
   *
   * @default 80
   */
  readonly port?: number;

  /**
   * The mean CPU use to keep, in percent: 1 to 100.
   *
   * @default 70
   */
  readonly cpuTargetPercent?: number;

  /**
   * How long an instance may take until the application answers, 5 to 60 minutes. Until then it counts
   * as starting, and no health check ends it. One that takes longer is ended, and fails a deployment, which is then rolled back.
   *
   * @default Duration.minutes(15)
   */
  readonly startTimeout?: Duration;

  /**
   * The age at which the Auto Scaling group replaces an instance, so that each one gets the newest machine image: 1 to 365 days.
   *
   * @default Duration.days(14)
   */
  readonly maxInstanceLifetime?: Duration;
}
