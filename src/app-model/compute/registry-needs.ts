import type { TaskDefinition } from './task-definitions';
import { asList, dig } from '../../template/json';
import { literalOf } from '../../template/text';
import type { Text } from '../../template/text';

/** What a task needs to reach before its first container can start. */
export interface RegistryNeeds {
  /** By the last words of the endpoint's name. */
  readonly endpoints: readonly string[];
  /** An image from a registry for which AWS has no endpoint. */
  readonly otherRegistry?: string;
}

/** The endpoints that stand in for the internet when a task starts. */
export function registryNeeds(task: TaskDefinition): RegistryNeeds {
  const other = task.containers.map(({ image }) => image).filter((image) => !isEcr(image)).map((image) => literalOf(image));
  const logs = asList(dig(task.resource.properties, 'ContainerDefinitions')).some((container) => dig(
    container,
    'LogConfiguration',
    'LogDriver',
  ) === 'awslogs');
  const secrets = task.containers.flatMap((container) => [...container.secrets.values()]);
  const parameters = secrets.filter((secret) => secret.some((part) => typeof part === 'string' && part.includes(':ssm:')));
  return {
    endpoints: [
      ...(other.length < task.containers.length ? ['ecr.api', 'ecr.dkr', 's3'] : []),
      ...(logs ? ['logs'] : []),
      ...(secrets.length > parameters.length ? ['secretsmanager'] : []),
      ...(parameters.length > 0 ? ['ssm'] : []),
    ],
    otherRegistry: other.find((image) => image !== undefined),
  };
}

/** An image whose name the template does not decide counts as one of ECR: endpoints may serve it. */
function isEcr(image: Text): boolean {
  return literalOf(image) === undefined
    ? image.some((part) => typeof part !== 'string' || part.includes('.dkr.ecr.'))
    : /\.dkr\.ecr\./.test(literalOf(image)!);
}
