import { aws_ec2 as ec2, aws_rds as rds } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { clusterHasInsights } from './insights';
import { fail, isKnown } from '../../private/errors';
import { isWhole } from '../../private/numbers';
import { knownZones } from '../../private/private-subnets';
import { warn } from '../../private/warnings';

const MAX_READERS = 15;
const MAX_ACU = 256;

/** Below this Aurora advises against Database Insights: it takes the memory that queries need. */
const INSIGHTS_MIN_ACU = 2;

/** What decides the servers of a cluster. */
export interface AuroraInstancesProps {
  readonly vpc: ec2.IVpc;
  readonly instanceType?: ec2.InstanceType;
  readonly serverlessV2MinCapacity?: number;
  readonly serverlessV2MaxCapacity?: number;
  readonly readers?: number;
}

/** The servers of a cluster. */
export interface AuroraInstances {
  readonly props: Pick<rds.DatabaseClusterProps, 'writer' | 'readers' | 'serverlessV2MinCapacity' | 'serverlessV2MaxCapacity'>;
  readonly canHaveInsights: boolean;
}

/** A writer and its readers, each in the zone after the one before it. */
export function auroraInstances(scope: IConstruct, props: AuroraInstancesProps, vpcSubnets: ec2.SubnetSelection): AuroraInstances {
  const readers = readerCount(scope, props.readers ?? 1);
  const zones = [...new Set(knownZones(props.vpc, vpcSubnets) ?? [])];
  const zone = (index: number): string | undefined => zones.length > 1 ? zones[index % zones.length] : undefined;
  const numbers = Array.from({ length: readers }, (_, index) => index + 1);
  if (props.serverlessV2MinCapacity !== undefined || props.serverlessV2MaxCapacity !== undefined) {
    const { minAcu, maxAcu } = resolveCapacity(scope, props);
    const canHaveInsights = !isKnown(minAcu) || minAcu >= INSIGHTS_MIN_ACU;
    const options = (index: number): rds.ClusterInstanceOptions => ({ ...common(canHaveInsights), availabilityZone: zone(index) });
    return {
      props: {
        serverlessV2MinCapacity: minAcu,
        serverlessV2MaxCapacity: maxAcu,
        writer: rds.ClusterInstance.serverlessV2('Writer', options(0)),
        // The first reader grows with the writer, so that a failover does not land on a small one.
        readers: numbers.map((each) => rds.ClusterInstance.serverlessV2(`Reader${each}`, { ...options(each), scaleWithWriter: each === 1 })),
      },
      canHaveInsights,
    };
  }
  const instanceType = props.instanceType ?? ec2.InstanceType.of(ec2.InstanceClass.R7G, ec2.InstanceSize.LARGE);
  const canHaveInsights = clusterHasInsights(instanceType);
  const options = (index: number): rds.ProvisionedClusterInstanceProps => (
    { ...common(canHaveInsights), availabilityZone: zone(index), instanceType }
  );
  return {
    props: {
      writer: rds.ClusterInstance.provisioned('Writer', options(0)),
      readers: numbers.map((each) => (
        rds.ClusterInstance.provisioned(`Reader${each}`, { ...options(each), promotionTier: each === 1 ? 1 : 2 })
      )),
    },
    canHaveInsights,
  };
}

function common(enablePerformanceInsights: boolean): rds.ClusterInstanceOptions {
  return {
    enablePerformanceInsights,
    publiclyAccessible: false,
    // A template names one version: RDS would leave it behind, and refuse to go back to it at the next change of the template.
    autoMinorVersionUpgrade: false,
    caCertificate: rds.CaCertificate.RDS_CA_RSA2048_G1,
  };
}

function readerCount(scope: IConstruct, readers: number): number {
  if (!isWhole(readers, 0, MAX_READERS)) {
    fail(
      scope,
      { got: `readers is ${readers}`, allowed: `a whole number from 0 to ${MAX_READERS}`, fix: 'leave it out for one reader in another zone' },
    );
  }
  if (readers === 0) {
    warn(scope, 'AuroraMysqlDatabase.noReader',
      'readers is 0: when the writer or its zone is lost, Aurora has to start another server first, which takes minutes and may fail for want '
      + 'of capacity. '
      + 'Set it to 1 or more for anything but a lab.');
  }
  return readers;
}

function resolveCapacity(scope: IConstruct, props: AuroraInstancesProps): { minAcu: number; maxAcu: number } {
  if (props.instanceType) {
    fail(scope, {
      got: `instanceType is ${props.instanceType.toString()} together with serverlessV2MinCapacity or serverlessV2MaxCapacity`,
      allowed: 'one of the two',
      fix: 'leave instanceType out; serverless servers have these two sizes instead',
    });
  }
  const minAcu = props.serverlessV2MinCapacity ?? 0.5;
  const maxAcu = props.serverlessV2MaxCapacity ?? Math.max(4, isKnown(minAcu) ? minAcu : 0);
  if (!isKnown(minAcu) || !isKnown(maxAcu)) {
    fail(scope, {
      got: 'serverlessV2MinCapacity or serverlessV2MaxCapacity is only known at deployment',
      allowed: 'numbers that are known now, which the CDK compares',
      fix: 'write the numbers, or read them from the context of the app',
    });
  }
  const halves = isWhole(minAcu * 2, 0) && isWhole(maxAcu * 2, 2, 2 * MAX_ACU);
  if (!halves || minAcu > maxAcu) {
    fail(scope, {
      got: `serverlessV2MinCapacity to serverlessV2MaxCapacity is ${minAcu} to ${maxAcu} ACU`,
      allowed: `0 to ${MAX_ACU} in steps of 0.5, the maximum at least 1 and not below the minimum`,
      fix: 'for example 0.5 and 4',
    });
  }
  return { minAcu, maxAcu };
}
