/** The templates of an app by stack name. */
export type Templates = Readonly<Record<string, any>>;

/** A resource of any of the templates; its id is unique over them. */
export interface Found {
  readonly id: string;
  readonly stack: string;
  readonly type: string;
  readonly path: string;
  readonly properties: any;
}

/** Looks things up over all templates of an app: just what hand-written and synthesized networks need. */
export class Lookup {
  private readonly found: Found[];
  private readonly exports = new Map<string, { stack: string; value: unknown }>();

  public constructor(private readonly templates: Templates) {
    this.found = Object.entries(templates).flatMap(([stack, template]) => Object.entries<any>(template.Resources ?? {}).map(([id, body]) => ({
      id: `${stack}/${id}`,
      stack,
      type: body.Type,
      path: body.Metadata?.['aws:cdk:path'] ?? `${stack}/${id}`,
      properties: body.Properties ?? {},
    })));
    for (const [stack, template] of Object.entries(templates)) {
      for (const output of Object.values<any>(template.Outputs ?? {})) {
        if (typeof output.Export?.Name === 'string') this.exports.set(output.Export.Name, { stack, value: output.Value });
      }
    }
  }

  public ofType(...types: string[]): Found[] {
    return this.found.filter(({ type }) => types.includes(type));
  }

  /** The id of the resource a value names; for an attribute other than the id of a group, `id.Attribute`. */
  public target(stack: string, value: any): string | undefined {
    if (typeof value === 'string') return value;
    if (typeof value?.Ref === 'string') return `${stack}/${value.Ref}`;
    const attribute = value?.['Fn::GetAtt'];
    if (attribute !== undefined) {
      const [id, name] = Array.isArray(attribute) ? attribute : attribute.split('.');
      return ['GroupId', 'Arn', 'SubnetId'].includes(name) ? `${stack}/${id}` : `${stack}/${id}.${name}`;
    }
    const output = value?.['Fn::GetStackOutput'];
    if (output !== undefined) return this.target(output.StackName, this.templates[output.StackName]?.Outputs?.[output.OutputName]?.Value);
    const exported = this.exports.get(value?.['Fn::ImportValue']);
    return exported === undefined ? undefined : this.target(exported.stack, exported.value);
  }

  public resource(stack: string, value: unknown): Found | undefined {
    const id = this.target(stack, value);
    return this.found.find((one) => one.id === id);
  }

  public targets(stack: string, values: unknown): string[] {
    return (Array.isArray(values) ? values : []).map((value) => this.target(stack, value) ?? unreadable(value));
  }

  /** A number or text; the block of a VPC or subnet where one is named; the port of a database where that is. */
  public literal(stack: string, value: any): string {
    if (typeof value !== 'object') return String(value);
    const target = this.target(stack, value) ?? unreadable(value);
    const [id, attribute, last] = target.split('.');
    const found = this.found.find((one) => one.id === id);
    if (attribute === 'CidrBlock') return String(found!.properties.CidrBlock);
    if (attribute === 'Endpoint' && last === undefined) return String(found!.properties.Port ?? 3306);
    return unreadable(value);
  }
}

function unreadable(value: unknown): never {
  throw new Error(`the test cannot read ${JSON.stringify(value)}`);
}
