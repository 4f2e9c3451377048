import type { aws_ec2 as ec2, aws_ecs as ecs, aws_iam as iam, Size } from 'aws-cdk-lib';
import type { Ec2LifeOptions } from './ec2-life-options';
import type { OneWriterPlacement } from './one-writer-placement';

/** A share of the instances on Spot, which EC2 takes back at two minutes' notice. */
export interface Ec2SpotOptions {
  /**
   * Further instance types that will do, of the same CPU architecture and as much memory: the more there are, the fewer interruptions.
   * At least 2.
   */
  readonly instanceTypes: ec2.InstanceType[];

  /**
   * How many instances are always on demand.
   *
   * @default - `minInstances`
   */
  readonly onDemandBase?: number;

  /**
   * The share of the instances above the base that is on demand, in percent.
   *
   * @default 0
   */
  readonly onDemandPercent?: number;
}

/**
 * Options of `EcsCapacity.ec2()`.
 */
export interface Ec2CapacityOptions extends Ec2LifeOptions {
  /**
   * The instance type. It decides the CPU architecture of the image and of the tasks.
   *
   * A task in `awsvpc` mode takes one network interface: the small and medium sizes of t3 and t4g hold two such tasks.
   */
  readonly instanceType: ec2.InstanceType;

  /**
   * The smallest number of instances. With fewer than 2 the loss of one zone takes everything down (a warning says so).
   *
   * @default 2
   */
  readonly minInstances?: number;

  /**
   * The largest number of instances. Where every task wants an instance of its own, a rolling update of the largest number of
   * tasks must still find room: 15 is 1.5 times the 10 tasks that a web application has at most by default.
   *
   * @default 15
   */
  readonly maxInstances?: number;

  /**
   * The CPU architecture, for a check only: it must be that of the instance type.
   *
   * @default - that of the instance type; X86_64 where the type is only known at deployment
   */
  readonly cpuArchitecture?: ecs.CpuArchitecture;

  /**
   * The machine image: ECS-optimized, of the Amazon Linux family.
   *
   * @default - the newest ECS-optimized Amazon Linux 2023 image for the architecture, looked up by each deployment
   */
  readonly machineImage?: ec2.IMachineImage;

  /**
   * The size of the encrypted gp3 root volume; 30 GiB or more.
   *
   * @default Size.gibibytes(30)
   */
  readonly rootVolumeSize?: Size;

  /**
   * How full ECS keeps the instances, in percent; below 100 leaves instances free for tasks that start suddenly.
   *
   * @default 100
   */
  readonly targetCapacityPercent?: number;

  /**
   * Where tasks run that alone write to their files, such as the server of an `EfsBackedMysqlService`.
   *
   * @default OneWriterPlacement.FARGATE
   */
  readonly oneWriterPlacement?: OneWriterPlacement;

  /**
   * Puts instances above a base on Spot, for services that may lose a task. EC2 starts a new instance when it expects an interruption, and ECS drains the
   * old one. Tasks that alone write to their files are never there, so not together with `OneWriterPlacement.INSTANCES`.
   *
   * @default - all instances are on demand
   */
  readonly spot?: Ec2SpotOptions;

  /**
   * The role of the instances. Where roles cannot be changed, import it with `mutable: false`; it then needs the permissions of
   * `AmazonEC2ContainerServiceforEC2Role` and `AmazonSSMManagedInstanceCore` already.
   *
   * @default - a new role with what the ECS agent and Session Manager need
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
   * Whether EC2 publishes the instances' own metrics every minute, at a price, instead of every five.
   *
   * @default false
   */
  readonly detailedMonitoring?: boolean;
}

/** The options with every number decided. */
export interface Ec2CapacitySettings extends Ec2CapacityOptions {
  readonly minInstances: number;
  readonly maxInstances: number;
  readonly cpuArchitecture: ecs.CpuArchitecture;
  readonly rootVolumeSize: Size;
  readonly oneWriterPlacement: OneWriterPlacement;
  readonly targetCapacityPercent: number;
}
