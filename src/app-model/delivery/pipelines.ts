import { asList, asObject, dig } from '../../template/json';
import type { Json } from '../../template/json';
import { oncePer } from '../../template/once-per';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';

/** One action of a pipeline. */
export interface PipelineAction {
  readonly pipeline: Resource;
  readonly stage: string;
  readonly name: string;
  readonly provider: string;
  readonly category: string;
  readonly configuration: Json;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Of the action, else of the pipeline; where it is one of the app. */
  readonly role?: Resource;
}

/** The actions of every pipeline, in the order in which stages run. */
export const readPipelineActions = oncePer((model: TemplateModel): readonly PipelineAction[] => {
  return model.ofType('AWS::CodePipeline::Pipeline').flatMap((pipeline) => asList(dig(pipeline.properties, 'Stages'))
    .flatMap((stage) => asList(dig(stage, 'Actions')).map((action) => ({
      pipeline,
      stage: String(dig(stage, 'Name')),
      name: String(dig(action, 'Name')),
      provider: String(dig(action, 'ActionTypeId', 'Provider')),
      category: String(dig(action, 'ActionTypeId', 'Category')),
      configuration: asObject(dig(action, 'Configuration')),
      inputs: namesOf(dig(action, 'InputArtifacts')),
      outputs: namesOf(dig(action, 'OutputArtifacts')),
      role: model.pointee(pipeline, dig(action, 'RoleArn') ?? dig(pipeline.properties, 'RoleArn')),
    }))));
});

/** The commands of a build, where the template holds them. */
export function buildCommands(model: TemplateModel, project: Resource): string | undefined {
  const stated = dig(project.properties, 'Source', 'BuildSpec');
  if (stated === undefined) return undefined;
  const text = model.text(project, stated).map((part) => (typeof part === 'string' ? part : '${…}')).join('');
  return /\n|[{}]/.test(text) && text.includes('phases') ? text : undefined;
}

function namesOf(artifacts: unknown): string[] {
  return asList(artifacts).map((one) => dig(one, 'Name')).filter((name): name is string => typeof name === 'string');
}
