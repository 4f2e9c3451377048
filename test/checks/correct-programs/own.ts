import { aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import type { StackProgram } from './program';
import { EcsCapacity } from '../../../src/cluster/ecs-capacity';
import { EfsBackedMysqlService } from '../../../src/database/efs/efs-backed-mysql-service';
import { AuroraMysqlDatabase } from '../../../src/database/managed/aurora-mysql-database';
import { RdsMysqlDatabase } from '../../../src/database/managed/rds-mysql-database';
import type { IMysqlDatabase } from '../../../src/database/mysql-database';
import { appIn, world } from '../../web-app/ecs/world';
import type { World } from '../../web-app/ecs/world';

const onEc2 = () => EcsCapacity.ec2({ instanceType: new ec2.InstanceType('t3.medium'), minInstances: 2, maxInstances: 15 });

const shop = (capacity: EcsCapacity, define: (place: World) => IMysqlDatabase, networkMode?: ecs.NetworkMode): StackProgram => (stack) => {
  const place = world(stack, capacity);
  appIn(place, { database: define(place), task: { networkMode } });
};

const efs = ({ data, cluster }: World) => new EfsBackedMysqlService(data, 'Mysql', { cluster, databaseName: 'shop' });
const rds = ({ data, vpc }: World) => new RdsMysqlDatabase(data, 'Mysql', { vpc, databaseName: 'shop', proxy: {} });
const aurora = ({ data, vpc }: World) => new AuroraMysqlDatabase(data, 'Mysql', { vpc, databaseName: 'shop', proxy: {} });

/** What this library makes. */
export const OWN: Record<string, StackProgram> = {
  'our lab on Fargate': shop(EcsCapacity.fargate(), efs),
  'our lab on instances': shop(onEc2(), efs),
  'our lab in bridge mode': shop(onEc2(), efs, ecs.NetworkMode.BRIDGE),
  'our database of RDS behind a proxy': shop(EcsCapacity.fargate(), rds),
  'our database of Aurora behind a proxy': shop(EcsCapacity.fargate(), aurora),
  'our database of RDS behind a proxy, in bridge mode': shop(onEc2(), rds, ecs.NetworkMode.BRIDGE),
};
