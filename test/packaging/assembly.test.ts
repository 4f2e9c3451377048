import { readFileSync } from 'fs';
import { join } from 'path';
import { REPOSITORY } from './python';

interface Documented {
  readonly name: string;
  readonly docs?: { readonly summary?: string; readonly default?: string };
  readonly optional?: boolean;
  readonly overrides?: string;
}
interface AssemblyType extends Documented {
  readonly kind: string;
  readonly datatype?: boolean;
  readonly abstract?: boolean;
  readonly initializer?: object;
  readonly properties?: Documented[];
  readonly methods?: Documented[];
  readonly members?: Documented[];
}

const types: AssemblyType[] = Object.values(JSON.parse(readFileSync(join(REPOSITORY, '.jsii'), 'utf8')).types);
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
  'AcceptedFinding', 'AssemblyCheckOptions', 'CheckFinding', 'CheckReport', 'CheckSeverity', 'Ec2SpotOptions', 'IEc2WebApp', 'LookedAt', 'OneWriterPlacement',
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
