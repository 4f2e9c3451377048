import { asList, asObject, dig, intrinsicOf, isNoValue } from './json';
import type { Resource } from './resource';
import type { StackTemplate } from './stack-template';
import { concatenate, keyOf, literalOf, reasonOf, split, undecided } from './text';
import type { Text } from './text';
import { ValueRegistry } from './value-registry';

/** References that lead in a circle, or a template built to hurt, end here. */
const MAX_DEPTH = 60;

/**
 * Says what a template value is, as far as the templates of the app decide it: references are followed through exports, stack outputs,
 * nested-stack parameters and outputs. Conditions and parameters of a whole deployment stay undecided.
 */
export class Resolver {
  private readonly registry: ValueRegistry;
  /** Many rules ask for the same value; most of them lie behind references through several stacks. */
  private readonly known = new WeakMap<object, { readonly stack: StackTemplate; readonly text: Text }>();

  public constructor(stacks: readonly StackTemplate[], private readonly resource: (stack: StackTemplate, logicalId: string) => Resource | undefined) {
    this.registry = new ValueRegistry(stacks, (value, stack) => this.text(value, stack));
  }

  /** The value as a string. */
  public text(value: unknown, stack: StackTemplate, depth = 0): Text {
    if (typeof value === 'string') return value.startsWith('{{resolve:') ? undecided(`${value} is read at deployment`) : value === '' ? [] : [value];
    if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
    if (depth > MAX_DEPTH) return undecided('its references lead in a circle');
    const known = typeof value === 'object' && value !== null ? this.known.get(value) : undefined;
    if (known?.stack === stack) return known.text;
    const intrinsic = intrinsicOf(value);
    if (intrinsic === undefined) return undecided('the value is not a string');
    const text = this.intrinsic(intrinsic[0], intrinsic[1], stack, depth + 1);
    // Further down, a circle may have been cut off where this value alone has none.
    if (depth === 0) this.known.set(value as object, { stack, text });
    return text;
  }

  /** The value as a list of strings; one undecided text stands for a list of unknown length. */
  public texts(value: unknown, stack: StackTemplate, depth = 0): Text[] {
    if (value === undefined || value === null || isNoValue(value)) return [];
    if (Array.isArray(value)) return value.filter((item) => !isNoValue(item)).map((item) => this.text(item, stack, depth));
    if (depth > MAX_DEPTH) return [undecided('its references lead in a circle')];
    const intrinsic = intrinsicOf(value);
    return intrinsic === undefined ? [this.text(value, stack, depth)] : this.intrinsicList(intrinsic[0], intrinsic[1], stack, depth + 1);
  }

  /** The value as a whole number. */
  public number(value: unknown, stack: StackTemplate): number | undefined {
    const text = literalOf(this.text(value, stack));
    return text !== undefined && /^-?\d+$/.test(text.trim()) ? Number(text) : undefined;
  }

  private intrinsicList(name: string, argument: unknown, stack: StackTemplate, depth: number): Text[] {
    const list = asList(argument);
    if (name === 'Fn::Split') return split(this.text(list[1], stack, depth), String(list[0]));
    if (name === 'Fn::GetAZs') return [undecided('the availability zones of the region are known at deployment')];
    if (name === 'Fn::If') {
      return this.eitherWay(list, (branch) => this.texts(branch, stack, depth)) ?? [undecided(`condition ${String(list[0])} is decided at `
        + 'deployment')];
    }
    const parameter = name === 'Ref' ? this.nestedParameter(String(argument), stack) : undefined;
    if (parameter !== undefined) {
      const given = this.texts(parameter.value, parameter.stack, depth);
      return given.length === 1 ? split(given[0], ',') : given;
    }
    return [this.intrinsic(name, argument, stack, depth)];
  }

  private intrinsic(name: string, argument: unknown, stack: StackTemplate, depth: number): Text {
    const list = asList(argument);
    switch (name) {
      case 'Ref':
        return this.ref(String(argument), stack, depth);
      case 'Fn::GetAtt':
        return this.attribute(typeof argument === 'string' ? argument.split(/\.(.*)/s, 2) : list, stack, depth);
      case 'Fn::Join':
        return concatenate(this.texts(list[1], stack, depth), String(list[0]));
      case 'Fn::Sub':
        return this.substitute(list, stack, depth);
      case 'Fn::Select':
        return this.select(list, stack, depth);
      case 'Fn::ImportValue':
        return this.registry.exported(this.text(argument, stack, depth), stack, (value, producer) => this.text(value, producer, depth));
      case 'Fn::GetStackOutput':
        return this.stackOutput(argument, stack, depth);
      case 'Fn::FindInMap':
        return this.mapped(list, stack, depth);
      case 'Fn::If':
        return this.eitherWay(list, (branch) => [this.text(branch, stack, depth)])?.[0] ?? undecided(`condition ${String(list[0])} is decided `
          + 'at deployment');
      case 'Fn::Base64':
        return this.text(argument, stack, depth);
      default:
        return undecided(`${name} is decided at deployment`);
    }
  }

