import { readFileSync } from 'fs';
import { join } from 'path';
import { CHANGES } from './updates/changes';
import type { Program, Templates } from './updates/example-programs';
import { templatesOf } from './updates/example-programs';
import type { UpdateEffects } from './updates/update-effects';
import { effectsAsText, updateEffects } from './updates/update-effects';

const OPERATIONS = join(__dirname, '..', '..', 'docs', 'operations.md');

const templates = new Map<string, Templates>();

/** Every base once: most changes share theirs. */
function templatesOnce(program: Program): Templates {
  const key = JSON.stringify(program);
  if (!templates.has(key)) templates.set(key, templatesOf(program));
  return templates.get(key)!;
}

interface Measured {
  readonly there: UpdateEffects;
  readonly back: UpdateEffects;
}

const measured = new Map<string, Measured>();
beforeAll(() => CHANGES.forEach(({ title, before, after }) => {
  const [old, updated] = [templatesOnce(before), templatesOnce(after)];
  measured.set(title, { there: updateEffects(old, updated), back: updateEffects(updated, old) });
}));

/** The rows of the table of operations.md that tells what is replaced: change, effects of it, effects of its undoing, and what to do. */
function listed(): string[][] {
  const section = readFileSync(OPERATIONS, 'utf8').split('<!-- changes that replace -->')[1];
  return section.trim().split('\n').slice(2).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
}

/** The same rows as the templates say. */
function found(): string[][] {
  return [...measured].map(([title, { there, back }]) => [title, effectsAsText(there), effectsAsText(back)])
    .filter(([, there, back]) => there !== 'nothing' || back !== 'nothing');
}

test('at least 55 changes to the examples are measured, each of which changes a template', () => {
  expect(CHANGES.length).toBeGreaterThanOrEqual(55);
  expect([...measured].filter(([, { there }]) => there.changesNothing).map(([title]) => title)).toEqual([]);
});

test('no two changes have the same title', () => {
  expect(measured.size).toBe(CHANGES.length);
});

test('whatever a change replaces or removes stands in docs/operations.md, and nothing else does', () => {
  expect(listed().map((row) => row.slice(0, 3)).sort()).toEqual(found().sort());
});

test('for each of them the document says what to do', () => {
  expect(listed().filter(([, , , recipe]) => !recipe)).toEqual([]);
});

test('`cdk deploy --all` deploys every change: no stack takes back a value that another one has imported', () => {
  const refused = [...measured].map(([title, { there, back }]) => [title, ...there.refusedExports, ...back.refusedExports])
    .filter(([, ...lines]) => lines.length > 0);
  expect(refused).toEqual([]);
});

test('no change replaces a service, or runs a second one beside it', () => {
  const services = [...measured].filter(([, { there, back }]) => [...there.replaced, ...back.replaced].some((line) => line.endsWith('AWS::ECS::Service')));
  expect(services.map(([title]) => title)).toEqual([]);
});

test('no change draws a new password, but that of the name it belongs to', () => {
  const redrawn = [...measured].filter(([, { there, back }]) => [...there.redrawn, ...back.redrawn].length > 0).map(([title]) => title);
  expect(redrawn.sort()).toEqual(['WordPress: application user', 'bookstore: application user', 'lab: application user']);
});

test('no change replaces a file system, a secret or an image repository', () => {
  const kept = /AWS::(EFS::FileSystem|SecretsManager::Secret|ECR::Repository|S3::Bucket|KMS::Key)$/;
  const lost = [...measured].filter(([, { there, back }]) => [...there.replaced, ...back.replaced].some((line) => kept.test(line)));
  expect(lost.map(([title]) => title)).toEqual([]);
});

test('nothing that is changed on purpose finds its name or place taken; another construct id may', () => {
  const taken = [...measured].filter(([, { there, back }]) => [...there.nameTaken, ...back.nameTaken].length > 0).map(([title]) => title);
  expect(taken.filter((title) => !title.includes('another construct id'))).toEqual([]);
});

