import { asObject, dig } from './json';
import type { StackTemplate } from './stack-template';
import { keyOf, literalOf, readable, undecided } from './text';
import type { Text } from './text';

interface Exported {
  readonly value: unknown;
  readonly stack: StackTemplate;
}

/**
 * What stacks offer one another: exports by name, stacks by name, nested stacks by the resource that deploys them.
 */
export class ValueRegistry {
  private readonly exports = new Map<string, Exported[]>();
  private readonly names = new Map<string, StackTemplate[]>();
  private readonly nested = new Map<string, StackTemplate>();
  private read = false;

  public constructor(private readonly stacks: readonly StackTemplate[], private readonly text: (value: unknown, stack: StackTemplate) => Text) {
    for (const stack of stacks) {
      this.names.set(stack.name, [...(this.names.get(stack.name) ?? []), stack]);
      if (stack.parent !== undefined) {
        this.nested.set(`${stack.parent.stack.id}/${stack.parent.logicalId}`, stack);
      }
    }
  }

  /** The nested stack that a resource deploys. */
  public nestedIn(resourceId: string): StackTemplate | undefined {
    return this.nested.get(resourceId);
  }

  /** The stack of that name; of several, the one in the region, and of several there, the one in the stage of the consumer. */
  public named(name: Text, region: string | undefined, consumer: StackTemplate): StackTemplate | undefined {
    const found = this.names.get(literalOf(name) ?? '') ?? [];
    const here = found.filter((stack) => stack.region === region);
    return found.length < 2 ? found[0] : onlyOne(here) ?? onlyOne(here.filter(({ stage }) => stage === consumer.stage));
  }

  /** The value exported under the name, as the consumer's environment sees it. */
  public exported(name: Text, consumer: StackTemplate, follow: (value: unknown, stack: StackTemplate) => Text): Text {
    this.readExports();
    const found = this.exports.get(keyOf(name) ?? '') ?? [];
    const here = found.filter(({ stack }) => stack.region === consumer.region && stack.account === consumer.account);
    const visible = found.length < 2 ? found[0] : onlyOne(here) ?? onlyOne(here.filter(({ stack }) => stack.stage === consumer.stage));
    if (visible !== undefined) return follow(visible.value, visible.stack);
    return undecided(`export ${readable(name)} ${found.length > 1 ? `is that of ${found.length} stacks of this app` : 'is not in this app'}`);
  }

  private readExports(): void {
    if (this.read) return;
    this.read = true;
    for (const stack of this.stacks) {
      for (const output of Object.values(asObject(stack.template.Outputs))) {
        const name = dig(output, 'Export', 'Name');
        const key = name === undefined ? undefined : keyOf(this.text(name, stack));
        if (key !== undefined) {
          this.exports.set(key, [...(this.exports.get(key) ?? []), { value: dig(output, 'Value'), stack }]);
        }
      }
    }
  }
}

function onlyOne<T>(items: T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}
