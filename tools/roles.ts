import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Principal?: { readonly Service?: unknown };
  readonly Resource?: unknown;
}

interface RoleFacts { readonly by: string; readonly actions: Map<string, boolean>; readonly managed: string[] }

const list = <T>(value: T | T[] | undefined): T[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** A table of every role in the templates of an assembly: who takes it on, and what it may. An action on any resource is marked. */
export function rolesOf(assembly: string): string {
  const rows = readdirSync(assembly).filter((file) => file.endsWith('.template.json')).sort().flatMap((file) => (
    rolesIn(JSON.parse(readFileSync(join(assembly, file), 'utf8')).Resources ?? {})));
  return ['| Role | For | May |', '| --- | --- | --- |', ...rows].join('\n');
}

function rolesIn(resources: Record<string, any>): string[] {
  const roles = new Map<string, RoleFacts>();
  for (const [id, { Type, Properties }] of Object.entries(resources)) {
    if (Type !== 'AWS::IAM::Role') continue;
    const trusted = list<Statement>(Properties.AssumeRolePolicyDocument.Statement);
    const services = trusted.flatMap(({ Principal }) => list(Principal?.Service).map(serviceName));
    const managed = list<unknown>(Properties.ManagedPolicyArns).map(policyName);
    const facts = { by: [...new Set(services)].join(', '), actions: new Map<string, boolean>(), managed };
    roles.set(id, facts);
    for (const { PolicyDocument } of list<any>(Properties.Policies)) addActions(facts, PolicyDocument.Statement);
  }
  for (const { Type, Properties } of Object.values(resources)) {
    if (Type !== 'AWS::IAM::Policy') continue;
    for (const { Ref } of list<{ Ref: string }>(Properties.Roles)) addActions(roles.get(Ref), Properties.PolicyDocument.Statement);
  }
  return [...roles].map(([id, { by, actions, managed }]) => {
    const may = [...managed.map((name) => `policy \`${name}\``), ...[...actions].sort(([one], [other]) => one.localeCompare(other))
      .map(([action, anywhere]) => `\`${action}\`${anywhere ? ' (any resource)' : ''}`)];
    return `| ${resources[id].Metadata['aws:cdk:path'].replace(/\/Resource$/, '')} | ${by || 'other roles'} | ${may.join(', ') || 'nothing'} |`;
  });
}

function addActions(facts: RoleFacts | undefined, statements: Statement | Statement[]): void {
  for (const { Effect, Action, Resource } of list(statements)) {
    if (Effect !== 'Allow') continue;
    for (const action of list(Action)) facts?.actions.set(action, (facts.actions.get(action) ?? false) || list(Resource).includes('*'));
  }
}

function serviceName(service: unknown): string {
  return (/[\w-]+(?=\.amazonaws)/.exec(JSON.stringify(service)) ?? ['a service'])[0];
}

function policyName(arn: unknown): string {
  return (/policy\/([\w/-]+)/.exec(JSON.stringify(arn)) ?? [undefined, 'a policy of your own'])[1]!.split('/').at(-1)!;
}