describe('the measure itself', () => {
  const stack = (resources: object, outputs: object = {}) => ({ Resources: resources, Outputs: outputs });
  const group = (description: string) => ({ Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: description } } });
  const exported = { Id: { Value: { 'Fn::GetAtt': ['Group', 'GroupId'] }, Export: { Name: 'Data:Id' } } };
  const consumer = stack({ Rule: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: { 'Fn::ImportValue': 'Data:Id' }, IpProtocol: '-1' } } });
  const pair = (data: object, web: object = consumer): Templates => new Map([['Data', data], ['Web', web]]);

  test('a replaced resource whose id another stack imports is refused', () => {
    const effects = updateEffects(pair(stack(group('old'), exported)), pair(stack(group('new'), exported)));
    expect(effects.replaced).toEqual(['Data: AWS::EC2::SecurityGroup']);
    expect(effects.refusedExports).toEqual(['Data to Web: Id']);
  });

  test('an export that leaves together with its import is refused, because the producer is deployed first', () => {
    expect(updateEffects(pair(stack(group('old'), exported)), pair(stack(group('old')), stack({}))).refusedExports).toEqual(['Data to Web: Id']);
  });

  test('an export that nobody imported may leave', () => {
    expect(updateEffects(pair(stack(group('old'), exported), stack({})), pair(stack(group('old')), stack({}))).refusedExports).toEqual([]);
  });

  test('a log group that comes under another logical id and the old name finds the name taken', () => {
    const logs = (id: string) => stack({ [id]: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/web' } } });
    const effects = updateEffects(new Map([['Data', logs('Old')]]), new Map([['Data', logs('New')]]));
    expect(effects.nameTaken).toEqual(['Data: AWS::Logs::LogGroup']);
    expect(effects.removed).toEqual(['Data: AWS::Logs::LogGroup']);
  });

  test.each([
    ['ElasticLoadBalancingV2::ListenerRule', { Priority: 1000, ListenerArn: { Ref: 'Listener' } }],
    ['ElasticLoadBalancingV2::Listener', { Port: 80, LoadBalancerArn: { Ref: 'Balancer' } }],
    ['ServiceDiscovery::Service', { Name: 'mysql', NamespaceId: { Ref: 'Namespace' } }],
    ['EFS::MountTarget', { FileSystemId: { Ref: 'Files' }, SubnetId: { Ref: 'Subnet' } }],
    ['EC2::SecurityGroupIngress', { GroupId: { Ref: 'Group' }, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '203.0.113.0/24', Description: 'Visitors' }],
  ])('a %s that comes under another logical id finds its place taken', (type, properties) => {
    const holding = (id: string) => new Map([['Web', stack({ [id]: { Type: `AWS::${type}`, Properties: properties } })]]);
    expect(updateEffects(holding('Old'), holding('New')).nameTaken).toEqual([`Web: AWS::${type}`]);
  });


  test('a secret that is generated from something else is told', () => {
    const generated = (SecretStringTemplate: string) => ({ GenerateSecretString: { GenerateStringKey: 'password', SecretStringTemplate } });
    const secret = (text: string) => new Map([['Data', stack({ Secret: { Type: 'AWS::SecretsManager::Secret', Properties: generated(text) } })]]);
    expect(updateEffects(secret('{"username":"app"}'), secret('{"username":"shop"}')).redrawn).toEqual(['Data: AWS::SecretsManager::Secret']);
  });

  test('another type under the same logical id is told', () => {
    const typed = (Type: string) => new Map([['Data', stack({ Thing: { Type } })]]);
    expect(updateEffects(typed('AWS::SNS::Topic'), typed('AWS::SQS::Queue')).typeChanged).toEqual(['Data: AWS::SNS::Topic to AWS::SQS::Queue']);
  });
});
