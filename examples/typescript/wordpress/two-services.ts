import { Validations } from 'aws-cdk-lib';
import { DatabaseEnvironment, EfsBackedMysqlService, HaEcsWebApp, MysqlEngine } from 'cdk-ha-ecs';
import type { Construct } from 'constructs';
import { UPLOADS } from './site-parts';
import type { Site } from './site-parts';

/** WordPress as two to ten tasks, and MariaDB as a service of its own: the one to choose. */
export function twoServices(scope: Construct, site: Site): void {
  const { cluster, frontend, image, uploads, secrets, networkMode, removal } = site;
  const database = new EfsBackedMysqlService(scope, 'Database', {
    cluster, removalPolicy: removal.files, engine: MysqlEngine.MARIADB_11_4, databaseName: 'wordpress', applicationUser: 'wordpress',
  });
  new HaEcsWebApp(scope, 'WordPress', {
    cluster,
    frontend,
    image,
    database,
    secrets,
    sharedFiles: [{ files: uploads, containerPath: UPLOADS }],
    task: { cpu: 512, memoryMiB: 1024, networkMode, databaseEnvironment: DatabaseEnvironment.wordpress(), logs: { removalPolicy: removal.rest } },
  });
  Validations.of(database).acknowledge({ id: 'HaChecks::one-task-database', reason: 'A small site: minutes without a database are cheaper than a standby.' });
}
