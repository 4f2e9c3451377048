import type { Observation, Rule } from './rule';
import type { TaskDefinition } from '../../app-model/compute/task-definitions';
import type { NetworkModel } from '../../paths/judging/network-model';
import { looksLikeCredential } from '../../private/aws/credentials';
import { asList, asObject, dig } from '../../template/json';
import { oncePer } from '../../template/once-per';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { referenceOf } from '../../template/text';
import type { Text } from '../../template/text';
import { nameOf } from '../../template/values';

/** Whoever may describe the task definition reads the environment in clear. */
export const secretInEnvironment: Rule = {
  id: 'secret-in-environment',
  severity: 'warning',
  says: 'A container, function or build has a plain environment variable that gives a credential away, by its name or in its value.',
  change: 'Keep the value in Secrets Manager or as a SecureString parameter, and hand it over by the container\'s Secrets.',
  evaluate: (app) => [...inTasks(app), ...inFunctions(app), ...inBuilds(app)],
};

function inTasks(app: NetworkModel): Observation[] {
  return app.taskDefinitions.flatMap((task) => task.containers.flatMap((container) => {
    const names = [...container.environment]
      .filter(([name, value]) => !isTold(app, task, name) && !isKeptSecret(app, value) && looksLikeCredential(name, knownPart(value)))
      .map(([name]) => name);
    return names.length === 0 ? [] : [{ at: task.resource, saw: `container ${container.name} has ${names.join(', ')} in clear` }];
  }));
}

function inFunctions(app: NetworkModel): Observation[] {
  return app.model.ofType('AWS::Lambda::Function').flatMap((at) => {
    const names = Object.entries(asObject(dig(at.properties, 'Environment', 'Variables'))).filter(([name, value]) => isClear(app, at, name, value))
      .map(([name]) => name);
    return names.length === 0 ? [] : [{ at, saw: `${nameOf(at)} has ${names.join(', ')} in clear` }];
  });
}

function inBuilds(app: NetworkModel): Observation[] {
  return app.model.ofType('AWS::CodeBuild::Project').flatMap((at) => {
    const names = asList(dig(at.properties, 'Environment', 'EnvironmentVariables'))
      .filter((one) => [undefined, 'PLAINTEXT'].includes(dig(one, 'Type') as string | undefined))
      .filter((one) => isClear(app, at, String(dig(one, 'Name')), dig(one, 'Value'))).map((one) => String(dig(one, 'Name')));
    return names.length === 0 ? [] : [{ at, saw: `${nameOf(at)} has ${names.join(', ')} in clear` }];
  });
}

function isClear(app: NetworkModel, holder: Resource, name: string, value: unknown): boolean {
  const text = app.model.text(holder, value);
  const known = knownPart(text);
  return known !== undefined && !isKeptSecret(app, text) && looksLikeCredential(name, known);
}

/** A construct of this library has warned of the variable, or was told that it may stay: to say it twice would only add noise. */
function isTold({ model }: NetworkModel, task: TaskDefinition, variable: string): boolean {
  return (toldOf(model).get(variable) ?? []).some((path) => path === '' || task.resource.path.startsWith(`${path}/`));
}

/** The paths on which a variable was spoken of, by the variable: a name has no dot. */
const toldOf = oncePer((model: TemplateModel) => {
  const found = new Map<string, string[]>();
  for (const { path, id } of model.content.annotations) {
    const variable = id.split('.plainSecret.').pop()!;
    if (variable !== id) found.set(variable, [...found.get(variable) ?? [], path]);
  }
  return found;
});

/** The address of a secret is none. */
function isKeptSecret({ model }: NetworkModel, value: Text): boolean {
  return model.resource(referenceOf(value)?.target ?? '')?.type === 'AWS::SecretsManager::Secret';
}

/** The value with a letter in place of each piece that only the deployment knows; undefined where all of it is one. */
function knownPart(value: Text): string | undefined {
  return value.some((part) => typeof part === 'string') || value.length === 0
    ? value.map((part) => (typeof part === 'string' ? part : 'x')).join('')
    : undefined;
}
