import { buildCommands, readPipelineActions } from '../../../src/app-model/delivery/pipelines';
import { modelOf } from '../model';

const ROLES = { Own: { Type: 'AWS::IAM::Role' }, Action: { Type: 'AWS::IAM::Role' } };
const action = (name: string, more: object = {}) => ({ Name: name, ActionTypeId: { Provider: 'CodeBuild', Category: 'Build' }, ...more });

test('the actions of a pipeline are read in the order of its stages', () => {
  const { model } = modelOf({
    ...ROLES,
    Pipeline: {
      Type: 'AWS::CodePipeline::Pipeline',
      Properties: {
        RoleArn: { 'Fn::GetAtt': ['Own', 'Arn'] },
        Stages: [
          { Name: 'Build', Actions: [action('One', { Configuration: { ProjectName: 'p' }, InputArtifacts: [{ Name: 'in' }], OutputArtifacts: [{ Name: 'out' }, {}] })] },
          { Name: 'Deploy', Actions: [action('Two', { RoleArn: { 'Fn::GetAtt': ['Action', 'Arn'] } }), action('Three', { RoleArn: 'arn:aws:iam::111111111111:role/its' })] },
        ],
      },
    },
  });
  const actions = readPipelineActions(model).map(({ pipeline, role, ...rest }) => ({ pipeline: pipeline.logicalId, role: role?.logicalId, ...rest }));
  expect(actions).toEqual([
    { pipeline: 'Pipeline', role: 'Own', stage: 'Build', name: 'One', provider: 'CodeBuild', category: 'Build', configuration: { ProjectName: 'p' }, inputs: ['in'], outputs: ['out'] },
    { pipeline: 'Pipeline', role: 'Action', stage: 'Deploy', name: 'Two', provider: 'CodeBuild', category: 'Build', configuration: {}, inputs: [], outputs: [] },
    { pipeline: 'Pipeline', role: undefined, stage: 'Deploy', name: 'Three', provider: 'CodeBuild', category: 'Build', configuration: {}, inputs: [], outputs: [] },
  ]);
});

test.each<[string, unknown, string | undefined]>([
  ['YAML', 'version: 0.2\nphases: {}', 'version: 0.2\nphases: {}'],
  ['JSON', '{"phases":{}}', '{"phases":{}}'],
  ['JSON with a reference in it', { 'Fn::Sub': '{"phases":"${Own}"}' }, '{"phases":"${…}"}'],
  ['the name of a file', 'phases.yml', undefined],
  ['text without phases', '{"version":"0.2"}', undefined],
  ['nothing', undefined, undefined],
])('the commands of a build by %s', (_how, BuildSpec, commands) => {
  const { model } = modelOf({ ...ROLES, Project: { Type: 'AWS::CodeBuild::Project', Properties: { Source: { BuildSpec } } } });
  expect(buildCommands(model, model.resource('Test/Project')!)).toBe(commands);
});
