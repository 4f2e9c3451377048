import { aws_ec2 as ec2, aws_ecs as ecs, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EfsBackedMysqlService, FrontendDomain, HaEcsCluster, HaEcsWebApp, HaNetwork, SecureAlbFrontend, SharedFileSystem } from '../../src';
import { testStack } from '../fixtures';

/** One of each construct that has a security group of ours. */
function world(stack: Stack = testStack()): Record<'app' | 'database' | 'files' | 'frontend', ec2.IConnectable> {
  const { vpc } = new HaNetwork(stack, 'Network');
  const cluster = new HaEcsCluster(stack, 'Cluster', { vpc });
  return {
    app: new HaEcsWebApp(stack, 'App', { cluster, image: ecs.ContainerImage.fromRegistry('example/web:1') }),
    database: new EfsBackedMysqlService(stack, 'Database', { cluster, databaseName: 'shop' }),
    files: new SharedFileSystem(stack, 'Files', { vpc }),
    frontend: new SecureAlbFrontend(stack, 'Frontend', { vpc, domain: FrontendDomain.httpOnly('a test') }),
  };
}

describe('a rule of the user on a security group of ours', () => {
  const stack = testStack();
  const constructs = world(stack);
  const office = ec2.Peer.ipv4('10.9.0.0/16');
  const names = Object.keys(constructs) as Array<keyof typeof constructs>;

  test.each(names)('fails where it is written with signs that EC2 refuses in a description: %s', (name) => {
    const { connections } = constructs[name];
    expect(() => connections.allowFrom(office, ec2.Port.tcp(8080), 'oficina -> año'))
      .toThrow(/^Test\/.*: the rule description 'oficina -> año' has > ñ, but must be at most 255 .*without accents/);
    expect(() => connections.allowTo(office, ec2.Port.tcp(8080), 'envío')).toThrow(/'envío' has í.*write it without accents/);
    expect(() => connections.allowFrom(office, ec2.Port.tcp(8080), 'x'.repeat(256))).toThrow(/has 256 characters.*shorten it/);
  });

  test.each(names)('is kept with any other description, also one that is known at deployment only: %s', (name) => {
    const { connections } = constructs[name];
    const later = new CfnParameter(stack, `Later${name}`).valueAsString;
    expect(() => {
      connections.allowFrom(office, ec2.Port.tcp(8080), 'all that EC2 takes: aZ09. _-:/()#,@[]+=&;{}!$*');
      connections.allowFrom(office, ec2.Port.tcp(8081), later);
      connections.allowFrom(office, ec2.Port.tcp(8082));
    }).not.toThrow();
  });
});

test('every description that the library itself writes is one that EC2 takes', () => {
  const stack = testStack();
  world(stack);
  const resources = Object.values(Template.fromStack(stack).toJSON().Resources as Record<string, { Type: string; Properties?: unknown }>);
  const descriptions = resources.filter(({ Type }) => Type.startsWith('AWS::EC2::SecurityGroup'))
    .flatMap(({ Properties }) => [...JSON.stringify(Properties).matchAll(/"(?:Group)?Description":"([^"]*)"/g)].map(([, text]) => text));
  expect(descriptions.length).toBeGreaterThan(10);
  expect(descriptions.filter((text) => !/^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/.test(text))).toEqual([]);
});
