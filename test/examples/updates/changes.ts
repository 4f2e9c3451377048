import type { Edit, Program } from './example-programs';

const LAB: Program = { folder: 'ecs-lab', file: 'lab', function: 'ecsLab' };
/** With the pipeline and the monitoring, which look at all other stacks. */
const COMPLETE_LAB: Program = { ...LAB, file: 'delivery', function: 'completeLab' };
const BOOKSTORE: Program = { folder: 'bookstore', file: 'bookstore', function: 'bookstore' };
const WORDPRESS: Program = { folder: 'wordpress', file: 'wordpress', function: 'wordPress' };
const APPS: Program = { folder: 'ecs-autoscaling', file: 'services', function: 'ecsAutoscaling' };
const FLASK: Program = { folder: 'flask-shared-files', file: 'flask', function: 'flaskSharedFiles' };

/** A change that somebody makes to one of the examples on an ordinary day. */
export interface Change {
  /** As the list of operations names it. */
  readonly title: string;
  readonly before: Program;
  readonly after: Program;
}

/** Lines that are replaced by others, with the names they need. */
function edit(file: string, from: string, to: string, ...names: string[]): Edit[] {
  const needed = names.length ? `import { ${names.join(', ')} } from 'cdk-ha-ecs'; ` : '';
  const anchor = file === 'web-entry' ? 'import type { LabSettings }' : 'import type { Construct }';
  return [{ file, from, to }, ...needed ? [{ file, from: anchor, to: needed + anchor }] : []];
}

function changed(program: Program, title: string, ...edits: Edit[]): Change {
  return { title, before: program, after: { ...program, edits } };
}

const completeLab = (title: string, ...edits: Edit[]) => changed(COMPLETE_LAB, `lab: ${title}`, ...edits);
const lab = (title: string, ...edits: Edit[]) => changed(LAB, `lab: ${title}`, ...edits);
const bookstore = (title: string, ...edits: Edit[]) => changed(BOOKSTORE, `bookstore: ${title}`, ...edits);
const apps = (title: string, ...edits: Edit[]) => changed(APPS, `ecs-autoscaling: ${title}`, ...edits);
const flask = (title: string, ...edits: Edit[]) => changed(FLASK, `Flask: ${title}`, ...edits);
const flaskDatabase = (option: string) => edit('flask', "databaseName: 'notes',", `databaseName: 'notes', ${option},`);
const wordPress = (title: string, ...edits: Edit[]) => changed(WORDPRESS, `WordPress: ${title}`, ...edits);

function context(program: Program, title: string, values: Record<string, string>, given: Record<string, string> = {}): Change {
  return { title, before: { ...program, context: given }, after: { ...program, context: { ...given, ...values } } };
}

/** Without an account the CDK knows of two zones, so they are said by name. */
function zones(program: Program, title: string, line: (list: string) => Edit[]): Change {
  return { title, before: { ...program, edits: line("['a', 'b']") }, after: { ...program, edits: line("['a', 'b', 'c']") } };
}

