import { aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import type { Environment } from 'aws-cdk-lib';
import { EcsCapacity, OneWriterPlacement } from 'cdk-ha-ecs';
import type { Construct, Node } from 'constructs';
import { hostProfile } from './locked-account';
import { Removal } from './removal';

/** What stands there until a person writes something of their own: enough to synthesize, refused when deployed. */
const PLACEHOLDERS = {
  zoneName: 'example.com',
  hostedZoneId: 'Z0000000EXAMPLE',
};

/** What a person deploying the site writes into the context of cdk.json, or says with `-c name=value`. */
export class Settings {
  /** A region and no account: nothing is looked up. */
  public readonly env: Environment;
  public readonly zoneName: string;
  public readonly hostedZoneId: string;
  /** The tag the image was pushed with; a commit id, never `latest`. */
  public readonly imageTag: string;
  /** `-c form=two-services` (the default), or `-c form=same-task`: WordPress and MariaDB side by side in one task. */
  public readonly sameTask: boolean;
  /** `-c capacity=fargate` (the default) or `-c capacity=ec2`. */
  public readonly onInstances: boolean;
  /** `-c architecture=arm64` or `-c architecture=x86_64` (the default): of the instances, the tasks and the image. */
  public readonly architecture: ecs.CpuArchitecture;
  /** `-c networkMode=awsvpc` (the default), or on EC2 `-c networkMode=bridge`. */
  public readonly networkMode: ecs.NetworkMode;
  /** What `cdk destroy` leaves: `-c removalPolicy=retain` (the default), `snapshot` or `destroy`. */
  public readonly removal: Removal;
  /** `-c httpOnly="<reason>"` does without a domain and a certificate. */
  public readonly httpOnly?: string;
  /** `-c role=LabRole` takes that role for everything, in an account in which nobody may make roles; docs/locked-accounts.md. */
  public readonly role?: string;
  /** `-c instanceProfile=LabInstanceProfile`, with `role`: the profile of the instances. */
  public readonly instanceProfile?: string;
  /** The settings that still hold a placeholder. */
  public readonly placeholders: string[];

  public constructor(node: Node) {
    const setting = (name: string, fallback: string): string => node.tryGetContext(name) ?? fallback;
    const choice = (name: string, allowed: string[]): string => oneOf(name, setting(name, allowed[0]), allowed);
    this.env = { region: setting('region', 'eu-west-1') };
    this.zoneName = setting('zoneName', PLACEHOLDERS.zoneName);
    this.hostedZoneId = setting('hostedZoneId', PLACEHOLDERS.hostedZoneId);
    this.imageTag = setting('imageTag', 'first');
    this.sameTask = choice('form', ['two-services', 'same-task']) === 'same-task';
    this.onInstances = choice('capacity', ['fargate', 'ec2']) === 'ec2';
    this.architecture = choice('architecture', ['x86_64', 'arm64']) === 'arm64' ? ecs.CpuArchitecture.ARM64 : ecs.CpuArchitecture.X86_64;
    this.networkMode = choice('networkMode', ['awsvpc', 'bridge']) === 'bridge' ? ecs.NetworkMode.BRIDGE : ecs.NetworkMode.AWS_VPC;
    this.removal = new Removal(setting('removalPolicy', 'retain'));
    this.httpOnly = node.tryGetContext('httpOnly');
    this.role = node.tryGetContext('role');
    this.instanceProfile = node.tryGetContext('instanceProfile');
    const untouched = Object.entries(PLACEHOLDERS).filter(([name, value]) => setting(name, value) === value).map(([name]) => name);
    this.placeholders = this.httpOnly === undefined ? untouched : untouched.filter((name) => !['zoneName', 'hostedZoneId'].includes(name));
  }

  /** Where the tasks run: one switch, and nothing else in this example knows of it. */
  public capacity(scope: Construct): EcsCapacity {
    if (!this.onInstances) return EcsCapacity.fargate({ cpuArchitecture: this.architecture });
    const instanceType = new ec2.InstanceType(this.architecture === ecs.CpuArchitecture.ARM64 ? 't4g.medium' : 't3.medium');
    const hosts = { instanceType, instanceProfile: hostProfile(scope, this), minInstances: 2, managedDraining: this.removal.protection };
    // The database is in the task: instances that never come and go keep it running, in a second zone if it has to.
    if (this.sameTask) return EcsCapacity.ec2({ ...hosts, maxInstances: 2, oneWriterPlacement: OneWriterPlacement.INSTANCES });
    // Ten tasks of two services, one to an instance, and half as many again while a new version takes over.
    return EcsCapacity.ec2({ ...hosts, maxInstances: 15 });
  }
}

function oneOf(name: string, value: string, allowed: string[]): string {
  if (allowed.includes(value)) return value;
  throw new Error(`${name} is '${value}', but must be ${allowed.join(' or ')}: deploy with -c ${name}=${allowed[0]}`);
}
