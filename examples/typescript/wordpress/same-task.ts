import { aws_ecs as ecs, aws_efs as efs, Duration, Validations } from 'aws-cdk-lib';
import { MysqlEngine, SharedFileSystem, SingleTaskWebApp } from 'cdk-ha-ecs';
import type { Construct } from 'constructs';
import { generatedPassword } from './generated-password';
import { UPLOADS } from './site-parts';
import type { Site } from './site-parts';

const NO_ROTATION = 'The password lives in the data directory: a rotated secret alone would lock everybody out.';

/** WordPress and MariaDB side by side in one task, which is never two: not highly available, and said so. */
export function sameTask(scope: Construct, site: Site): void {
  const { cluster, frontend, image, uploads, networkMode, removal } = site;
  const password = generatedPassword(scope, 'Password', { description: 'WordPress in MariaDB', removalPolicy: removal.files, reason: NO_ROTATION });
  const app = new SingleTaskWebApp(scope, 'WordPress', {
    cluster,
    frontend,
    image,
    reason: 'The database is in the task, and two of them on one data directory would destroy it',
    secrets: { ...site.secrets, WORDPRESS_DB_PASSWORD: ecs.Secret.fromSecretsManager(password) },
    environment: { WORDPRESS_DB_NAME: 'wordpress', WORDPRESS_DB_USER: 'wordpress' },
    sharedFiles: [{ files: uploads, containerPath: UPLOADS }],
    task: { cpu: 1024, memoryMiB: 2048, networkMode, logs: { removalPolicy: removal.rest } },
  });
  const data = dataFiles(scope, site);
  const mariadb = app.addSidecar('mariadb', {
    ...server(scope, site, ecs.Secret.fromSecretsManager(password)),
    files: [{ files: data, containerPath: MysqlEngine.MARIADB_11_4.dataDirectory }],
  });
  // In bridge mode the server is at another port with each start, where no dump finds it: take dumps by hand there.
  if (networkMode === ecs.NetworkMode.AWS_VPC) {
    app.addDatabaseDump({
      engine: MysqlEngine.MARIADB_11_4,
      databaseName: 'wordpress',
      applicationUser: 'wordpress',
      password: ecs.Secret.fromSecretsManager(password),
      files: dumpFiles(scope, site, data),
      serviceName: 'wordpress',
      removalPolicy: removal.rest,
    });
  }
  // 127.0.0.1 in awsvpc mode, a link in bridge mode: a container's name is no address in the one, and `localhost` is a socket file to PHP.
  app.container.addEnvironment('WORDPRESS_DB_HOST', `${mariadb.host}:3306`);
  const reason = 'One task by design, as the form says: its database is in it.';
  Validations.of(app).acknowledge({ id: 'HaChecks::one-task-service', reason }, { id: 'HaChecks::one-task-database', reason });
}

function server(scope: Construct, { onInstances, removal }: Site, password: ecs.Secret) {
  const engine = MysqlEngine.MARIADB_11_4;
  const root = generatedPassword(scope, 'RootPassword', { description: 'Administrator of MariaDB', removalPolicy: removal.files, reason: NO_ROTATION });
  return {
    image: ecs.ContainerImage.fromRegistry(engine.image),
    cpu: 512,
    memoryMiB: 1024,
    containerPort: 3306,
    // The access point has this owner, and a server that may not own its files does not start.
    user: `${engine.uid}:${engine.gid}`,
    // A page of 16 KiB is not written whole over NFS, and neither aio nor io_uring is dependable there; temporary tables stay in the container.
    command: [
      '--innodb-buffer-pool-size=256M', '--innodb-doublewrite=ON', '--innodb-use-native-aio=0', '--skip-log-bin', '--skip-name-resolve',
      '--innodb-temp-data-file-path=../../../tmp/ibtmp1:12M:autoextend:max:1G',
    ],
    environment: {
      MARIADB_DATABASE: 'wordpress',
      MARIADB_USER: 'wordpress',
      MARIADB_ROOT_HOST: 'localhost',
      MARIADB_INITDB_SKIP_TZINFO: '1',
      MARIADB_AUTO_UPGRADE: '1',
    },
    secrets: { MARIADB_PASSWORD: password, MARIADB_ROOT_PASSWORD: ecs.Secret.fromSecretsManager(root) },
    healthCheck: {
      command: engine.healthCheckCommand,
      interval: Duration.seconds(15),
      timeout: Duration.seconds(10),
      retries: 10,
      startPeriod: Duration.minutes(5),
    },
    // The first start writes the data directory. On instances WordPress waits for it; on Fargate it starts at once, and asks again until it is there.
    startTimeout: onInstances ? Duration.minutes(10) : undefined,
    stopTimeout: Duration.seconds(120),
  };
}

/** On the file system of the data, in a directory of their own. */
function dumpFiles(scope: Construct, { cluster }: Site, data: SharedFileSystem): SharedFileSystem {
  const owner = MysqlEngine.MARIADB_11_4.uid;
  return new SharedFileSystem(scope, 'Dumps', { vpc: cluster.vpc, path: '/dumps', ownerUid: owner, existingFileSystem: data.fileSystem });
}

function dataFiles(scope: Construct, { cluster, removal }: Site): SharedFileSystem {
  const owner = MysqlEngine.MARIADB_11_4.uid;
  const files = new SharedFileSystem(scope, 'Data', { vpc: cluster.vpc, path: '/mariadb', ownerUid: owner, removalPolicy: removal.files });
  // Pages that nobody read for a month would come back late.
  (files.fileSystem.node.defaultChild as efs.CfnFileSystem).addPropertyDeletionOverride('LifecyclePolicies');
  return files;
}