const CAPACITY = 'EcsCapacity.ec2({ ...hosts, minInstances: 2, maxInstances: 15 })';
const labCapacity = (options: string, ...names: string[]) => edit('lab', ', minInstances: 2, maxInstances: 15 }', `, minInstances: 2, maxInstances: 15, ${options} }`, ...names);
const labNetwork = (option: string, ...names: string[]) => edit('lab', "ipAddresses: ec2.IpAddresses.cidr('10.0.0.0/16'),", `ipAddresses: ec2.IpAddresses.cidr('10.0.0.0/16'), ${option},`, ...names);
const labCluster = (option: string) => edit('lab', "namespaceName: 'lab.internal'", `namespaceName: 'lab.internal', ${option}`);
const labDatabase = (option: string, ...names: string[]) => edit('lab', 'dnsTtl: Duration.seconds(15), removalPolicy: files,', `dnsTtl: Duration.seconds(15), removalPolicy: files, ${option},`, ...names);
const labFrontend = (option: string, ...names: string[]) => edit('web-entry', 'removalPolicy: removal.rest };', `removalPolicy: removal.rest, ${option} };`, ...names);
const labApp = (option: string, ...names: string[]) => edit('lab', 'task: { logs: { removalPolicy } }, routing', `task: { logs: { removalPolicy } }, ${option}, routing`, ...names);
const labRouting = (option: string) => edit('lab', 'routing: { hostHeaders }', `routing: { hostHeaders, ${option} }`);
const shopDatabase = (option: string) => edit('bookstore', "databaseName: 'bookstore',", `databaseName: 'bookstore', ${option},`);
const shopApp = (option: string) => edit('bookstore', 'maxInstances: 3,', `maxInstances: 3, ${option},`);
const shopFrontend = (option: string, ...names: string[]) => edit('bookstore', 'deletionProtection: removal.protection, removalPolicy }', `deletionProtection: removal.protection, removalPolicy, ${option} }`, ...names);
const blogDatabase = (option: string, ...names: string[]) => edit('two-services', "applicationUser: 'wordpress',", `applicationUser: 'wordpress', ${option},`, ...names);
const blogApp = (option: string, ...names: string[]) => edit('two-services', '    secrets,', `    secrets, ${option},`, ...names);

