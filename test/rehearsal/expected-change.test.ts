import type { Template } from '../../tools/rehearsal/assembly';
import { expectedChange } from '../../tools/rehearsal/expected-change';

const replaces = (type: string, property: string): boolean => type === 'AWS::ECS::TaskDefinition' && property === 'ContainerDefinitions';

describe('what a change of a template touches', () => {
  const before: Template = {
    Resources: {
      Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Image: 'one' }] } },
      Service: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' }, Cluster: { Ref: 'Cluster' } } },
      Cluster: { Type: 'AWS::ECS::Cluster', Properties: {} },
      Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { UserData: 'one' } } },
      Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchTemplate: { Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } } } },
      Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 30 } },
    },
  };
  const changed = (id: string, properties: Record<string, unknown>): Template => (
    { Resources: { ...before.Resources, [id]: { ...before.Resources[id], Properties: properties } } });

  test('is nothing where the templates are equal', () => {
    expect(expectedChange(before, before, replaces)).toEqual([]);
  });

  test('is the resource itself where it is changed in place', () => {
    expect(expectedChange(before, changed('Logs', { RetentionInDays: 400 }), replaces)).toEqual(['Logs']);
  });

  test('is also what names a resource that is replaced', () => {
    expect(expectedChange(before, changed('Task', { ContainerDefinitions: [{ Image: 'two' }] }), replaces)).toEqual(['Service', 'Task']);
  });

  test('is also what names an attribute that moves with an update in place', () => {
    expect(expectedChange(before, changed('Template', { LaunchTemplateData: { UserData: 'two' } }), replaces)).toEqual(['Group', 'Template']);
  });

  test('does not spread from a resource that is changed in place', () => {
    expect(expectedChange(before, changed('Cluster', { ClusterSettings: [] }), replaces)).toEqual(['Cluster']);
  });

  test('is what was added and what went', () => {
    const { Logs, ...rest } = before.Resources;
    expect(expectedChange(before, { Resources: { ...rest, Others: Logs } }, replaces)).toEqual(['Logs', 'Others']);
  });
});
