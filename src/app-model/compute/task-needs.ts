import type { TaskDefinition } from './task-definitions';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { literalOf } from '../../template/text';
import type { Text } from '../../template/text';

/** A secret or parameter that a container is given. */
export interface GivenSecret {
  readonly container: string;
  readonly variable: string;
  /** The secret or parameter, where it is one of the app. */
  readonly resource?: Resource;
  readonly value: Text;
  /** The field of the secret's JSON that is asked for. */
  readonly field?: string;
}

/** What its containers are given, whether it comes from Secrets Manager or from the Parameter Store. */
export function givenSecrets(model: TemplateModel, task: TaskDefinition): GivenSecret[] {
  return task.containers.flatMap((container) => [...container.secrets].map(([variable, value]) => {
    const named = value.flatMap((part) => (typeof part === 'object' && 'target' in part ? model.resource(part.target) ?? [] : []));
    const resource = named.map((one) => secretBehind(model, one)).find(Boolean);
    return { container: container.name, variable, value, resource, field: fieldOf(value) };
  }));
}

/** The role that a task definition names, where it is one of the app. */
export function roleOf(model: TemplateModel, task: TaskDefinition, key: 'TaskRoleArn' | 'ExecutionRoleArn'): Resource | undefined {
  const role = model.pointee(task.resource, dig(task.resource.properties, key));
  return role?.type === 'AWS::IAM::Role' ? role : undefined;
}

/** The containers as the template has them, with the logs that `awslogs` writes. */
export function awslogsOptions({ resource }: TaskDefinition): Array<{ readonly container: string; readonly options: unknown }> {
  return asList(dig(resource.properties, 'ContainerDefinitions'))
    .filter((body) => dig(body, 'LogConfiguration', 'LogDriver') === 'awslogs')
    .map((body) => ({ container: String(dig(body, 'Name')), options: dig(body, 'LogConfiguration', 'Options') }));
}

/** The repository of the app that an image comes from. */
export function repositoryOf(model: TemplateModel, image: Text): Resource | undefined {
  return image.map((part) => (typeof part === 'object' && 'target' in part ? model.resource(part.target) : undefined))
    .find((one) => one?.type === 'AWS::ECR::Repository');
}

function secretBehind(model: TemplateModel, named: Resource): Resource | undefined {
  if (named.type === 'AWS::SecretsManager::SecretTargetAttachment') return model.pointee(named, dig(named.properties, 'SecretId'));
  return ['AWS::SecretsManager::Secret', 'AWS::SSM::Parameter'].includes(named.type) ? named : undefined;
}

/** `arn:field:stage:version`, where the ARN itself may be a reference. */
function fieldOf(value: Text): string | undefined {
  const whole = literalOf(value.map((part) => (typeof part === 'string' ? part : 'x')));
  if (whole === undefined) return undefined;
  const last = value[value.length - 1];
  const found = value.length > 1 && typeof last === 'string' && typeof value[value.length - 2] === 'object'
    ? /^:([^:]+)(:|$)/.exec(last)?.[1]
    : /^arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:[^:]+:([^:]+)(:|$)/.exec(whole)?.[1];
  return found;
}
