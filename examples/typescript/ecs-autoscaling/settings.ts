import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { Environment } from 'aws-cdk-lib';
import { EcsCapacity } from 'cdk-ha-ecs';
import type { Node } from 'constructs';
import { Removal } from './removal';

/** What stands there until a person writes something of their own: enough to synthesize, refused when deployed. */
const PLACEHOLDERS = {
  zoneName: 'example.com',
  hostedZoneId: 'Z0000000EXAMPLE',
};

/** What a person deploying the services writes into the context of cdk.json, or says with `-c name=value`. */
export class Settings {
  /** A region and no account: nothing is looked up. */
  public readonly env: Environment;
  public readonly zoneName: string;
  public readonly hostedZoneId: string;
  /** `-c httpOnly="<reason>"` does without a domain and a certificate, for a first look. */
  public readonly httpOnly?: string;
  /** The tag the three images were pushed with; a commit id, never `latest`. */
  public readonly imageTag: string;
  /** `-c capacity=fargate` (the default) or `-c capacity=ec2`. */
  public readonly capacity: EcsCapacity;
  /** What `cdk destroy` leaves: `-c removalPolicy=retain` (the default), `snapshot` or `destroy`. */
  public readonly removal: Removal;
  /** The settings that still hold a placeholder. */
  public readonly placeholders: string[];

  public constructor(node: Node) {
    const setting = (name: string, fallback: string): string => node.tryGetContext(name) ?? fallback;
    this.env = { region: setting('region', 'eu-west-1') };
    this.zoneName = setting('zoneName', PLACEHOLDERS.zoneName);
    this.hostedZoneId = setting('hostedZoneId', PLACEHOLDERS.hostedZoneId);
    this.httpOnly = node.tryGetContext('httpOnly');
    this.imageTag = setting('imageTag', 'first');
    this.removal = new Removal(setting('removalPolicy', 'retain'));
    this.capacity = capacityNamed(setting('capacity', 'fargate'), this.removal);
    const untouched = Object.entries(PLACEHOLDERS).filter(([name, value]) => setting(name, value) === value).map(([name]) => name);
    this.placeholders = this.httpOnly === undefined ? untouched : [];
  }
}

function capacityNamed(name: string, { protection }: Removal): EcsCapacity {
  if (name === 'fargate') return EcsCapacity.fargate();
  if (name !== 'ec2') throw new Error(`capacity is '${name}', but must be ec2 or fargate: deploy with -c capacity=ec2`);
  // Three services of at most ten tasks, half as many again during an update, two to an instance: that type has two network
  // interfaces for tasks. ECS keeps a tenth of the instances free, so that a new task does not wait for one to start.
  return EcsCapacity.ec2({
    instanceType: new ec2.InstanceType('t3.small'), minInstances: 4, maxInstances: 24, targetCapacityPercent: 90, managedDraining: protection,
  });
}
