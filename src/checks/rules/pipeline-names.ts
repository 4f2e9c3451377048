import type { Observation, Rule } from './rule';
import { buildCommands, readPipelineActions } from '../../app-model/delivery/pipelines';
import type { PipelineAction } from '../../app-model/delivery/pipelines';
import type { NetworkModel } from '../../paths/judging/network-model';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { nameOf } from '../../template/values';

/** A pipeline is made without a look at what its actions name; the first run finds out. */
export const pipelineNames: Rule = {
  id: 'pipeline-names',
  severity: 'error',
  says: 'An action of a pipeline names something that is not there: an artifact that no action before it makes, a cluster the service is not '
    + 'in, a container, a file that the build does not hand on, versions of a bucket that keeps none.',
  change: 'Name what the app has, list the file among the artifacts of the build, and turn the versioning of a source bucket on.',
  evaluate: (app) => {
    const actions = readPipelineActions(app.model);
    const byPipeline = new Map<Resource, PipelineAction[]>();
    actions.forEach((one) => byPipeline.set(one.pipeline, [...byPipeline.get(one.pipeline) ?? [], one]));
    return actions.flatMap((action) => {
      const own = byPipeline.get(action.pipeline)!;
      // Run orders may turn the actions of one stage around.
      const before = own.slice(0, own.map(({ stage }) => stage).lastIndexOf(action.stage) + 1);
      return [
        ...artifacts(action, before), ...service(app, action), ...container(app, action, before), ...file(app, action, before),
        ...unversioned(app, action),
      ];
    });
  },
};

function finding({ pipeline, stage, name }: PipelineAction, saw: string, related: Resource[] = []): Observation {
  return { at: pipeline, related, saw: `action ${name} of stage ${stage} ${saw}` };
}

function artifacts(action: PipelineAction, before: readonly PipelineAction[]): Observation[] {
  // A stage or artifact that a condition decides is not seen.
  if (/"Fn::(If|ForEach)/.test(JSON.stringify(action.pipeline.properties.Stages ?? ''))) return [];
  const made = new Set(before.filter((one) => one !== action).flatMap(({ outputs }) => outputs));
  const missing = action.inputs.filter((name) => !made.has(name));
  if (missing.length > 0) return [finding(action, `takes ${missing.join(', ')}, which no action before it makes`)];
  const named = Object.entries(action.configuration)
    .filter(([key, value]) => /^(TaskDefinitionTemplate|AppSpecTemplate|Image\d+)Artifact(Name)?$/.test(key)
    && typeof value === 'string' && !action.inputs.includes(value));
  return named.map(([key, value]) => finding(action, `looks for ${key} in ${String(value)}, which is none of its input artifacts`));
}

function service(app: NetworkModel, action: PipelineAction): Observation[] {
  if (action.provider !== 'ECS') return [];
  const [cluster, named] = ['ClusterName', 'ServiceName'].map((key) => app.model.pointee(action.pipeline, action.configuration[key]));
  const found = app.serviceOf(named);
  return cluster?.type !== 'AWS::ECS::Cluster' || found?.cluster === undefined || found.cluster === cluster
    ? []
    : [finding(action, `deploys ${nameOf(found.resource)} in ${nameOf(cluster)}, but it is in ${nameOf(found.cluster)}`, [found.resource])];
}

/** The file that tells ECS the new image is written by the build: `[{"name":"web","imageUri":…}]`. */
function container(app: NetworkModel, action: PipelineAction, before: readonly PipelineAction[]): Observation[] {
  const { model } = app;
  const named = model.pointee(action.pipeline, action.configuration.ServiceName);
  const task = action.provider === 'ECS' ? app.serviceOf(named)?.taskDefinition : undefined;
  if (task === undefined || task.containers.some(({ name }) => name === '')) return [];
  const builds = before.filter(({ provider, outputs }) => provider === 'CodeBuild' && outputs.some((name) => action.inputs.includes(name)))
    .flatMap((one) => model.pointee(one.pipeline, one.configuration.ProjectName) ?? []);
  return builds.flatMap((project) => {
    const written = [...(buildCommands(model, project) ?? '').matchAll(/\\*"name\\*"\s*:\s*\\*"([A-Za-z0-9_-]+)\\*"\s*,\s*\\*"imageUri/g)]
      .map(([, name]) => name);
    const missing = written.filter((name) => !task.containers.some((one) => one.name === name));
    return missing.length === 0
      ? []
      : [finding(
        action,
        `is given an image for container ${missing.join(', ')}, but ${nameOf(task.resource)} has `
        + `${task.containers.map(({ name }) => name).join(', ')}`,
        [project, task.resource],
      )];
  });
}

/** Where the build is written in the template, the file that ECS is to read must be among what it hands on. */
function file({ model }: NetworkModel, action: PipelineAction, before: readonly PipelineAction[]): Observation[] {
  const named = action.configuration.FileName ?? 'imagedefinitions.json';
  if (action.provider !== 'ECS' || typeof named !== 'string') return [];
  const builds = before.filter(({ outputs }) => outputs.some((name) => action.inputs.includes(name)));
  const project = builds.length === 1 && builds[0].provider === 'CodeBuild'
    ? model.pointee(builds[0].pipeline, builds[0].configuration.ProjectName)
    : undefined;
  const commands = project === undefined ? undefined : buildCommands(model, project);
  const handed = commands === undefined ? undefined : handedOn(commands);
  return handed === undefined || handed.some((pattern) => coversFile(pattern, named))
    ? []
    : [finding(action, `reads ${named}, and ${nameOf(project!)} hands on ${handed.join(', ')}`, [project!])];
}

/** The files of the main artifact; undefined where they are not plain. */
function handedOn(commands: string): string[] | undefined {
  const section = /(?:^|\n)artifacts:[^\n]*\n([\s\S]*)$|"artifacts"\s*:\s*\{([\s\S]*)$/.exec(commands);
  const body = section?.[1] ?? section?.[2];
  if (body === undefined || /base-directory|secondary-artifacts|discard-paths|\$/.test(body)) return undefined;
  const list = /files"?\s*:\s*(?:\[([^\]]*)\]|((?:\s*-[^\n]*\n?)+))/.exec(body);
  const entries = (list?.[1]?.split(',') ?? list?.[2]?.split('\n') ?? []).map((one) => one.replace(/^[\s-]*["']?|["']?\s*$/g, ''));
  const files = entries.filter((one) => one !== '');
  return files.length === 0 ? undefined : files;
}

function coversFile(pattern: string, name: string): boolean {
  const plain = (text: string) => text.replace(/^\.\//, '');
  const folders = plain(pattern).split(/\*\*\/?/)
    .map((part) => part.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '[^/]*'));
  return new RegExp(`^${folders.join('.*')}$`).test(plain(name));
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-S3.html (read 2026-11-21) */
function unversioned({ model }: NetworkModel, action: PipelineAction): Observation[] {
  const bucket = action.provider === 'S3' && action.category === 'Source' ? model.pointee(action.pipeline, action.configuration.S3Bucket) : undefined;
  return bucket?.type !== 'AWS::S3::Bucket' || bucket.conditional || dig(bucket.properties, 'VersioningConfiguration') !== undefined
    ? []
    : [finding(action, `takes versions of ${nameOf(bucket)}, which keeps none`, [bucket])];
}
