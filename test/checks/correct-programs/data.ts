import {
  CfnParameter, aws_docdb as docdb, aws_ec2 as ec2, aws_ecs as ecs, aws_elasticache as elasticache, aws_rds as rds,
  aws_secretsmanager as secretsmanager,
} from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import type { StackProgram } from './program';
import { fargateService, fargateTask, fileSystem, image, mount, mysql, network, oneWriter } from '../rules/plain';

/** A service with these variables and secrets. */
function told(stack: Stack, vpc: ec2.IVpc, environment: Record<string, string>, secrets: Record<string, ecs.Secret> = {}): ecs.FargateService {
  return fargateService(stack, vpc, fargateTask(stack, { environment, secrets }));
}

const password = (secret: secretsmanager.ISecret) => ({ DB_PASSWORD: ecs.Secret.fromSecretsManager(secret, 'password') });

function aurora(stack: Stack, vpc: ec2.IVpc, props: Partial<rds.DatabaseClusterProps> = {}): rds.DatabaseCluster {
  return new rds.DatabaseCluster(stack, 'Aurora', {
    vpc,
    engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_16_4 }),
    writer: rds.ClusterInstance.serverlessV2('Writer'),
    readers: [rds.ClusterInstance.serverlessV2('Reader', { scaleWithWriter: true })],
    ...props,
  });
}

