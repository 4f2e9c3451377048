import { Stack, aws_certificatemanager as acm, aws_ec2 as ec2, aws_ecs as ecs, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { IMysqlDatabase, MysqlUserProvisioning } from '../../../src/database/mysql-database';
import { FrontendDomain } from '../../../src/frontend/frontend-domain';
import { SecureAlbFrontend } from '../../../src/frontend/secure-alb-frontend';
import { SharedFileSystem } from '../../../src/storage/shared-file-system';
import { HaEc2WebApp } from '../../../src/web-app/ec2/ha-ec2-web-app';
import type { HaEc2WebAppProps } from '../../../src/web-app/ec2/ha-ec2-web-app-props';

export const COMPOSE = `services:
  app:
    image: public.ecr.aws/example/flask:1.4.2
    volumes:
      - /mnt/shared:/app/uploads
`;

/** Where an application's surroundings live. */
export interface Homes {
  readonly network: Stack;
  readonly data: Stack;
  readonly edge: Stack;
  readonly app: Stack;
}

/** Everything around an application. */
export interface World extends Homes {
  readonly vpc: ec2.Vpc;
  readonly frontend: SecureAlbFrontend;
  readonly database: FakeDatabase;
  readonly sharedFiles: SharedFileSystem;
}

/** A world in one stack, or spread over several. */
export function world(homes: Stack | Homes): World {
  const spread = homes instanceof Stack ? { network: homes, data: homes, edge: homes, app: homes } : homes;
  const { network, data, edge } = spread;
  const vpc = new ec2.Vpc(network, 'Vpc', { maxAzs: 3, natGateways: 1, restrictDefaultSecurityGroup: false });
  const certificate = acm.Certificate.fromCertificateArn(edge, 'Certificate',
    edge.formatArn({ service: 'acm', resource: 'certificate', resourceName: 'imported' }));
  return {
    ...spread,
    vpc,
    frontend: new SecureAlbFrontend(edge, 'Frontend', { vpc, domain: FrontendDomain.external('shop.example.com', certificate) }),
    database: new FakeDatabase(data, 'Database', vpc),
    sharedFiles: new SharedFileSystem(data, 'Uploads', { vpc }),
  };
}

/** The application under test with all its surroundings, unless said otherwise. */
export function appIn(place: World, props: Partial<HaEc2WebAppProps> = {}): HaEc2WebApp {
  const { vpc, frontend, database, sharedFiles } = place;
  const text = props.composeFile === undefined ? { composeText: COMPOSE } : {};
  return new HaEc2WebApp(place.app, 'App', { vpc, frontend, database, sharedFiles, ...text, ...props });
}

/** The contract of a database, and nothing behind it. */
export class FakeDatabase extends Construct implements IMysqlDatabase {
  public readonly host = 'database.internal';
  public readonly port = 3306;
  public readonly databaseName = 'shop';
  public readonly secret: secretsmanager.ISecret;
  public readonly connections: ec2.Connections;
  public userProvisioning?: MysqlUserProvisioning;

  public constructor(scope: Construct, id: string, vpc: ec2.IVpc) {
    super(scope, id);
    this.secret = new secretsmanager.Secret(this, 'Secret');
    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', { vpc, allowAllOutbound: false });
    this.connections = new ec2.Connections({ securityGroups: [securityGroup], defaultPort: ec2.Port.tcp(this.port) });
  }

  public allowConnectionsFrom(consumer: ec2.IConnectable): void {
    consumer.connections.allowTo(this, ec2.Port.tcp(this.port), 'Application connects to the database');
  }
}

/** A program that defines a user, with an administrator's secret of its own. */
export function provisioningFor(database: FakeDatabase): MysqlUserProvisioning {
  const administrator = new secretsmanager.Secret(database, 'AdministratorSecret');
  return {
    image: 'public.ecr.aws/docker/library/mysql:8.4',
    command: ['sh', '-c', "set -eu\necho \"it's done\" && mysql --user=\"$ADMIN_USER\""],
    environment: { ADMIN_USER: 'dbadmin', DB_HOST: database.host },
    secretEnvironment: {
      MYSQL_PWD: ecs.Secret.fromSecretsManager(administrator, 'password'),
      APP_PASSWORD: ecs.Secret.fromSecretsManager(database.secret, 'password'),
    },
  };
}
