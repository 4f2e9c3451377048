import { Dependencies } from '../../src/template/dependencies';
import { TemplateModel } from '../../src/template/template-model';
import { contentOf, stackTemplate } from '../checks/apps';

const queue = (rest: object = {}) => ({ Type: 'AWS::SQS::Queue', ...rest });
const nested = (rest: object = {}) => ({ Type: 'AWS::CloudFormation::Stack', ...rest });

/** A parent with the nested stacks `First` and `Second`, each with one queue; the body of `Second` is given. */
function nesting(second: object, inSecond: object = {}) {
  const parent = stackTemplate('App', { Resources: { First: nested(), Second: nested(second), Beside: queue() } });
  const child = (logicalId: string, template: object) => ({
    ...stackTemplate(`App/${logicalId}`, template as Record<string, never>), parent: { stack: parent, logicalId },
  });
  const model = new TemplateModel(contentOf([
    parent,
    child('First', { Resources: { Queue: queue() }, Outputs: { Name: { Value: { Ref: 'Queue' } } } }),
    child('Second', { Parameters: { Name: { Type: 'String' } }, Resources: { Queue: queue(inSecond) } }),
  ]));
  const dependencies = new Dependencies(model);
  return (later: string, earlier: string) => dependencies.isAfter(model.resource(later)!, model.resource(earlier)!);
}

describe('a nested stack', () => {
  test('that waits for another one waits with all that is in it', () => {
    const isAfter = nesting({ DependsOn: ['First'] });
    expect([isAfter('App/Second/Queue', 'App/First/Queue'), isAfter('App/First/Queue', 'App/Second/Queue')]).toEqual([true, false]);
  });

  test('that is given an output of another one waits for all of it', () => {
    const isAfter = nesting({ Properties: { Parameters: { Name: { 'Fn::GetAtt': ['First', 'Outputs.Name'] } } } });
    expect(isAfter('App/Second/Queue', 'App/First/Queue')).toBe(true);
  });

  test('that waits for a resource beside it is after that one, and not the other way round', () => {
    const isAfter = nesting({ DependsOn: 'Beside' });
    expect([isAfter('App/Second/Queue', 'App/Beside'), isAfter('App/Beside', 'App/Second/Queue')]).toEqual([true, false]);
  });

  test('that waits for nothing is after nothing', () => {
    const isAfter = nesting({});
    expect([isAfter('App/Second/Queue', 'App/First/Queue'), isAfter('App/Second/Queue', 'App/Beside')]).toEqual([false, false]);
  });
});