/** Databases, caches and files, and who asks them. */
export const DATA: Record<string, StackProgram> = {
  'a database and its secret': (stack) => {
    const vpc = network(stack);
    const database = mysql(stack, vpc);
    database.connections.allowDefaultPortFrom(told(stack, vpc, { DB_HOST: database.dbInstanceEndpointAddress }, password(database.secret!)));
  },
  'a database that its secret alone names': (stack) => {
    const vpc = network(stack);
    const database = mysql(stack, vpc);
    const host = { DB_HOST: ecs.Secret.fromSecretsManager(database.secret!, 'host') };
    database.connections.allowDefaultPortFrom(told(stack, vpc, {}, { ...host, ...password(database.secret!) }));
  },
  'a database behind a proxy, by the secret of the database': (stack) => {
    const vpc = network(stack);
    const database = mysql(stack, vpc);
    const proxy = database.addProxy('Proxy', { vpc, secrets: [database.secret!] });
    proxy.connections.allowFrom(told(stack, vpc, { DB_HOST: proxy.endpoint }, password(database.secret!)), ec2.Port.tcp(3306));
  },
  'an Aurora cluster behind a proxy': (stack) => {
    const vpc = network(stack);
    const cluster = aurora(stack, vpc);
    const proxy = cluster.addProxy('Proxy', { vpc, secrets: [cluster.secret!] });
    proxy.connections.allowFrom(told(stack, vpc, { PGHOST: proxy.endpoint }, password(cluster.secret!)), ec2.Port.tcp(5432));
  },
  'a proxy before a database on a port of its own': (stack) => {
    const vpc = network(stack);
    const database = mysql(stack, vpc, { port: 13306 });
    const proxy = database.addProxy('Proxy', { vpc, secrets: [database.secret!] });
    proxy.connections.allowFrom(told(stack, vpc, { DB_HOST: proxy.endpoint }), ec2.Port.tcp(3306));
  },
  'a proxy of another app, by the secret of a database of this one': (stack) => {
    const vpc = network(stack);
    told(stack, vpc, { DATABASE_HOST: new CfnParameter(stack, 'ProxyHost').valueAsString }, password(mysql(stack, vpc).secret!));
  },
  'a writer and its readers': (stack) => {
    const vpc = network(stack);
    const cluster = aurora(stack, vpc);
    const service = told(stack, vpc, { WRITER_HOST: cluster.clusterEndpoint.hostname, READER_HOST: cluster.clusterReadEndpoint.hostname });
    cluster.connections.allowDefaultPortFrom(service);
  },
  'the address of a database as a URL': (stack) => {
    const vpc = network(stack);
    const database = mysql(stack, vpc);
    database.connections.allowDefaultPortFrom(told(stack, vpc, { DATABASE_URL: `mysql://${database.dbInstanceEndpointAddress}:3306/shop` }));
  },
  'a database on a port that is a parameter': (stack) => {
    const vpc = network(stack);
    const port = new CfnParameter(stack, 'Port', { type: 'Number' }).valueAsNumber;
    const database = mysql(stack, vpc, { port });
    database.connections.allowDefaultPortFrom(told(stack, vpc, { DB_HOST: database.dbInstanceEndpointAddress }));
  },
  'a database whose port its task is told by reference': (stack) => {
    const vpc = network(stack);
    const database = mysql(stack, vpc, { port: 3307 });
    const environment = { DB_HOST: database.dbInstanceEndpointAddress, DB_PORT: database.dbInstanceEndpointPort };
    database.connections.allowDefaultPortFrom(told(stack, vpc, environment));
  },
  'a database of another app': (stack) => {
    const vpc = network(stack);
    const database = rds.DatabaseInstance.fromDatabaseInstanceAttributes(stack, 'Shared', {
      instanceIdentifier: 'shared', instanceEndpointAddress: 'shared.abc.eu-west-1.rds.amazonaws.com', port: 3306, securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'SharedGroup', 'sg-1')],
    });
    told(stack, vpc, { DB_HOST: database.dbInstanceEndpointAddress }).connections.allowToDefaultPort(database);
  },
  'a database whose group a service shares': (stack) => {
    const vpc = network(stack);
    const group = new ec2.SecurityGroup(stack, 'Shared', { vpc });
    group.connections.allowInternally(ec2.Port.tcp(3306));
    const database = mysql(stack, vpc, { securityGroups: [group] });
    fargateService(stack, vpc, fargateTask(stack, { environment: { DB_HOST: database.dbInstanceEndpointAddress } }), { securityGroups: [group] });
  },
  'a replication group of Redis': (stack) => {
    const vpc = network(stack);
    const group = new ec2.SecurityGroup(stack, 'CacheGroup', { vpc });
    const subnets = new elasticache.CfnSubnetGroup(stack, 'Subnets', { description: 'cache', subnetIds: vpc.privateSubnets.map(({ subnetId }) => subnetId) });
    const cache = new elasticache.CfnReplicationGroup(stack, 'Cache', {
      replicationGroupDescription: 'sessions', engine: 'redis', cacheNodeType: 'cache.t4g.small', numCacheClusters: 2, securityGroupIds: [group.securityGroupId], cacheSubnetGroupName: subnets.ref,
    });
    group.connections.allowFrom(told(stack, vpc, { REDIS_HOST: cache.attrPrimaryEndPointAddress }), ec2.Port.tcp(6379));
  },
  'a serverless cache': (stack) => {
    const vpc = network(stack);
    const group = new ec2.SecurityGroup(stack, 'CacheGroup', { vpc });
    const cache = new elasticache.CfnServerlessCache(stack, 'Cache', { engine: 'valkey', serverlessCacheName: 'sessions', securityGroupIds: [group.securityGroupId], subnetIds: vpc.privateSubnets.map(({ subnetId }) => subnetId) });
    group.connections.allowFrom(told(stack, vpc, { VALKEY_HOST: cache.attrEndpointAddress }), ec2.Port.tcp(6379));
  },
  'DocumentDB': (stack) => {
    const vpc = network(stack);
    const cluster = new docdb.DatabaseCluster(stack, 'Documents', { vpc, instances: 2, instanceType: new ec2.InstanceType('r6g.large'), masterUser: { username: 'shop' } });
    cluster.connections.allowDefaultPortFrom(told(stack, vpc, { MONGO_HOST: cluster.clusterEndpoint.hostname }));
  },
  'a database server on EFS that never runs twice': (stack) => {
    const vpc = network(stack);
    const task = fargateTask(stack, { image: image('mysql:8.4'), portMappings: [{ containerPort: 3306 }] });
    const files = fileSystem(stack, vpc);
    mount(task, files, '/var/lib/mysql');
    files.connections.allowDefaultPortFrom(fargateService(stack, vpc, task, oneWriter()));
  },
  'a report that only reads the files of a database': (stack) => {
    const vpc = network(stack);
    const files = fileSystem(stack, vpc);
    const point = files.addAccessPoint('Data', {
      path: '/data', createAcl: { ownerUid: '999', ownerGid: '999', permissions: '0750' }, posixUser: { uid: '999', gid: '999' },
    });
    const server = fargateTask(stack, { image: image('mysql:8.4') });
    mount(server, files, '/var/lib/mysql', point);
    const report = fargateTask(stack, {}, {}, 'Report');
    report.addVolume({ name: 'data', efsVolumeConfiguration: { fileSystemId: files.fileSystemId, transitEncryption: 'ENABLED', authorizationConfig: { accessPointId: point.accessPointId, iam: 'ENABLED' } } });
    files.grantRead(report.taskRole);
    report.defaultContainer!.addMountPoints({ containerPath: '/data', sourceVolume: 'data', readOnly: true });
    files.connections.allowDefaultPortFrom(fargateService(stack, vpc, server, oneWriter()));
    files.connections.allowDefaultPortFrom(fargateService(stack, vpc, report, {}, 'ReportService'));
  },
};