/** One-line changes that the documentation and the props offer. */
export const CHANGES: Change[] = [
  lab('instance type of the capacity', ...edit('lab', "'t3.medium'", "'t3.large'")),
  lab('most instances', ...edit('lab', 'maxInstances: 15', 'maxInstances: 20')),
  lab('size of the root volume', ...labCapacity("rootVolumeSize: require('aws-cdk-lib').Size.gibibytes(60)")),
  lab('one-writer tasks on instances', ...labCapacity('oneWriterPlacement: OneWriterPlacement.INSTANCES', 'OneWriterPlacement')),
  completeLab('EC2 to Fargate', ...edit('lab', CAPACITY, 'EcsCapacity.fargate()')),
  lab('Graviton instances', ...edit('lab', "'t3.medium'", "'t4g.medium'")),
  lab('container insights off', ...labCluster("containerInsights: 'disabled'")),
  lab('name of the namespace', ...edit('lab', "'lab.internal'", "'shop.internal'")),
  zones(LAB, 'lab: a third zone', (list) => labNetwork(`availabilityZones: ${list}`)),
  lab('one NAT gateway', ...labNetwork('natMode: NatMode.SINGLE', 'NatMode')),
  lab('interface endpoints', ...labNetwork('interfaceEndpoints: [ec2.InterfaceVpcEndpointAwsService.ECR]')),
  lab('retention of the flow logs', ...labNetwork('flowLogRetention: 365')),
  lab('CPU and memory of the database', ...labDatabase('cpu: 1024, memoryMiB: 4096')),
  completeLab('dumps removed', ...labDatabase("dumps: DatabaseDumps.disabled('A lab')", 'DatabaseDumps')),
  lab('flags of the database', ...labDatabase("flags: ['--max-connections=300']")),
  lab('TLS of the database required', ...labDatabase('requireTls: true')),
  lab('data directory', ...labDatabase("storage: { dataPath: '/mysql-2' }")),
  lab('name of the database', ...edit('lab', "databaseName: 'lab'", "databaseName: 'shop'")),
  lab('application user', ...labDatabase("applicationUser: 'shop'")),
  lab('engine of the database', ...labDatabase('engine: MysqlEngine.MARIADB_11_4', 'MysqlEngine')),
  lab('name of the database service', ...edit('lab', "serviceName: 'mysql-service'", "serviceName: 'database'")),
  lab('TTL of the database name', ...edit('lab', 'dnsTtl: Duration.seconds(15)', 'dnsTtl: Duration.seconds(30)')),
  lab('image of the database', ...edit('lab', 'image: databaseImage.containerImage()', "image: require('aws-cdk-lib').aws_ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/mysql:8.4.10')")),
  lab('least tasks', ...labApp('minTasks: 3')),
  lab('CPU and memory of the tasks', ...labApp('task: { cpu: 512, memoryMiB: 1024 }')),
  completeLab('bridge mode', ...labApp("task: { networkMode: 'bridge' }")),
  lab('environment variable', ...labApp("environment: { MODE: 'quiet' }")),
  lab('health path', ...labApp("healthCheckPath: '/healthy'")),
  completeLab('container port', ...labApp('containerPort: 8080')),
  completeLab('ECS Exec', ...labApp('task: { enableExecuteCommand: true }')),
  lab('retention of the logs', ...labApp('task: { logs: { retention: 365 } }')),
  lab('name of the log group', ...labApp("task: { logs: { logGroupName: '/lab/web' } }")),
  lab('several tasks on an instance', ...labApp('task: { distinctInstances: false }')),
  lab('scaling by requests', ...labApp('scaling: { requestsPerTarget: 500 }')),
  completeLab('rolling to canary', ...labApp('deployment: WebAppDeployment.canary()', 'WebAppDeployment')),
  lab('a host header', ...edit('web-entry', 'hostHeaders: [zoneName, `alb.${zoneName}`]', 'hostHeaders: [zoneName, `alb.${zoneName}`, `www.${zoneName}`]')),
  lab('sticky sessions', ...labRouting('stickiness: Duration.hours(1)')),
  lab('proxy in the task', ...labRouting("proxy: { image: require('aws-cdk-lib').aws_ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.28.0'), containerPort: 8080 }")),
  lab('secret in the tasks', ...labApp("secrets: { TOKEN: require('aws-cdk-lib').aws_ecs.Secret.fromSecretsManager(new (require('aws-cdk-lib').aws_secretsmanager.Secret)(web, 'Token')) }")),
  lab('shared files', ...labApp("sharedFiles: [{ files: new SharedFileSystem(web, 'Files', { vpc: network.vpc, path: '/files' }), containerPath: '/var/www/files' }]", 'SharedFileSystem')),
  completeLab('a database less', ...edit('lab', 'cluster, frontend, database, image', 'cluster, frontend, image')),
  completeLab('vpcOnly()', ...labFrontend('access: FrontendAccess.vpcOnly()', 'FrontendAccess')),
  lab('cidrs()', ...labFrontend("access: FrontendAccess.cidrs(['203.0.113.0/24'])", 'FrontendAccess')),
  lab('cloudFront()', ...labFrontend('access: FrontendAccess.cloudFront({ prefixListId: "pl-00000000", viewerDomainNames: [zoneName] })', 'FrontendAccess')),
  completeLab('cloudFrontVpcOrigin()', ...labFrontend('access: FrontendAccess.cloudFrontVpcOrigin({ prefixListId: "pl-00000000", viewerDomainNames: [zoneName] })', 'FrontendAccess')),
  lab('web ACL', ...labFrontend('webAcl: FrontendWebAcl.managed()', 'FrontendWebAcl')),
  lab('dual stack', ...labFrontend('dualStack: true')),
  lab('retention of the access logs', ...labFrontend("accessLogsRetention: require('aws-cdk-lib').Duration.days(30)")),
  lab('own bucket of access logs', ...labFrontend("accessLogsBucket: new (require('aws-cdk-lib').aws_s3.Bucket)(web, 'OwnLogs')")),
  completeLab('alarms off', ...edit('delivery', 'AlarmRouting.topic(alarms.topic)', "AlarmRouting.disabled('A lab')")),
  completeLab('database not watched', ...edit('delivery', '    monitoring.watchDatabase(parts.database);\n', '')),
  completeLab('monitoring removed', ...edit('delivery', "    const monitoring = new WebAppMonitoring(this, 'Monitoring', { routing: AlarmRouting.topic(alarms.topic) });\n", '    const monitoring = new Proxy({}, { get: () => () => undefined });\n')),
  completeLab('branch of the pipeline', ...edit('delivery', "branch: 'main'", "branch: 'release'")),
  completeLab('database image without pipeline', ...edit('delivery', "        { image: parts.databaseImage, dockerfile: 'db/Dockerfile', directory: 'db' },\n", '')),
  completeLab('rolling to blue/green', ...labApp('deployment: WebAppDeployment.blueGreen()', 'WebAppDeployment')),
  {
    title: 'lab: canary to linear',
    before: { ...COMPLETE_LAB, edits: labApp('deployment: WebAppDeployment.canary()', 'WebAppDeployment') },
    after: { ...COMPLETE_LAB, edits: labApp('deployment: WebAppDeployment.linear()', 'WebAppDeployment') },
  },
  completeLab('a sidecar', ...edit('lab', '  const outputs: Record', "  php.addSidecar('Agent', { image: require('aws-cdk-lib').aws_ecs.ContainerImage.fromRegistry('public.ecr.aws/example/agent:1'), memoryMiB: 64, waitUntilHealthy: false });\n  const outputs: Record")),
  lab('image of a registry', ...edit('lab', 'image: webImage.containerImage()', "image: require('aws-cdk-lib').aws_ecs.ContainerImage.fromRegistry('public.ecr.aws/example/lab:2')")),
  completeLab('Spot beside on-demand instances', ...labCapacity("spot: { instanceTypes: [new ec2.InstanceType('t3a.medium'), new ec2.InstanceType('t2.medium')], onDemandBase: 2 }")),
  completeLab('another construct id of the application', ...edit('lab', "new HaEcsWebApp(web, 'App'", "new HaEcsWebApp(web, 'Shop'")),
  completeLab('another construct id of the database', ...edit('lab', "new EfsBackedMysqlService(data, 'Database'", "new EfsBackedMysqlService(data, 'Mysql'")),
  context(COMPLETE_LAB, 'lab: domain', { zoneName: 'lab.example.org', hostedZoneId: 'Z0000000OTHER' }),
  context(COMPLETE_LAB, 'lab: HTTPS to HTTP', { httpOnly: 'a try' }),
  context(LAB, 'lab: removalPolicy=snapshot', { removalPolicy: 'snapshot' }),
  context(LAB, 'lab: removalPolicy=destroy', { removalPolicy: 'destroy' }),

  bookstore('instance type', ...shopApp("instances: { instanceType: new (require('aws-cdk-lib').aws_ec2.InstanceType)('t3.large') }")),
  bookstore('least and most instances', ...edit('bookstore', 'minInstances: 2,\n    maxInstances: 3', 'minInstances: 3,\n    maxInstances: 6')),
  bookstore('most instances', ...edit('bookstore', 'maxInstances: 3', 'maxInstances: 6')),
  bookstore('health path', ...shopApp("healthCheckPath: '/healthy'")),
  bookstore('environment variable', ...edit('bookstore', 'environment: { DB_TLS_CA', "environment: { MODE: 'quiet', DB_TLS_CA")),
  bookstore('port of the instances', ...shopApp('instances: { port: 8080 }')),
  bookstore('shared files removed', ...edit('bookstore', '    sharedFiles: covers,\n', '')),
  bookstore('proxy of the database', ...shopDatabase('proxy: {}')),
  bookstore('readers', ...shopDatabase('readers: 2')),
  bookstore('servers of a fixed size', ...shopDatabase("instanceType: new (require('aws-cdk-lib').aws_ec2.InstanceType)('r6g.large')")),
  bookstore('minor version of the engine', ...shopDatabase("engineVersion: require('aws-cdk-lib').aws_rds.AuroraMysqlEngineVersion.VER_3_08_0")),
  bookstore('days of backups', ...shopDatabase("backupRetention: require('aws-cdk-lib').Duration.days(30)")),
  bookstore('deletion protection', ...edit('bookstore', 'removalPolicy: removal.database, deletionProtection: removal.protection', 'removalPolicy: removal.database, deletionProtection: false')),
  bookstore('parameters of the server', ...shopDatabase("parameters: { long_query_time: '1' }")),
  bookstore('port of the database', ...shopDatabase('port: 3307')),
  bookstore('own key of the database', ...shopDatabase("encryptionKey: new (require('aws-cdk-lib').aws_kms.Key)(data, 'Key')")),
  bookstore('identifier of the database', ...shopDatabase("identifier: 'bookstore'")),
  bookstore('application user', ...shopDatabase("applicationUser: 'shop'")),
  bookstore('name of the database', ...edit('bookstore', "databaseName: 'bookstore'", "databaseName: 'books'")),
  bookstore('Aurora to RDS', ...edit('bookstore', 'new AuroraMysqlDatabase(', 'new RdsMysqlDatabase(', 'RdsMysqlDatabase')),
  bookstore('path of the covers', ...edit('bookstore', "path: '/uploads'", "path: '/covers'")),
  bookstore('web ACL', ...shopFrontend('webAcl: FrontendWebAcl.managed()', 'FrontendWebAcl')),
  bookstore('cidrs()', ...shopFrontend("access: FrontendAccess.cidrs(['203.0.113.0/24'])", 'FrontendAccess')),
  bookstore('vpcOnly()', ...shopFrontend('access: FrontendAccess.vpcOnly()', 'FrontendAccess')),
  context(BOOKSTORE, 'bookstore: image', { imageTag: 'bookstore-2' }),
  context(BOOKSTORE, 'bookstore: domain name', { domainName: 'shop.example.org' }),
  bookstore('HTTPS to HTTP', ...edit('bookstore', 'FrontendDomain.external(settings.domainName, certificate)', "FrontendDomain.httpOnly('a try')")),
  context(BOOKSTORE, 'bookstore: removalPolicy=snapshot', { removalPolicy: 'snapshot' }),
  context(BOOKSTORE, 'bookstore: removalPolicy=destroy', { removalPolicy: 'destroy' }),

  bookstore('a zone less', ...edit('bookstore', '[0, 1, 2].map', '[0, 1].map')),
  bookstore('Graviton instances', ...shopApp("instances: { instanceType: new (require('aws-cdk-lib').aws_ec2.InstanceType)('t4g.small') }")),
  bookstore('user of the database no longer defined by us', ...shopDatabase('provisionApplicationUser: false')),
  bookstore('another construct id of the database', ...edit('bookstore', "new AuroraMysqlDatabase(data, 'Database'", "new AuroraMysqlDatabase(data, 'Aurora'")),

  flask('standby away', ...flaskDatabase('multiAz: false')),
  flask('size of the database', ...flaskDatabase("instanceType: new (require('aws-cdk-lib').aws_ec2.InstanceType)('m7g.large')")),
  flask('storage of the database', ...flaskDatabase("storageSize: require('aws-cdk-lib').Size.gibibytes(100)")),
  flask('minor version of the engine', ...flaskDatabase("engineVersion: require('aws-cdk-lib').aws_rds.MysqlEngineVersion.of('8.4.5', '8.4')")),
  flask('proxy of the database', ...flaskDatabase('proxy: {}')),
  flask('RDS to Aurora', ...edit('flask', 'new RdsMysqlDatabase(', 'new AuroraMysqlDatabase(', 'AuroraMysqlDatabase')),
  flask('a database less', ...edit('flask', '      database,\n      sharedFiles: files,', '      sharedFiles: files,')),
  context(FLASK, 'Flask: instances to ECS', { form: 'ecs' }),
  context(FLASK, 'Flask: image', { imageTag: 'flask-2' }),
  context(FLASK, 'Flask: ECS, image', { imageTag: 'flask-2' }, { form: 'ecs' }),
  context(FLASK, 'Flask: HTTPS to HTTP', { httpOnly: 'a try' }),
  context(FLASK, 'Flask: removalPolicy=destroy', { removalPolicy: 'destroy' }),

  apps('a service less', ...edit('services', '    Admin: { hostHeaders: [`admin.${zoneName}`] },\n', '')),
  apps('a fourth service', ...edit('services', '    Admin: { hostHeaders: [`admin.${zoneName}`] },', "    Admin: { hostHeaders: [`admin.${zoneName}`] },\n    Help: { hostHeaders: shop, pathPatterns: ['/help'] },")),
  apps('path of a service', ...edit('services', "hostHeaders: shop, pathPatterns: ['/api', '/api/*']", "hostHeaders: shop, pathPatterns: ['/v2', '/v2/*']")),
  apps('image of a registry', ...edit('services', 'image: repositories.image(name, imageTag)', "image: require('aws-cdk-lib').aws_ecs.ContainerImage.fromRegistry('public.ecr.aws/example/app:1')")),
  apps('container port', ...edit('services', 'containerPort: 8080', 'containerPort: 8081')),
  apps('services not watched', ...edit('services', '    monitoring.watchWebApp(service);\n', '')),
  context(APPS, 'ecs-autoscaling: Fargate to EC2', { capacity: 'ec2' }),
  context(APPS, 'ecs-autoscaling: image', { imageTag: 'second' }),
  context(APPS, 'ecs-autoscaling: HTTPS to HTTP', { httpOnly: 'a try' }),
  context(APPS, 'ecs-autoscaling: removalPolicy=destroy', { removalPolicy: 'destroy' }),
  zones(APPS, 'ecs-autoscaling: a third zone', (list) => edit('services', "'Network', { removalPolicy }", `'Network', { removalPolicy, availabilityZones: ${list} }`)),

  wordPress('image of a registry', ...edit('wordpress', 'image: ecs.ContainerImage.fromEcrRepository(repository, imageTag)', "image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/wordpress:6.8')")),
  wordPress('name of the namespace', ...edit('wordpress', "'wordpress.internal'", "'blog.internal'")),
  wordPress('a host name beside', ...edit('wordpress', "hostedZoneId }), 'blog')", "hostedZoneId }), 'blog', { alternativeNames: ['www'] })")),
  wordPress('engine of the database', ...edit('two-services', 'engine: MysqlEngine.MARIADB_11_4', 'engine: MysqlEngine.MYSQL_8_4')),
  wordPress('application user', ...edit('two-services', "applicationUser: 'wordpress'", "applicationUser: 'blog'")),
  wordPress('a sidecar', ...edit('two-services', '  Validations.of(database)', "  (scope.node.findChild('WordPress') as HaEcsWebApp).addSidecar('Agent', { image: require('aws-cdk-lib').aws_ecs.ContainerImage.fromRegistry('public.ecr.aws/example/agent:1'), waitUntilHealthy: false });\n  Validations.of(database)")),
  wordPress('minor version of the engine', ...blogDatabase("image: require('aws-cdk-lib').aws_ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/mariadb:11.4.10')")),
  wordPress('dumps removed', ...blogDatabase("dumps: DatabaseDumps.disabled('A blog')", 'DatabaseDumps')),
  wordPress('CPU and memory of the database', ...blogDatabase('cpu: 1024, memoryMiB: 4096')),
  wordPress('least and most tasks', ...blogApp('minTasks: 3, maxTasks: 6')),
  wordPress('owner of the uploads', ...edit('wordpress', 'ownerUid: 33', 'ownerUid: 82')),
  wordPress('name of the site', ...edit('wordpress', "'blog'", "'www'")),
  zones(WORDPRESS, 'WordPress: a third zone', (list) => edit('wordpress', "'Network', { removalPolicy }", `'Network', { removalPolicy, availabilityZones: ${list} }`)),
  context(WORDPRESS, 'WordPress: image', { imageTag: 'second' }),
  context(WORDPRESS, 'WordPress: HTTPS to HTTP', { httpOnly: 'a try' }),
  context(WORDPRESS, 'WordPress: removalPolicy=destroy', { removalPolicy: 'destroy' }),
  context(WORDPRESS, 'WordPress: Fargate to EC2', { capacity: 'ec2' }),
  context(WORDPRESS, 'WordPress: bridge mode', { networkMode: 'bridge' }, { capacity: 'ec2' }),
  context(WORDPRESS, 'WordPress: Graviton', { architecture: 'arm64' }),
  context(WORDPRESS, 'WordPress: two services to the same task', { form: 'same-task' }),
  context(WORDPRESS, 'WordPress: same task, Fargate to EC2', { capacity: 'ec2' }, { form: 'same-task' }),
  context(WORDPRESS, 'WordPress: same task, image', { imageTag: 'second' }, { form: 'same-task' }),
];
