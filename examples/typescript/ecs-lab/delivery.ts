import { Arn, ArnFormat, Stack } from 'aws-cdk-lib';
import { AlarmRouting, AlarmTopic, WebAppMonitoring, WebAppPipeline } from 'cdk-ha-ecs';
import type { EfsBackedMysqlService, HaEcsCluster, HaEcsWebApp, PipelineImage, SecureAlbFrontend } from 'cdk-ha-ecs';
import type { Construct } from 'constructs';
import { ecsLab } from './lab';
import { LabSettings } from './settings';

/** The parts of the lab that are delivered and watched. */
export interface LabParts {
  readonly webImage: PipelineImage;
  readonly databaseImage: PipelineImage;
  readonly php: HaEcsWebApp;
  readonly frontend: SecureAlbFrontend;
  readonly database: EfsBackedMysqlService;
  readonly cluster: HaEcsCluster;
}

/** The lab, and what builds, deploys and watches it. */
export function completeLab(scope: Construct): void {
  const settings = new LabSettings(scope.node);
  new LabDelivery(scope, 'LabDelivery', settings, ecsLab(scope));
}

/** Deployed last: what builds and deploys the lab, and what watches it. */
export class LabDelivery extends Stack {
  public constructor(scope: Construct, id: string, settings: LabSettings, parts: LabParts) {
    super(scope, id, { env: settings.env });

    const pipeline = new WebAppPipeline(this, 'Pipeline', {
      source: { connectionArn: this.connectionArn(settings.connection), repository: settings.sources, branch: 'main' },
      images: [
        { image: parts.webImage, deployTo: [parts.php] },
        // Built and scanned, never deployed: a new database server is a decision. docs/releases.md has the command.
        { image: parts.databaseImage, dockerfile: 'db/Dockerfile', directory: 'db' },
      ],
      removalPolicy: settings.removal.rest,
    });

    // Subscribe to it what is to be told: alarms.topic.addSubscription(...)
    const alarms = new AlarmTopic(this, 'Alarms');
    const monitoring = new WebAppMonitoring(this, 'Monitoring', { routing: AlarmRouting.topic(alarms.topic) });
    monitoring.watchFrontend(parts.frontend);
    monitoring.watchWebApp(parts.php);
    monitoring.watchDatabase(parts.database);
    monitoring.watchCluster(parts.cluster);
    monitoring.watchPipeline(pipeline.pipeline);
  }

  private connectionArn(connection: string): string {
    if (connection.startsWith('arn:')) return connection;
    return Arn.format({ service: 'codeconnections', resource: 'connection', resourceName: connection, arnFormat: ArnFormat.SLASH_RESOURCE_NAME }, this);
  }
}
