import { App, aws_ec2 as ec2, aws_ecs as ecs, aws_kms as kms, Stack } from 'aws-cdk-lib';
import type { IMysqlDatabase } from '../../../src';
import { AuroraMysqlDatabase, HaEcsCluster, HaEcsWebApp, HaNetwork, RdsMysqlDatabase } from '../../../src';
import { FLAG_CONTEXTS } from '../../fixtures';

interface Place { readonly stack: Stack; readonly vpc: ec2.IVpc; readonly encryptionKey: kms.IKey }

const DATABASES: Array<[string, (place: Place) => IMysqlDatabase]> = [
  ['RDS', ({ stack, ...rest }) => new RdsMysqlDatabase(stack, 'Database', { ...rest, databaseName: 'shop' })],
  ['RDS with a proxy', ({ stack, ...rest }) => new RdsMysqlDatabase(stack, 'Database', { ...rest, databaseName: 'shop', proxy: {} })],
  ['Aurora', ({ stack, ...rest }) => new AuroraMysqlDatabase(stack, 'Database', { ...rest, databaseName: 'shop' })],
];

describe.each(FLAG_CONTEXTS)('with %s', (_name, context) => {
  test.each(DATABASES)('key, %s and application may be in three stacks', (_database, define) => {
    const app = new App({ context });
    const [keys, data, web] = ['Keys', 'Data', 'Web'].map((id) => new Stack(app, id, { env: { region: 'eu-west-1' } }));
    const { vpc } = new HaNetwork(data, 'Network');
    const database = define({ stack: data, vpc, encryptionKey: new kms.Key(keys, 'Key', { enableKeyRotation: true }) });
    const cluster = new HaEcsCluster(web, 'Cluster', { vpc });
    new HaEcsWebApp(web, 'App', { cluster, database, image: ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.28') });

    expect(() => app.synth()).not.toThrow();
    const template = JSON.stringify(app.synth().getStackByName('Web').template);
    expect(template).toContain('kms:Decrypt');
  });
});
