import { asObject } from './json';
import { oncePer } from './once-per';
import type { Resource } from './resource';
import type { StackTemplate } from './stack-template';
import { statedReferences } from './stated-references';
import type { TemplateModel } from './template-model';

/** Which resources are named by which others, as their templates have it, and which are handed out of their stack. */
export class Mentions {
  /** Read once for each app. */
  public static readonly of = oncePer((model: TemplateModel) => new Mentions(model));

  private readonly by = new Map<Resource, Set<Resource>>();
  private readonly handedOut = new Set<Resource>();
  private readonly handedToOthers = new Set<Resource>();

  private constructor(private readonly model: TemplateModel) {
    for (const resource of model.all()) {
      for (const name of model.referencesOf(resource).names) {
        const named = model.resourceIn(resource.stack, name);
        if (named !== undefined) this.by.set(named, (this.by.get(named) ?? new Set()).add(resource));
      }
    }
    model.stacks.forEach((stack) => this.readOutputs(stack));
  }

  /** The resources of the same stack that name it. */
  public of(resource: Resource): Resource[] {
    return [...this.by.get(resource) ?? []];
  }

  /** True where others may use it who are not seen: an output, or a nested stack, is given it. */
  public isHandedOut(resource: Resource): boolean {
    return this.handedOut.has(resource) || this.of(resource)
      .some(({ type }) => type === 'AWS::CloudFormation::Stack' || !type.startsWith('AWS::'));
  }

  /** As `isHandedOut`, but for what the CDK hands from one stack of an app to another. */
  public isHandedToOthers(resource: Resource): boolean {
    return this.handedToOthers.has(resource)
      || this.of(resource).some(({ type }) => type === 'AWS::CloudFormation::Stack' || !type.startsWith('AWS::'));
  }

  private readOutputs(stack: StackTemplate): void {
    for (const [output, stated] of Object.entries(asObject(stack.template.Outputs))) {
      for (const name of statedReferences(stated).names) {
        const named = this.model.resourceIn(stack, name);
        if (named === undefined) continue;
        this.handedOut.add(named);
        if (!output.startsWith('ExportsOutput')) this.handedToOthers.add(named);
      }
    }
  }
}
