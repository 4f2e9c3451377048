import { Duration, Names, RemovalPolicy, aws_ecs as ecs, aws_servicediscovery as cloudmap } from 'aws-cdk-lib';
import type { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { SidecarDumpOptions } from './sidecar-dump-options';
import type { WebAppSettings } from './web-app-settings';
import { claimServiceName, findDatabaseNameProblem, findServiceNameProblem, findUserNameProblem } from '../../database/database-names';
import type { IDatabaseDump } from '../../database/dump-interface';
import type { DumpFiles } from '../../database/dumps/database-dump';
import { DatabaseDumps } from '../../database/dumps/database-dumps';
import { AddressedImage } from '../../private/addressed-image';
import { fail } from '../../private/errors';
import { requireWhole } from '../../private/numbers';
import { privateSubnets } from '../../private/private-subnets';
import type { ISharedFiles } from '../../storage/shared-files';
import { requireNeighbours } from '../neighbours';

/** The application whose task has a database server in it. */
export interface DumpedApp extends Construct, ec2.IConnectable {
  readonly service: ecs.BaseService;
  readonly taskDefinition: ecs.TaskDefinition;
}

/**
 * Dumps a server that runs in the task of an application: by a task of its own, like that of every other database, which finds it by a name in
 * the namespace of the cluster.
 */
export function dumpSidecar(app: DumpedApp, settings: WebAppSettings, options: SidecarDumpOptions): IDatabaseDump {
  const { cluster } = settings;
  const { databaseName, port = 3306, applicationUser: user, engine } = options;
  requireOwnAddress(app);
  requireNeighbours(app, cluster.vpc, { sharedFiles: [{ files: options.files }] });
  const serviceName = options.serviceName ?? defaultName(app);
  const complaint = findDatabaseNameProblem(databaseName) ?? findUserNameProblem(user) ?? findServiceNameProblem(serviceName);
  if (complaint) fail(app, complaint);
  requireWhole(app, { name: 'port', value: port, min: 1, max: 65535 });

  claimServiceName(app, cluster.namespace, serviceName);
  app.service.enableCloudMap({
    cloudMapNamespace: cluster.namespace,
    name: serviceName,
    dnsRecordType: cloudmap.DnsRecordType.A,
    dnsTtl: Duration.seconds(10),
    failureThreshold: 1,
  });
  return DatabaseDumps.scheduled(options.schedule)._bind(app, 'Dump', {
    cluster,
    vpcSubnets: settings.task.vpcSubnets ?? privateSubnets(app, cluster.vpc),
    engine,
    image: new AddressedImage(engine.image),
    endpoint: { host: `${serviceName}.${cluster.namespace.namespaceName}`, port, databaseName },
    user,
    password: options.password,
    server: app,
    files: filesOf(options.files),
    removalPolicy: options.removalPolicy ?? RemovalPolicy.RETAIN,
  })!;
}

/** The directory is that of the access point, whatever path the schedule would give it. */
function filesOf(files: ISharedFiles): DumpFiles {
  return {
    directory: () => ({
      accessPoint: files.accessPoint,
      mountDependencies: files.mountDependencies,
      volume: () => files.volume(),
      grantMount: (role) => files.grantMount(role),
    }),
    allowConnectionsFrom: (consumer) => files.allowConnectionsFrom(consumer),
  };
}

function requireOwnAddress(app: DumpedApp): void {
  if (app.taskDefinition.networkMode === ecs.NetworkMode.AWS_VPC) return;
  fail(app, {
    got: 'addDatabaseDump in bridge mode',
    allowed: 'awsvpc mode, in which the task has an address of its own: in bridge mode its port is another at each start',
    fix: 'leave task.networkMode out, or give the database a place of its own (EfsBackedMysqlService), whose dumps need no such thing',
  });
}

function defaultName(app: Construct): string {
  const unique = Names.uniqueResourceName(app, { maxLength: 63, separator: '-' });
  return unique.toLowerCase().replace(/^[^a-z]+|-+$/g, '');
}
