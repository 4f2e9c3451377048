import { aws_ecs as ecs } from 'aws-cdk-lib';
import type { World } from './world';
import * as library from '../../src';

/** Makes a thing with props that may be anything. */
export type Make = (world: World, props: never) => unknown;

/** Everything that a caller passes props or options to, each with the struct that it takes. */
export const CONSTRUCTS: ReadonlyArray<readonly [name: string, struct: string, make: Make]> = [
  ['HaNetwork', 'HaNetworkProps', ({ stack }, props) => new library.HaNetwork(stack, 'Thing', props)],
  ['HaEcsCluster', 'HaEcsClusterProps', ({ stack }, props) => new library.HaEcsCluster(stack, 'Thing', props)],
  ['SecureAlbFrontend', 'SecureAlbFrontendProps', ({ stack }, props) => new library.SecureAlbFrontend(stack, 'Thing', props)],
  ['EfsBackedMysqlService', 'EfsBackedMysqlServiceProps', ({ stack }, props) => new library.EfsBackedMysqlService(stack, 'Thing', props)],
  ['RdsMysqlDatabase', 'RdsMysqlDatabaseProps', ({ stack }, props) => new library.RdsMysqlDatabase(stack, 'Thing', props)],
  ['AuroraMysqlDatabase', 'AuroraMysqlDatabaseProps', ({ stack }, props) => new library.AuroraMysqlDatabase(stack, 'Thing', props)],
  ['HaEcsWebApp', 'HaEcsWebAppProps', ({ stack }, props) => new library.HaEcsWebApp(stack, 'Thing', props)],
  ['SingleTaskWebApp', 'SingleTaskWebAppProps', ({ stack }, props) => new library.SingleTaskWebApp(stack, 'Thing', props)],
  ['HaEc2WebApp', 'HaEc2WebAppProps', ({ stack }, props) => new library.HaEc2WebApp(stack, 'Thing', props)],
  ['SharedFileSystem', 'SharedFileSystemProps', ({ stack }, props) => new library.SharedFileSystem(stack, 'Thing', props)],
  ['PipelineImage', 'PipelineImageProps', ({ stack }, props) => new library.PipelineImage(stack, 'Thing', props)],
  ['WebAppPipeline', 'WebAppPipelineProps', ({ stack }, props) => new library.WebAppPipeline(stack, 'Thing', props)],
  ['WebAppMonitoring', 'WatchOptions', ({ stack, webApp }, props) => new library.WebAppMonitoring(stack, 'Thing').watchWebApp(webApp, props)],
  ['AlarmTopic', 'AlarmTopicProps', ({ stack }, props) => new library.AlarmTopic(stack, 'Thing', props)],
  ['RedeployOnSecretChange', 'RedeployOnSecretChangeProps', ({ stack }, props) => new library.RedeployOnSecretChange(stack, 'Thing', props)],
  ['MysqlDatabase', 'MysqlDatabaseAttributes', ({ stack }, props) => library.MysqlDatabase.fromMysqlDatabaseAttributes(stack, 'Thing', props)],
  ['an imported frontend', 'AlbFrontendAttributes', ({ stack }, props) => library.SecureAlbFrontend.fromListenerAttributes(stack, 'Thing', props)],
  ['a target', 'FrontendTargetOptions', ({ stack, frontend }, props) => frontend.addTarget(stack, 'Thing', props)],
  ['a test listener', 'FrontendTestListenerOptions', ({ frontend }, props) => frontend.addTestListener(props)],
  ['a sidecar', 'SidecarOptions', ({ webApp }, props) => webApp.addSidecar('thing', props)],
  ['EcsCapacity.ec2', 'Ec2CapacityOptions', ({ stack, vpc }, props) => new library.HaEcsCluster(stack, 'Thing', { vpc, capacity: library.EcsCapacity.ec2(props) })],
  ['EcsCapacity.fargateSpot', 'FargateSpotCapacityOptions',
    ({ stack, vpc }, props) => new library.HaEcsCluster(stack, 'Thing', { vpc, capacity: library.EcsCapacity.fargateSpot(props) })],
  ['EcsCapacity.managedInstances', 'ManagedInstancesCapacityOptions',
    ({ stack, vpc }, props) => new library.HaEcsCluster(stack, 'Thing', { vpc, capacity: library.EcsCapacity.managedInstances(props) })],
  ['MysqlEngine', 'MysqlEngineOptions',
    ({ stack, cluster }, props) => new library.EfsBackedMysqlService(stack, 'Thing', { cluster, databaseName: 'shop', engine: library.MysqlEngine.of(props) })],
  ['DatabaseDumps', 'DatabaseDumpOptions',
    ({ stack, cluster }, props) => new library.EfsBackedMysqlService(stack, 'Thing', { cluster, databaseName: 'shop', dumps: library.DatabaseDumps.scheduled(props) })],
  ['FrontendWebAcl', 'ManagedWebAclOptions', ({ stack, vpc }, props) => new library.SecureAlbFrontend(stack, 'Thing', {
    vpc, domain: library.FrontendDomain.httpOnly('a test'), webAcl: library.FrontendWebAcl.managed(props),
  })],
  ['FrontendAccess.cloudFront', 'CloudFrontAccessOptions', ({ stack, vpc }, props) => new library.SecureAlbFrontend(stack, 'Thing', {
    vpc, domain: library.FrontendDomain.httpOnly('a test'), access: library.FrontendAccess.cloudFront(props),
  })],
  ['WebAppDeployment.canary', 'CanaryDeploymentOptions', ({ stack, cluster, frontend }, props) => new library.HaEcsWebApp(stack, 'Thing', {
    cluster, frontend, image: ecs.ContainerImage.fromRegistry('nginx:1.28'), deployment: library.WebAppDeployment.canary(props),
  })],
  ['ComposeProxy', 'NginxProxyOptions', ({ stack, vpc }, props) => new library.HaEc2WebApp(stack, 'Thing', {
    vpc, composeText: 'services: { app: { image: "shop:1.0" } }', compose: { proxy: library.ComposeProxy.nginx(props) },
  })],
];
