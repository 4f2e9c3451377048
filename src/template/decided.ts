import { asList, asObject, dig, isObject } from './json';
import type { Json } from './json';
import { isNestedStack } from './nested-stacks';
import type { Resource } from './resource';
import type { StackTemplate } from './stack-template';
import type { TemplateModel } from './template-model';
import { literalOf } from './text';

/** Stated, but only the deployment knows what. */
export const UNDECIDED = Symbol('undecided');

/** What a template says of a value: its text, nothing (undefined), or something that only the deployment knows. */
export type Decided = string | undefined | typeof UNDECIDED;

/** Reads a value of a resource so that "not there" and "not known" stay apart: a rule about what is missing may speak of the first alone. */
export function decided(model: TemplateModel, resource: Resource, value: unknown): Decided {
  return value === undefined ? undefined : literalOf(model.text(resource, value)) ?? UNDECIDED;
}

/**
 * True where the templates show all that the app has: no macro adds resources, and every nested stack could be read. Only then does
 * "no resource does this" follow from "none is seen".
 */
export function isComplete(model: TemplateModel): boolean {
  const known = answers.get(model);
  if (known !== undefined) return known;
  const answer = model.problems.length === 0 && model.stacks.every(({ template }) => (
    [template.Transform ?? []].flat().every((name) => name === 'AWS::LanguageExtensions' || (name === SAM && !isWrittenOutBySam(template)))
      && isObject(template.Resources) && !Object.keys(template.Resources).some((key) => key.startsWith('Fn::'))
  ));
  answers.set(model, answer);
  return answer;
}

/** True where a stack may get resources that its template does not show: from a macro, an include, or a loop over what is not known. */
export function isSeenInPart({ template }: StackTemplate): boolean {
  const known = seenInPart.get(template);
  if (known !== undefined) return known;
  const answer = [template.Transform ?? []].flat().some((name) => name !== 'AWS::LanguageExtensions' && name !== SAM)
    || (isObject(template.Resources) && Object.keys(template.Resources).some((key) => key.startsWith('Fn::')));
  seenInPart.set(template, answer);
  return answer;
}

const seenInPart = new WeakMap<Json, boolean>();

/** The transform of SAM touches its own types alone. */
const SAM = 'AWS::Serverless-2016-10-31';

function isWrittenOutBySam({ Resources, Mappings }: Json): boolean {
  return Object.values(asObject(Resources)).some((body) => String(asObject(body).Type).startsWith('AWS::Serverless::') && !isNestedStack(body)
    && !isRotationOfAws(body, Mappings));
}

/** AWS's own applications for rotation make a function with its role, and touch nothing else of the app. */
function isRotationOfAws(body: unknown, mappings: unknown): boolean {
  const stated = dig(body, 'Properties', 'Location', 'ApplicationId');
  const named = asList(dig(stated, 'Fn::FindInMap'))[0];
  return /applications\/SecretsManager\w+Rotation/.test(JSON.stringify([stated ?? '', dig(mappings, String(named)) ?? '']));
}

const answers = new WeakMap<TemplateModel, boolean>();
