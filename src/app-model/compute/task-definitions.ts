import { networkModeWhereNoneIsStated } from '../../private/aws/ecs-network-modes';
import { asList, asObject, dig } from '../../template/json';
import type { Json } from '../../template/json';
import { oncePer } from '../../template/once-per';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { literalOf } from '../../template/text';
import type { Text } from '../../template/text';
import { literalAt, numberAt, numberOf } from '../../template/values';

/** A container of a task definition, as far as the template decides it. */
export interface Container {
  readonly name: string;
  readonly image: Text;
  readonly environment: ReadonlyMap<string, Text>;
  /** Environment variables whose values come from a secret or parameter. */
  readonly secrets: ReadonlyMap<string, Text>;
  readonly ports: readonly PortMapping[];
  readonly mounts: readonly Mount[];
  readonly links: readonly string[];
  readonly cpu?: number;
  /** MiB that placement sets aside for it. */
  readonly memory?: number;
}

export interface PortMapping {
  /** By which Service Connect knows it. */
  readonly name?: string;
  readonly containerPort: number;
  /** Undefined or 0: Docker chooses one. */
  readonly hostPort?: number;
  readonly protocol: string;
}

export interface Mount {
  readonly volume: string;
  readonly path: string;
  readonly readOnly: boolean;
}

/** An EFS volume of a task definition. */
export interface EfsVolume {
  readonly name: string;
  readonly fileSystem?: Resource;
  readonly fileSystemId: Text;
  readonly accessPoint?: Text;
  readonly rootDirectory: string;
  readonly iam: boolean;
  readonly encrypted: boolean;
}

export interface TaskDefinition {
  readonly resource: Resource;
  readonly networkMode: string;
  readonly fargate: boolean;
  readonly ec2: boolean;
  readonly cpu?: number;
  readonly memory?: number;
  readonly architecture?: string;
  readonly containers: readonly Container[];
  readonly volumes: readonly EfsVolume[];
}

/** Reads every task definition of an app. */
export function readTaskDefinitions(model: TemplateModel): Map<string, TaskDefinition> {
  return new Map(model.ofType('AWS::ECS::TaskDefinition').map((resource) => [resource.id, readTaskDefinition(model, resource)]));
}

/** The EFS volumes that a container mounts; one that none mounts is never asked for. */
export function mountedVolumes(task: TaskDefinition | undefined): readonly EfsVolume[] {
  return task === undefined ? [] : mountedIn(task);
}

const mountedIn = oncePer(({ containers, volumes }: TaskDefinition) => {
  const mounted = new Set(containers.flatMap(({ mounts }) => mounts.map(({ volume }) => volume)));
  return volumes.filter(({ name }) => mounted.has(name));
});

/** CPU units and MiB that placement must find for one task: of the task, else of its containers together. */
export function reservationOf(task: TaskDefinition): { cpu?: number; memory?: number } {
  const sum = (values: Array<number | undefined>) => values.reduce<number>((total, value) => total + (value ?? 0), 0) || undefined;
  return {
    cpu: task.cpu ?? sum(task.containers.map((container) => container.cpu)),
    memory: task.memory ?? sum(task.containers.map((container) => container.memory)),
  };
}

function readTaskDefinition(model: TemplateModel, resource: Resource): TaskDefinition {
  const compatibilities = asList(dig(resource.properties, 'RequiresCompatibilities')).map(String);
  const fargate = compatibilities.includes('FARGATE');
  return {
    resource,
    networkMode: literalAt(model, resource, 'NetworkMode') ?? networkModeWhereNoneIsStated(fargate),
    fargate,
    ec2: compatibilities.length === 0 || compatibilities.includes('EC2'),
    cpu: numberAt(model, resource, 'Cpu'),
    memory: numberAt(model, resource, 'Memory'),
    architecture: literalAt(model, resource, 'RuntimePlatform', 'CpuArchitecture'),
    containers: asList(dig(resource.properties, 'ContainerDefinitions')).map((body) => readContainer(model, resource, asObject(body))),
    volumes: asList(dig(resource.properties, 'Volumes')).flatMap((body) => readVolume(model, resource, asObject(body))),
  };
}

function readContainer(model: TemplateModel, resource: Resource, body: Json): Container {
  const text = (value: unknown): Text => (value === undefined ? [] : model.text(resource, value));
  const number = (value: unknown) => numberOf(model, resource, value);
  const named = (list: unknown, valueKey: string) => new Map(asList(list).map(asObject)
    .map((entry): [string, Text] => [String(entry.Name), text(entry[valueKey])]));
  return {
    name: literalOf(text(body.Name)) ?? '',
    image: text(body.Image),
    environment: named(body.Environment, 'Value'),
    secrets: named(body.Secrets, 'ValueFrom'),
    ports: asList(body.PortMappings).map(asObject).map((mapping) => ({
      name: literalOf(text(mapping.Name)) || undefined,
      containerPort: number(mapping.ContainerPort) ?? 0,
      hostPort: number(mapping.HostPort),
      protocol: literalOf(text(mapping.Protocol)) || 'tcp',
    })),
    mounts: asList(body.MountPoints).map(asObject).map((mount) => ({
      volume: String(mount.SourceVolume),
      path: literalOf(text(mount.ContainerPath)) ?? '',
      readOnly: String(mount.ReadOnly) === 'true',
    })),
    links: asList(body.Links).map(String),
    cpu: number(body.Cpu),
    memory: number(body.MemoryReservation) ?? number(body.Memory),
  };
}

function readVolume(model: TemplateModel, resource: Resource, body: Json): EfsVolume[] {
  const efs = dig(body, 'EFSVolumeConfiguration');
  if (efs === undefined) return [];
  const fileSystemId = model.text(resource, dig(efs, 'FilesystemId') ?? '');
  const accessPoint = dig(efs, 'AuthorizationConfig', 'AccessPointId');
  return [{
    name: String(body.Name),
    fileSystem: model.pointee(resource, dig(efs, 'FilesystemId')),
    fileSystemId,
    accessPoint: accessPoint === undefined ? undefined : model.text(resource, accessPoint),
    rootDirectory: String(dig(efs, 'RootDirectory') ?? '/'),
    iam: dig(efs, 'AuthorizationConfig', 'IAM') === 'ENABLED',
    encrypted: dig(efs, 'TransitEncryption') === 'ENABLED',
  }];
}
