import { asObject } from './json';
import type { Resource } from './resource';
import type { StackTemplate } from './stack-template';
import type { TemplateModel } from './template-model';

const ALREADY_READ = new WeakMap<TemplateModel, Mentions>();

/** Which resources are named by which others, as their templates have it, and which are handed out of their stack. */
export class Mentions {
  /** Read once for each app. */
  public static of(model: TemplateModel): Mentions {
    const mentions = ALREADY_READ.get(model) ?? new Mentions(model);
    ALREADY_READ.set(model, mentions);
    return mentions;
  }

  private readonly by = new Map<string, Set<Resource>>();
  private readonly handedOut = new Set<string>();

  private constructor(model: TemplateModel) {
    for (const resource of model.all()) {
      namesIn(resource.properties, (name) => {
        const id = `${resource.stack.id}/${name}`;
        this.by.set(id, (this.by.get(id) ?? new Set()).add(resource));
      });
    }
    model.stacks.forEach((stack) => this.readOutputs(stack));
  }

  /** The resources of the same stack that name it. */
  public of(resource: Resource): Resource[] {
    return [...this.by.get(resource.id) ?? []];
  }

  /** True where others may use it who are not seen: an output, or a nested stack, is given it. */
  public isHandedOut(resource: Resource): boolean {
    return this.handedOut.has(resource.id) || this.of(resource)
      .some(({ type }) => type === 'AWS::CloudFormation::Stack' || !type.startsWith('AWS::'));
  }

  /** As `isHandedOut`, but for what the CDK hands from one stack of an app to another. */
  public isHandedToOthers(resource: Resource): boolean {
    const named = (name: string, output: unknown) => !name.startsWith('ExportsOutput') && names(output, resource.logicalId);
    return this.of(resource).some(({ type }) => type === 'AWS::CloudFormation::Stack' || !type.startsWith('AWS::'))
      || Object.entries(asObject(resource.stack.template.Outputs)).some(([name, output]) => named(name, output));
  }

  private readOutputs(stack: StackTemplate): void {
    namesIn(stack.template.Outputs, (name) => this.handedOut.add(`${stack.id}/${name}`));
  }
}

function names(value: unknown, logicalId: string): boolean {
  let found = false;
  namesIn(value, (name) => { found ||= name === logicalId; });
  return found;
}

function namesIn(value: unknown, found: (name: string) => void): void {
  if (Array.isArray(value)) {
    value.forEach((item) => namesIn(item, found));
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if (key === 'Ref' && typeof item === 'string') {
        found(item);
      } else if (key === 'Fn::GetAtt') {
        found(String(Array.isArray(item) ? item[0] : item).split('.')[0]);
      } else {
        if (key === 'Fn::Sub') {
          [...JSON.stringify(item).matchAll(/\$\{([A-Za-z0-9]+)/g)].forEach(([, name]) => found(name));
        }
        namesIn(item, found);
      }
    }
  }
}
