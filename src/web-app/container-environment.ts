import { Stack } from 'aws-cdk-lib';
import type { aws_ecs as ecs } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { holdsCredential, looksLikeCredential } from '../private/aws/credentials';
import { addressIn, hostIn, looksLikeAddress, namesHost, namesMysqlHost } from '../private/aws/host-variables';
import { fail, isKnown } from '../private/errors';
import type { Complaint } from '../private/errors';
import { warnLate } from '../private/warnings';

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const TASK_DEFINITION_BYTES = 65536;

/** Throws when two of the groups give the same variable of a container; it could be read only with one of its values. */
export function requireDistinctNames(scope: IConstruct, container: string, ...groups: Array<Record<string, unknown> | undefined>): void {
  const names = groups.flatMap((group) => Object.keys(group ?? {}));
  const name = names.find((candidate, index) => names.indexOf(candidate) !== index);
  if (name !== undefined) {
    fail(scope, {
      got: `the variable ${name} of container ${container} is given twice`,
      allowed: 'one value for each name in environment, secrets and the database variables',
      fix: `take ${name} out of environment or secrets, or choose other database names with task.databaseEnvironment`,
    });
  }
}

/** The plain variables a container has by now, however they came there. */
export function plainVariables(container: ecs.ContainerDefinition): Array<[string, string]> {
  const rendered = container.renderContainerDefinition().environment;
  return Array.isArray(rendered) ? rendered.flatMap((entry) => 'name' in entry && entry.name ? [[entry.name, entry.value ?? '']] : []) : [];
}

/**
 * The variables that address another container of the same task by its name, which no name server knows in awsvpc mode: the
 * containers share one network interface and reach each other at 127.0.0.1.
 */
export function findSiblingHosts(containers: ecs.ContainerDefinition[]): Complaint[] {
  const names = new Set(containers.map((container) => container.containerName));
  return containers.flatMap((container) => plainVariables(container)
    .filter(([name, value]) => isKnown(value) && addressesOneOf(names, name, value))
    .map(([name, value]) => findSiblingProblem(container.containerName, name, value)));
}

/**
 * Warns of variables that give a credential away where they are written; `where` begins the sentence that says who reads them. A warning names the
 * variable, never its value.
 */
export function warnOfCredentials(scope: IConstruct, construct: string, where: string, environment: Record<string, string>): void {
  for (const [name, value] of Object.entries(environment)) {
    if (!givesCredentialAway(scope, name, value)) continue;
    warnLate(scope, `${construct}.plainSecret.${name}`, `the plain variable ${name} looks like a credential, and stands ${where} can read: pass it `
      + 'in secrets, from Secrets Manager or an SSM SecureString');
  }
}

/** What is known of the value counts, and a secret that was unwrapped: CloudFormation puts its text in the place of the reference. */
function givesCredentialAway(scope: IConstruct, name: string, value: string): boolean {
  if (isKnown(value)) return looksLikeCredential(name, value);
  const resolved: unknown = Stack.of(scope).resolve(value);
  const text = JSON.stringify(resolved) ?? '';
  const known = text.replace(/\{"[^{}]*\}/g, 'x').replace(/","/g, '');
  return /\{\{resolve:(secretsmanager|ssm-secure):/.test(text) || holdsCredential(known) || looksLikeCredential(name, undefined);
}

/** Warns of plain variables that a person should look at again; a warning names the variable, never its value when it may be secret. */
export function warnOfPlainVariables(scope: IConstruct, container: ecs.ContainerDefinition): void {
  for (const [name, value] of plainVariables(container)) {
    if (givesCredentialAway(scope, name, value)) {
      warnLate(scope, `HaEcsWebApp.plainSecret.${name}`,
        `the plain variable ${name} of container ${container.containerName} looks like a credential, and everybody who may read the task definition `
        + 'can read it: pass it in secrets, from Secrets Manager or an SSM SecureString');
    }
    if (namesMysqlHost(name) && isKnown(value) && hostIn(value) === 'localhost') {
      warnLate(scope, `HaEcsWebApp.localhostDatabase.${name}`,
        `${name} of container ${container.containerName} is '${value}', which PHP and the MySQL clients take for a Unix socket in the `
        + 'container\'s own '
        + 'file system: write 127.0.0.1 for a database in the same task, or pass the database prop');
    }
  }
}

/** ECS takes 64 KiB of a task definition, of which variables are the part that grows. */
export function findTooMuchText(containers: ecs.ContainerDefinition[]): Complaint[] {
  const bytes = containers.flatMap((container) => plainVariables(container)).reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0);
  if (bytes <= TASK_DEFINITION_BYTES) return [];
  return [{
    got: `the variables of the task have ${bytes} bytes`,
    allowed: `at most ${TASK_DEFINITION_BYTES}, which is what ECS takes of a whole task definition`,
    fix: 'read what is long from a file, a parameter or a bucket',
  }];
}

function addressesOneOf(names: ReadonlySet<string>, variable: string, value: string): boolean {
  return (namesHost(variable) || looksLikeAddress(value)) && names.has(hostIn(value));
}

function findSiblingProblem(container: string, name: string, value: string): Complaint {
  const address = addressIn(value);
  return {
    got: `${name} of container ${container} points to '${address}', the name of a container in the same task`,
    allowed: 'an address that resolves in awsvpc mode, where containers of a task have no names on the network',
    fix: `write '${address.replace(hostIn(value), '127.0.0.1')}', or use the host attribute of what addSidecar returned`,
  };
}
