import { NestedStack, Stack } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import { parameterNamesOf } from './parameter-image';
import { fail, isKnown } from '../private/errors';
import { warn, warnLate } from '../private/warnings';
import type { IEcsWebApp } from '../web-app/ecs/ecs-web-app';

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

/** A deployment reaches its own account and region. */
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

/** An image is deployed by an update of the stack that has the service, with the template as it is. */
export function requireDeployableStack(scope: Construct, app: IEcsWebApp): void {
  const stack = Stack.of(app.service);
  if (stack.nested || Stack.of(app.taskDefinition) !== stack) {
    fail(scope, {
      got: stack.nested ? `${app.node.path} is in a nested stack` : `service and task definition of ${app.node.path} are in two stacks`,
      allowed: 'an application whose service and task definition are in one stack that is deployed by itself: the pipeline updates that stack',
      fix: 'define it in a Stack of its own',
    });
  }
  scope.node.addValidation({
    validate: () => {
      warnOfPublicParameters(scope, stack);
      return nestedIn(stack);
    },
  });
  if ('cloudFormationExecutionRoleArn' in stack.synthesizer) return;
  warn(scope, `WebAppPipeline.noExecutionRole.${app.node.addr}`,
    `cdk deploy gives CloudFormation no role for stack ${stack.stackName}: after the first run of the pipeline CloudFormation would use that of the `
    + 'pipeline, which may do next to nothing; deploy the stack with the role of a bootstrapped environment (DefaultStackSynthesizer), or with '
      + '--role-arn');
}

/** AWS changes the address of a machine image every few weeks, and an update of the stack would replace instances with it. */
function warnOfPublicParameters(scope: Construct, stack: Stack): void {
  const [changing] = parameterNamesOf(stack).filter((name) => name.startsWith('/aws/service/'));
  if (changing === undefined) return;
  warnLate(scope, `WebAppPipeline.publicParameter.${stack.node.addr}`,
    `stack ${stack.stackName} also reads ${changing}: whenever AWS changes its value, the pipeline deploys nothing until cdk deploy `
    + `${stack.stackName} has `
    + 'been run, because an update would change more than the images; define instances in another stack than the application');
}

/** An update of a stack reaches its nested ones, for which the pipeline has no rights. */
function nestedIn(stack: Stack): string[] {
  const nested = stack.node.findAll().find((each) => NestedStack.isNestedStack(each));
  return nested === undefined ? [] : [
    `stack ${stack.stackName} has nested stacks (${nested.node.path}), but must be a stack without: the pipeline updates it for every image, `
    + 'and them '
    + 'with it; define the application in a Stack of its own',
  ];
}
