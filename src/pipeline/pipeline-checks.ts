import { Stack } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import { fail, isKnown } from '../private/errors';

const CONNECTION_ARN = /^arn:[^:]+:(codeconnections|codestar-connections):[^:]+:[^:]+:connection\/[\w-]+$/;

/** The OAuth source of old needs a token of a person in the template; a connection needs none. */
export function requireConnection(scope: Construct, connectionArn: string): void {
  if (!isKnown(connectionArn) || CONNECTION_ARN.test(connectionArn)) return;
  fail(scope, {
    got: `source.connectionArn is '${connectionArn}'`,
    allowed: 'the ARN of a CodeConnections connection, arn:aws:codeconnections:<region>:<account>:connection/<id>',
    fix: 'make a connection in the console (Developer Tools, Settings, Connections) and take its ARN',
  });
}

export function requireRepository(scope: Construct, repository: string): void {
  if (!isKnown(repository) || /^[\w.-]+(\/[\w.-]+)+$/.test(repository)) return;
  fail(scope, { got: `source.repository is '${repository}'`, allowed: "'owner/name'", fix: 'leave out the host and .git' });
}

/** The trigger takes a pattern where the source takes a name: one that is both at once means the same to both. */
export function requireBranch(scope: Construct, branch?: string): void {
  if (!isKnown(branch) || (/^[\w.#@+-]+(\/[\w.#@+-]+)*$/.test(branch) && !branch.includes('..'))) return;
  fail(scope, {
    got: `source.branch is '${branch}'`,
    allowed: 'the name of one branch: letters, digits and . _ - # @ + in parts that / joins',
    fix: "name one branch, such as 'main'; for more branches define a pipeline each",
  });
}

/** The path stands in a command and in a check that it lies in the source. */
export function requirePath(scope: Construct, name: string, path: string): void {
  if (/^[\w.-]+(\/[\w.-]+)*$/.test(path) && !path.startsWith('-') && !path.split('/').includes('..')) return;
  fail(scope, {
    got: `${name} is '${path}'`,
    allowed: 'a path inside the source, of letters, digits and . _ - /',
    fix: "write it from the root of the source, for example 'db/Dockerfile'",
  });
}

/** CodePipeline's ECS deployment reaches its own account and region. */
export function requireSameEnvironment(scope: Construct, app: IConstruct): void {
  const [here, there] = [Stack.of(scope), Stack.of(app)];
  const apart = (['account', 'region'] as const).find((name) => isKnown(here[name]) && isKnown(there[name]) && here[name] !== there[name]);
  if (apart === undefined) return;
  fail(scope, {
    got: `${app.node.path} is in ${apart} ${there[apart]}`,
    allowed: `an application in the ${apart} of the pipeline, ${here[apart]}`,
    fix: 'define the pipeline in a stack with the same env',
  });
}
