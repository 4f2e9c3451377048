import { App, Stack, aws_certificatemanager as acm, aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import { EcsCapacity } from '../../src/cluster/ecs-capacity';
import { HaEcsCluster } from '../../src/cluster/ha-ecs-cluster';
import type { HaEcsClusterProps } from '../../src/cluster/ha-ecs-cluster';
import { EfsBackedMysqlService } from '../../src/database/efs/efs-backed-mysql-service';
import type { EfsBackedMysqlServiceProps } from '../../src/database/efs/mysql-service-options';
import { FrontendDomain } from '../../src/frontend/frontend-domain';
import { SecureAlbFrontend } from '../../src/frontend/secure-alb-frontend';
import { AlarmRouting } from '../../src/monitoring/alarm-routing';
import { AlarmTopic } from '../../src/monitoring/alarm-topic';
import { WebAppMonitoring } from '../../src/monitoring/web-app-monitoring';
import { HaEcsWebApp } from '../../src/web-app/ecs/ha-ecs-web-app';
import { resourcesOf } from '../templates';
import type { Resources, TemplateResource } from '../templates';

const ENV = { region: 'eu-west-1' };

export interface WorldOptions {
  readonly capacity?: EcsCapacity;
  readonly cluster?: Partial<HaEcsClusterProps>;
  readonly database?: Partial<EfsBackedMysqlServiceProps>;
  readonly httpOnly?: boolean;
  /** Everything in one stack instead of one for data, one for the web and one for monitoring. */
  readonly together?: boolean;
  readonly context?: Record<string, unknown>;
}

/** An application with all that it needs, over three stacks. */
export class World {
  public readonly app: App;
  public readonly data: Stack;
  public readonly web: Stack;
  public readonly home: Stack;
  public readonly vpc: ec2.Vpc;
  public readonly cluster: HaEcsCluster;
  public readonly database: EfsBackedMysqlService;
  public readonly frontend: SecureAlbFrontend;
  public readonly webApp: HaEcsWebApp;

  public constructor(options: WorldOptions = {}, app = new App({ context: options.context })) {
    this.app = app;
    this.data = new Stack(app, 'Data', { env: ENV });
    this.web = options.together ? this.data : new Stack(app, 'Web', { env: ENV });
    this.home = options.together ? this.data : new Stack(app, 'Watch', { env: ENV });
    this.vpc = new ec2.Vpc(this.data, 'Vpc', { maxAzs: 2, natGateways: 1, restrictDefaultSecurityGroup: false });
    this.cluster = new HaEcsCluster(this.data, 'Cluster', { vpc: this.vpc, capacity: options.capacity, namespaceName: 'lab.internal', ...options.cluster });
    this.database = new EfsBackedMysqlService(this.data, 'Database', { cluster: this.cluster, databaseName: 'shop', ...options.database });
    const certificate = acm.Certificate.fromCertificateArn(this.web, 'Certificate',
      this.web.formatArn({ service: 'acm', resource: 'certificate', resourceName: 'imported' }));
    this.frontend = new SecureAlbFrontend(this.web, 'Frontend', {
      vpc: this.vpc,
      domain: options.httpOnly ? FrontendDomain.httpOnly('a test') : FrontendDomain.external('shop.example.com', certificate),
    });
    this.webApp = new HaEcsWebApp(this.web, 'App', {
      cluster: this.cluster,
      frontend: this.frontend,
      database: this.database,
      minTasks: 3,
      image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/php:8.3-apache'),
    });
  }

  /** Monitoring that notifies a topic of ours. */
  public monitoring(routing?: AlarmRouting): WebAppMonitoring {
    return new WebAppMonitoring(this.home, 'Monitoring', { routing: routing ?? AlarmRouting.topic(new AlarmTopic(this.home, 'Alarms').topic) });
  }

  /** The same, with everything watched. */
  public watched(routing?: AlarmRouting): WebAppMonitoring {
    const monitoring = this.monitoring(routing);
    monitoring.watchFrontend(this.frontend);
    monitoring.watchWebApp(this.webApp);
    monitoring.watchDatabase(this.database);
    monitoring.watchCluster(this.cluster);
    return monitoring;
  }
}

export const onEc2 = (): EcsCapacity => EcsCapacity.ec2({ instanceType: new ec2.InstanceType('t3.medium'), minInstances: 2, maxInstances: 15 });

/** The resources of a type in the stack of the monitoring. */
export function ofType(resources: Resources, ...types: string[]): Array<[string, TemplateResource]> {
  return Object.entries(resources).filter(([, resource]) => types.includes(resource.Type));
}

/** The properties of the alarm whose logical id has the given ending, before its hash. */
export function alarmOf(stack: Stack, ending: string): any {
  const found = ofType(resourcesOf(stack), 'AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm')
    .filter(([id]) => new RegExp(`${ending}[0-9A-F]{8}$`).test(id));
  expect(found.map(([id]) => id)).toHaveLength(1);
  return found[0][1].Properties;
}

/** The names of all metrics that alarms of a stack look at, with their namespaces. */
export function alarmMetrics(stack: Stack): string[] {
  return ofType(resourcesOf(stack), 'AWS::CloudWatch::Alarm').flatMap(([, { Properties }]) => Properties.MetricName
    ? [`${Properties.Namespace}/${Properties.MetricName}`]
    : Properties.Metrics.filter((each: any) => each.MetricStat).map(({ MetricStat: { Metric } }: any) => `${Metric.Namespace}/${Metric.MetricName}`));
}
