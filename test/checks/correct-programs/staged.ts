import { CfnOutput, Fn, Stack, Stage, aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { AppProgram } from './program';
import { ENV } from './program';
import { EcsCapacity } from '../../../src/cluster/ecs-capacity';
import { EfsBackedMysqlService } from '../../../src/database/efs/efs-backed-mysql-service';
import { appIn, world } from '../../web-app/ecs/world';
import { fargateService, fargateTask, loadBalancer, mysql, network } from '../rules/plain';

const twice = (define: (scope: Construct) => void): AppProgram => (app) => ['Dev', 'Prod'].forEach((name) => define(new Stage(app, name)));

function lab(scope: Construct): void {
  const place = world(new Stack(scope, 'Lab', ENV), EcsCapacity.fargate());
  const { data, cluster } = place;
  appIn(place, { database: new EfsBackedMysqlService(data, 'Mysql', { cluster, databaseName: 'shop' }) });
}

/** A front and a back that know each other by name. */
function named(scope: Construct, id: string, byConnect: boolean): void {
  const stack = new Stack(scope, id, ENV);
  const vpc = network(stack);
  new ecs.Cluster(stack, 'Cluster', { vpc, defaultCloudMapNamespace: { name: 'shop.local' } });
  const task = fargateTask(stack, { portMappings: [{ containerPort: 8080, name: 'http' }] }, {}, 'BackTask');
  const configuration = byConnect
    ? { serviceConnectConfiguration: { services: [{ portMappingName: 'http', dnsName: 'back', port: 80 }] } }
    : { cloudMapOptions: { name: 'back' } };
  const back = fargateService(stack, vpc, task, configuration, 'Back');
  const environment: Record<string, string> = byConnect ? { BACK_URL: 'http://back' } : { BACK_URL: 'http://back.shop.local:8080' };
  const front = fargateService(stack, vpc, fargateTask(stack, { environment }), byConnect ? { serviceConnectConfiguration: {} } : {});
  back.connections.allowFrom(front, ec2.Port.tcp(8080));
}

/** A database whose group one stack exports by name, and a rule for it in another. */
function exported(scope: Construct, stackName?: string): void {
  const data = new Stack(scope, 'Data', { ...ENV, stackName });
  const vpc = network(data);
  const database = mysql(data, vpc);
  const service = fargateService(data, vpc, fargateTask(data, { environment: { DB_HOST: database.dbInstanceEndpointAddress } }));
  new CfnOutput(data, 'DatabaseGroup', { exportName: 'database', value: database.connections.securityGroups[0].securityGroupId });
  new CfnOutput(data, 'ServiceGroup', { exportName: 'service', value: service.connections.securityGroups[0].securityGroupId });
  new ec2.CfnSecurityGroupIngress(new Stack(scope, 'Rules', ENV), 'Rule', {
    groupId: Fn.importValue('database'), sourceSecurityGroupId: Fn.importValue('service'), ipProtocol: 'tcp', fromPort: 3306, toPort: 3306,
  });
}

function apart(app: App, id: string): void {
  const data = new Stack(app, `${id}Data`, ENV);
  const vpc = network(data);
  const database = mysql(data, vpc);
  const web = new Stack(app, `${id}Web`, ENV);
  const service = fargateService(web, vpc, fargateTask(web, { environment: { DB_HOST: database.dbInstanceEndpointAddress } }));
  service.connections.allowToDefaultPort(database);
  loadBalancer(web, vpc).addTargets('Target', { port: 80, targets: [service] });
}

/** Apps of several stacks, and of several stages with equal names. */
export const STAGED: Record<string, AppProgram> = {
  'our lab in two stages': twice(lab),
  'two stages with equal names of Cloud Map': twice((scope) => named(scope, 'Shop', false)),
  'two stages with equal aliases of Service Connect': twice((scope) => named(scope, 'Shop', true)),
  'two stacks of an app with equal names of Cloud Map': (app) => ['DevShop', 'ProdShop'].forEach((id) => named(app, id, false)),
  'two stacks of an app with equal aliases of Service Connect': (app) => ['DevShop', 'ProdShop'].forEach((id) => named(app, id, true)),
  'a rule in a stack of its own, by an export': (app) => exported(app),
  'two stages with equal exports': twice((scope) => exported(scope)),
  'two stages with equal exports and stack names': twice((scope) => exported(scope, 'data')),
  'a database in one stack and its service in another': (app) => apart(app, 'Shop'),
  'two such pairs side by side': (app) => ['Shop', 'Blog'].forEach((id) => apart(app, id)),
};
