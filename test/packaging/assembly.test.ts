import { join } from 'path';
import { REPOSITORY } from './python';
import { readAssembly } from '../../tools/api/assembly';

interface Documented {
  readonly name: string;
  readonly docs?: { readonly summary?: string; readonly default?: string };
  readonly optional?: boolean;
  readonly overrides?: string;
}
interface AssemblyType extends Documented {
  readonly kind: string;
  readonly fqn: string;
  readonly base?: string;
  readonly interfaces?: string[];
  readonly datatype?: boolean;
  readonly abstract?: boolean;
  readonly initializer?: object;
  readonly properties?: Documented[];
  readonly methods?: Documented[];
  readonly members?: Documented[];
}

const types: AssemblyType[] = Object.values<any>(readAssembly(REPOSITORY).types);
const typesOf = (packageName: string): AssemblyType[] => Object.values<any>(readAssembly(join(REPOSITORY, 'node_modules', packageName)).types);
const structs = types.filter((type) => type.datatype);
const membersOf = (type: AssemblyType) => [...type.properties ?? [], ...type.methods ?? [], ...type.members ?? []];

// The trees every promise in the README rests on: a name that leaves this list breaks somebody's program.
const CONTRACT = [
  'AuroraMysqlDatabase', 'EcsCapacity', 'EfsBackedMysqlService', 'FrontendAccess', 'FrontendDomain', 'HaChecks', 'HaEc2WebApp', 'HaEcsCluster',
  'HaEcsWebApp', 'HaNetwork', 'IMysqlDatabase', 'MysqlEngine', 'NatMode', 'NetworkPaths', 'RdsMysqlDatabase', 'SecureAlbFrontend',
  'SharedFileSystem', 'WebAppDeployment', 'WebAppMonitoring', 'WebAppPipeline',
];

test.each(CONTRACT)('%s is a public name', (name) => {
  expect(types.map((type) => type.name)).toContain(name);
});

test('every optional prop says in words what happens when it is left out', () => {
  const silent = structs.flatMap((struct) => (struct.properties ?? [])
    .filter((property) => property.optional && !property.docs?.default)
    .map((property) => `${struct.name}.${property.name}`));
  expect(silent).toEqual([]);
});

/**
 * The structs in which a user sees more than fifteen props, jsii's hoisted ones included, and how many they may have. Each is one flat list on purpose.
 * Databases name each decision as the CDK's own constructs do, under which people look for it, with most of them the same for RDS, Aurora and EFS.
 * Capacity on instances has the options of an instance's life, which two kinds share. A watch has one number for each alarm that its answer
 * names, under the alarm's name.
 */
const WIDE: Record<string, number> = {
  AuroraMysqlDatabaseProps: 23, Ec2CapacityOptions: 16, EfsBackedMysqlServiceProps: 21, RdsMysqlDatabaseProps: 23, WatchAlarms: 23, WatchOptions: 21,
};

test('a user sees fifteen props of a struct at most, or as many as are named here', () => {
  const wide = structs.map(({ name, properties }) => [name, (properties ?? []).length] as const);
  expect(wide.filter(([name, count]) => count > (WIDE[name] ?? 15))).toEqual([]);
});

/** What judging a folder without an app, the placement of one writer, Spot and accepted findings brought along. */
const ADDED_TO_A_HUNDRED = [
  'AcceptedFinding', 'AssemblyCheckOptions', 'CheckFinding', 'CheckReport', 'CheckSeverity', 'CloudFrontVpcOriginOptions', 'Ec2SpotOptions', 'IEc2WebApp',
  'LookedAt', 'OneWriterPlacement', 'PathComparison', 'SidecarDumpOptions',
];

test('a person finds a name among a hundred types at most, and those that are named here', () => {
  expect(types.filter(({ name }) => !ADDED_TO_A_HUNDRED.includes(name)).length).toBeLessThanOrEqual(100);
  expect(types.map(({ name }) => name)).toEqual(expect.arrayContaining(ADDED_TO_A_HUNDRED));
});

// Whoever wrote a class below one of these would get a value without its inner half: it could be made, and would die where it is used.
test.each([
  'AlarmRouting', 'ComposeProxy', 'DatabaseEnvironment', 'EcsCapacity', 'FrontendAccess', 'FrontendDomain', 'FrontendWebAcl',
  'WebAppDeployment',
])('%s is made by its static methods alone: it has no constructor, and is not abstract', (name) => {
  const { abstract, initializer } = types.find((type) => type.name === name)!;
  expect({ abstract, initializer }).toEqual({ abstract: undefined, initializer: undefined });
});

test('every public type and member is documented', () => {
  const silent = types.flatMap((type) => [
    ...type.docs?.summary ? [] : [type.name],
    ...membersOf(type).filter((member) => !member.docs?.summary && !member.overrides).map((member) => `${type.name}.${member.name}`),
  ]);
  expect(silent).toEqual([]);
});

test('no member is named like a word that Python, Java or Go keeps for itself', () => {
  const reserved = new Set(['from', 'lambda', 'is', 'in', 'not', 'or', 'and', 'def', 'del', 'global', 'pass', 'raise', 'with', 'yield', 'internal', 'params',
    'ref', 'event', 'lock', 'package', 'range', 'type', 'func', 'map', 'select', 'native', 'synchronized', 'scope', 'id', 'props']);
  const clashes = types.flatMap((type) => membersOf(type).filter((member) => reserved.has(member.name)).map((member) => `${type.name}.${member.name}`));
  expect(clashes).toEqual([]);
});

// To Python an interface is a protocol: mypy and pyright refuse an object that lacks even an optional member of it.
test('every class has every member of its interfaces, optional ones too', () => {
  const known = new Map([...types, ...typesOf('aws-cdk-lib'), ...typesOf('constructs')].map((type) => [type.fqn, type]));
  const withBases = (fqn: string): AssemblyType[] => {
    const type = known.get(fqn)!;
    return [type, ...type.base === undefined ? [] : withBases(type.base)];
  };
  const interfacesOf = (type: AssemblyType): AssemblyType[] => (
    (type.interfaces ?? []).map((fqn) => known.get(fqn)!).flatMap((each) => [each, ...interfacesOf(each)]));
  const missing = types.filter(({ kind }) => kind === 'class').flatMap((type) => {
    const line = withBases(type.fqn);
    const own = new Set(line.flatMap(membersOf).map(({ name }) => name));
    const wanted = new Set(line.flatMap(interfacesOf).flatMap(membersOf).map(({ name }) => name));
    return [...wanted].filter((name) => !own.has(name)).map((name) => `${type.name}.${name}`);
  });
  expect(missing).toEqual([]);
});
