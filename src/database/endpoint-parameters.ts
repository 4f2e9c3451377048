import { aws_ssm as ssm } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** Where a database is reached. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly databaseName: string;
}

/** Host, port and database name in Parameter Store, for whoever is not deployed from the same app. Never a credential. */
export class EndpointParameters extends Construct {
  public readonly host: ssm.StringParameter;
  public readonly port: ssm.StringParameter;
  public readonly databaseName: ssm.StringParameter;

  public constructor(scope: Construct, id: string, endpoint: Endpoint) {
    super(scope, id);

    this.host = new ssm.StringParameter(this, 'Host', { stringValue: endpoint.host, description: 'Host name of the database' });
    this.port = new ssm.StringParameter(this, 'Port', { stringValue: `${endpoint.port}`, description: 'TCP port of the database' });
    this.databaseName = new ssm.StringParameter(this, 'DatabaseName', {
      stringValue: endpoint.databaseName,
      description: 'Name of the database (schema)',
    });
  }
}
