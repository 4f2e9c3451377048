import { Duration, aws_ecs as ecs } from 'aws-cdk-lib';
import type { InitContainer } from './sidecars';
import type { MysqlUserProvisioning } from '../../database/mysql-database';
import { databaseUserContainer } from '../database-user-container';

/**
 * Adds the container that defines the application's user in a database that has only its administrator.
 *
 * It is a container of its own, because it alone may see the administrator's password.
 */
export function addDatabaseUser(
  taskDefinition: ecs.TaskDefinition, program: MysqlUserProvisioning, logging: (streamPrefix: string) => ecs.LogDriver,
): InitContainer {
  const name = 'database-user';
  // On instances it holds its share as long as the task runs; on Fargate it shares what the task has, and is gone before the others start.
  const share = taskDefinition.compatibility === ecs.Compatibility.EC2 ? { cpu: 128, memoryMiB: 128 } : { cpu: 0, memoryMiB: 0 };
  const container = taskDefinition.addContainer(name, {
    containerName: name,
    ...databaseUserContainer(taskDefinition, program),
    cpu: share.cpu || undefined,
    memoryLimitMiB: share.memoryMiB || undefined,
    essential: false,
    // As long as Fargate lets one container wait for another: the database may be failing over.
    startTimeout: Duration.seconds(120),
    logging: logging(name),
  });
  return { container, ...share };
}
