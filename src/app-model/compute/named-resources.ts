import type { Container, TaskDefinition } from './task-definitions';
import { asObject, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import type { Text } from '../../template/text';

/** A resource of AWS that a container or function is told of, so that it will call its service. */
export interface NamedResource {
  /** Undefined for a function. */
  readonly container?: string;
  readonly variable: string;
  readonly resource: Resource;
  /** As policies and endpoints call it: `sqs`. */
  readonly service: string;
}

/** The services whose resources programs are told of, with the attributes that name the resource and not just an address for visitors. */
const CALLED: Readonly<Record<string, { readonly service: string; readonly attributes: readonly string[] }>> = {
  'AWS::SQS::Queue': { service: 'sqs', attributes: ['Ref', 'Arn', 'QueueUrl', 'QueueName'] },
  'AWS::S3::Bucket': { service: 's3', attributes: ['Ref', 'Arn'] },
  'AWS::SNS::Topic': { service: 'sns', attributes: ['Ref', 'TopicArn'] },
  'AWS::DynamoDB::Table': { service: 'dynamodb', attributes: ['Ref', 'Arn'] },
  'AWS::Kinesis::Stream': { service: 'kinesis', attributes: ['Ref', 'Arn'] },
  'AWS::SecretsManager::Secret': { service: 'secretsmanager', attributes: ['Ref', 'Id'] },
  'AWS::StepFunctions::StateMachine': { service: 'states', attributes: ['Ref', 'Arn'] },
};

/** What the containers of a task are told of by plain variables. Who brings access keys of its own needs no role. */
export function namedResources(model: TemplateModel, task: TaskDefinition): NamedResource[] {
  return task.containers.filter((container) => !hasOwnKeys(container))
    .flatMap((container) => [...container.environment].flatMap(([variable, value]) => namedIn(model, variable, value)
      .map((one) => ({ ...one, container: container.name }))));
}

/** What a Lambda function is told of by its variables. */
export function namedInFunction(model: TemplateModel, lambda: Resource): NamedResource[] {
  const variables = Object.entries(asObject(dig(lambda.properties, 'Environment', 'Variables')));
  return variables.some(([name]) => /ACCESS_KEY_ID$/.test(name))
    ? []
    : variables.flatMap(([variable, value]) => namedIn(model, variable, model.text(lambda, value)));
}

function namedIn(model: TemplateModel, variable: string, value: Text): NamedResource[] {
  return value.flatMap((part) => {
    const resource = typeof part === 'object' && 'target' in part ? model.resource(part.target) : undefined;
    const called = resource === undefined ? undefined : CALLED[resource.type];
    const named = called?.attributes.includes((part as { attribute: string }).attribute) === true;
    return named ? [{ variable, resource: resource!, service: called.service }] : [];
  });
}

function hasOwnKeys({ environment, secrets }: Container): boolean {
  return [...environment.keys(), ...secrets.keys()].some((name) => /ACCESS_KEY_ID$/.test(name));
}