  private ref(name: string, stack: StackTemplate, depth: number): Text {
    if (name.startsWith('AWS::')) return pseudoParameter(name, stack);
    const resource = this.resource(stack, name);
    if (resource !== undefined) return [{ target: resource.id, attribute: 'Ref' }];
    const parameter = this.nestedParameter(name, stack);
    if (parameter !== undefined) {
      const given = this.texts(parameter.value, parameter.stack, depth);
      return concatenate(given, ',');
    }
    return undecided(name in asObject(stack.template.Parameters)
      ? `parameter ${name} of ${stack.path} is given at deployment`
      : `${name} is not in the template of ${stack.path}`);
  }

  private attribute(path: unknown[], stack: StackTemplate, depth: number): Text {
    const resource = this.resource(stack, String(path[0]));
    if (resource === undefined) return undecided(`${String(path[0])} is not in the template of ${stack.path}`);
    const attribute = path.slice(1).map(String).join('.');
    const nested = attribute.startsWith('Outputs.') ? this.registry.nestedIn(resource.id) : undefined;
    if (nested !== undefined) {
      const output = dig(nested.template, 'Outputs', attribute.slice('Outputs.'.length), 'Value');
      return output === undefined ? undecided(`${attribute} is not an output of ${nested.path}`) : this.text(output, nested, depth);
    }
    return [{ target: resource.id, attribute }];
  }

  private nestedParameter(name: string, stack: StackTemplate): { value: unknown; stack: StackTemplate } | undefined {
    if (stack.parent === undefined || !(name in asObject(stack.template.Parameters))) return undefined;
    const given = asObject(dig(this.resource(stack.parent.stack, stack.parent.logicalId)?.properties, 'Parameters'));
    if (given[name] !== undefined && !isNoValue(given[name])) return { value: given[name], stack: stack.parent.stack };
    // What is not given to a nested stack has its default, for nobody else can give it.
    const { Type, Default } = asObject(dig(stack.template, 'Parameters', name));
    return Default === undefined || String(Type).startsWith('AWS::SSM::') ? undefined : { value: Default, stack };
  }

  private substitute(list: unknown[], stack: StackTemplate, depth: number): Text {
    const own = asObject(list[1]);
    const pieces = String(list[0]).split(/(\$\{[^}]*\})/);
    return concatenate(pieces.map((piece): Text => {
      const name = /^\$\{([^!][^}]*)\}$/.exec(piece)?.[1].trim();
      if (name === undefined) return piece === '' ? [] : [piece.replace('${!', '${')];
      if (name in own) return this.text(own[name], stack, depth);
      return name.includes('.') ? this.attribute(name.split(/\.(.*)/s, 2), stack, depth) : this.ref(name, stack, depth);
    }));
  }

  private select(list: unknown[], stack: StackTemplate, depth: number): Text {
    const index = Number(list[0]);
    const zones = intrinsicOf(list[1])?.[0] === 'Fn::GetAZs';
    if (zones) {
      // The n-th zone has no name yet, but it is the same zone wherever the app says so.
      return [{ target: `zones of ${stack.account ?? 'any account'} ${stack.region ?? 'any region'}`, attribute: String(index) }];
    }
    const items = this.texts(list[1], stack, depth);
    // An undecided item may stand for several, so that what follows it has no certain place.
    const reason = items.slice(0, index).map(reasonOf).find((found) => found !== undefined);
    return reason !== undefined ? undecided(reason) : items[index] ?? undecided(`there is no item ${index} in the list`);
  }

  private stackOutput(argument: unknown, stack: StackTemplate, depth: number): Text {
    const stackName = this.text(dig(argument, 'StackName'), stack, depth);
    const region = literalOf(this.text(dig(argument, 'Region') ?? stack.region ?? '', stack, depth));
    const producer = this.registry.named(stackName, region, stack);
    const name = literalOf(this.text(dig(argument, 'OutputName'), stack, depth));
    const output = producer === undefined || name === undefined ? undefined : dig(producer.template, 'Outputs', name, 'Value');
    return output === undefined
      ? undecided(`output ${name ?? '(unknown)'} of stack ${literalOf(stackName) ?? '(unknown)'} is not in this app`)
      : this.text(output, producer!, depth);
  }

  private mapped(list: unknown[], stack: StackTemplate, depth: number): Text {
    const keys = list.slice(0, 3).map((key) => literalOf(this.text(key, stack, depth)));
    const value = keys.includes(undefined) ? undefined : dig(stack.template, 'Mappings', ...(keys as string[]));
    return value === undefined ? undecided('the mapping is decided at deployment') : this.text(value, stack, depth);
  }

  /** A condition does not matter where both branches say the same. */
  private eitherWay(list: unknown[], read: (branch: unknown) => Text[]): Text[] | undefined {
    const [yes, no] = [read(list[1]), read(list[2])];
    const same = yes.length === no.length && yes.every((text, index) => keyOf(text) !== undefined && keyOf(text) === keyOf(no[index]));
    return same ? yes : undefined;
  }
}

function pseudoParameter(name: string, stack: StackTemplate): Text {
  const known: Record<string, string | undefined> = {
    'AWS::StackName': stack.name, 'AWS::Region': stack.region, 'AWS::AccountId': stack.account,
  };
  // Not known as a string, yet the same in every stack of one environment.
  return [known[name] ?? { target: name, attribute: `${stack.account ?? ''}/${stack.region ?? ''}` }];
}
