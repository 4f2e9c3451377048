import type { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { IMysqlDatabase } from './mysql-database';
import { openPath } from '../private/open-paths';

/** Opens `database` to `consumer`, from the consumer's side: both rules land in the consumer's stack. */
export function openToConsumer(database: IMysqlDatabase, consumer: ec2.IConnectable): void {
  openPath(database, { source: consumer, target: database, port: database.port, why: 'Application connects to the database' });
}
