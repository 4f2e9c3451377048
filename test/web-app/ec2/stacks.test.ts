import { spawnSync } from 'child_process';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { fileIn, userDataOf } from './user-data';
import { appIn, world } from './world';
import type { World } from './world';
import { RdsMysqlDatabase } from '../../../src/database/managed/rds-mysql-database';
import { NetworkPaths } from '../../../src/paths/network-paths';
import { PathVerdict } from '../../../src/paths/path-answer';
import { DECLARED_PATH } from '../../../src/private/declared-paths';
import { FLAG_CONTEXTS } from '../../fixtures';
import { dependencyCycle, resourcesOf } from '../../templates';

/** Which parts share a stack: network, data, frontend and application. */
const LAYOUTS: Array<[string, string[]]> = [
  ['one stack', ['All', 'All', 'All', 'All']],
  ['network with data, web apart', ['Data', 'Data', 'Web', 'Web']],
  ['data, edge and app apart', ['Data', 'Data', 'Edge', 'App']],
  ['every part apart', ['Network', 'Data', 'Edge', 'App']],
];

function spread(context: Record<string, unknown>, names: string[]): { app: App; place: World; stacks: Stack[] } {
  const app = new App({ context });
  const stacks: Record<string, Stack> = {};
  const [network, data, edge, web] = names.map((name) => stacks[name] ??= new Stack(app, name, { env: { region: 'eu-west-1' } }));
  const place = world({ network, data, edge, app: web });
  appIn(place);
  return { app, place, stacks: Object.values(stacks) };
}

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  describe.each(LAYOUTS)('%s', (_layout, names) => {
    let found: ReturnType<typeof spread>;
    let paths: NetworkPaths;
    const home = names[3];
    const group = `${home}/App/Instances/AutoScalingGroup`;
    const verdict = (source: string, target: string, port: number) => paths.canReach(source, target, port).verdict;
    beforeAll(() => {
      found = spread(context, names);
      const printed = jest.spyOn(console, 'error').mockImplementation();
      paths = NetworkPaths.fromAssembly(found.app.synth().directory);
      printed.mockRestore();
    });

    test('no stack refers to itself in a circle', () => {
      expect(found.stacks.map((stack) => dependencyCycle(resourcesOf(stack)))).toEqual(found.stacks.map(() => undefined));
    });

    test('the rules between load balancer, instances, database and files are in the stack of the application', () => {
      const ports = Object.values(resourcesOf(found.place.app))
        .filter(({ Type }) => /^AWS::EC2::SecurityGroup(In|E)gress$/.test(Type))
        .map(({ Type, Properties }) => `${Type.slice(23)} ${Properties.FromPort}`);
      expect(ports).toEqual(expect.arrayContaining(['Ingress 80', 'Egress 80', 'Ingress 2049', 'Egress 2049', 'Ingress 3306', 'Egress 3306']));
    });

    test('target group and listener rule are in the stack of the application', () => {
      const ids = Object.entries(resourcesOf(found.place.app)).filter(([, { Type }]) => /TargetGroup$|ListenerRule$/.test(Type)).map(([id]) => id);
      expect(ids.filter((id) => id.startsWith('App'))).toHaveLength(2);
    });

    test('the internet reaches the load balancer, which reaches the instances', () => {
      expect(verdict('internet', `${names[2]}/Frontend`, 443)).toBe(PathVerdict.REACHABLE);
      expect(verdict(`${names[2]}/Frontend`, group, 80)).toBe(PathVerdict.REACHABLE);
    });

    test('the instances reach files and HTTPS', () => {
      expect(verdict(group, `${names[1]}/Uploads`, 2049)).toBe(PathVerdict.REACHABLE);
      expect(verdict(group, 'internet', 443)).toBe(PathVerdict.REACHABLE);
    });

    test.each([22, 80, 443, 5000, 8080])('the internet does not reach the instances on port %d', (port) => {
      expect(verdict('internet', group, port)).toBe(PathVerdict.BLOCKED);
    });

    test.each([[22], [3306], [80]])('the instances reach nobody outside on port %d', (port) => {
      expect(verdict(group, 'internet', port)).toBe(PathVerdict.BLOCKED);
    });

    test('neither internet nor load balancer reaches the files', () => {
      expect(verdict('internet', `${names[1]}/Uploads`, 2049)).toBe(PathVerdict.BLOCKED);
      expect(verdict(`${names[2]}/Frontend`, `${names[1]}/Uploads`, 2049)).toBe(PathVerdict.BLOCKED);
    });

    test('every declared path is open', () => {
      const declared = paths.declaredPaths();
      expect(declared.map(({ fromPort }) => fromPort)).toEqual(expect.arrayContaining([80, 443, 2049]));
      expect(declared.filter((path) => path.verdict !== PathVerdict.REACHABLE)).toEqual([]);
    });

    test('no open path into or out of the instances is undeclared', () => {
      const own = paths.openPaths().filter(({ source, target }) => [source, target].some((end) => end.startsWith(`${home}/App`)));
      expect(own.map(({ fromPort, toPort }) => `${fromPort}-${toPort}`).sort()).toEqual(['2049-2049', '443-443', '80-80']);
    });

    test('the declared paths of the application name its group', () => {
      const metadata = found.place.app.node.findAll().flatMap((construct) => construct.node.metadata).filter(({ type }) => type === DECLARED_PATH);
      expect(metadata.map(({ data }) => data.target)).toContainEqual([`${home}/App/Instances/SecurityGroup`]);
    });
  });

  describe('with a managed database', () => {
    let stacks: Stack[];
    let paths: NetworkPaths;
    let web: Stack;
    beforeAll(() => {
      const app = new App({ context });
      const [data, edge, home] = ['Data', 'Edge', 'App'].map((name) => new Stack(app, name, { env: { region: 'eu-west-1' } }));
      const place = world({ network: data, data, edge, app: home });
      const database = new RdsMysqlDatabase(data, 'Managed', { vpc: place.vpc, databaseName: 'shop' });
      appIn(place, { database });
      [stacks, web] = [[data, edge, home], home];
      const printed = jest.spyOn(console, 'error').mockImplementation();
      paths = NetworkPaths.fromAssembly(app.synth().directory);
      printed.mockRestore();
    });

    test('no stack refers to itself in a circle', () => {
      expect(stacks.map((stack) => dependencyCycle(resourcesOf(stack)))).toEqual([undefined, undefined, undefined]);
    });

    test('the instances reach it, and nobody else does', () => {
      expect(paths.canReach('App/App', 'Data/Managed', 3306).verdict).toBe(PathVerdict.REACHABLE);
      expect(paths.canReach('internet', 'Data/Managed', 3306).verdict).toBe(PathVerdict.BLOCKED);
      expect(paths.canReach('Edge/Frontend', 'Data/Managed', 3306).verdict).toBe(PathVerdict.BLOCKED);
    });

    test('instances know nothing of the administrator', () => {
      expect(userDataOf(web)).not.toMatch(/Administrator|MYSQL_PWD|CREATE USER/);
      const policies = Object.values(Template.fromStack(web).findResources('AWS::IAM::Policy'));
      const ofInstances = policies.filter(({ Properties }) => JSON.stringify(Properties.Roles).includes('AppInstances'));
      expect(ofInstances.length).toBeGreaterThan(0);
      expect(JSON.stringify(ofInstances)).not.toContain('Administrator');
    });

    test('bash reads the start script with it', () => {
      expect(spawnSync('bash', ['-n'], { input: fileIn(userDataOf(web), '/opt/web-app/start'), encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    });
  });
});
