import type { Docs, TypeReference, Callable, Value } from './assembly';

/** Where the section of a public type is, seen from the file that is being written; undefined for a type of another package. */
export type LinkTo = (fqn: string) => string | undefined;

/** A text for one cell of a table: one line, and no bar that would end the cell. */
export function cell(text: string): string {
  return text.trim().replace(/\n{2,}/g, '<br>').replace(/\n/g, ' ').replace(/(?<!\\)\|/g, '\\|');
}

export function table(head: string[], rows: string[][]): string[] {
  const line = (cells: string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return rows.length === 0 ? [] : [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}

/** The whole text of a docstring. jsii ends the summary at the first full stop or line, which may be in the middle of a sentence. */
export function textOf({ summary = '', remarks = '' }: Docs = {}, gap = '\n\n'): string {
  return `${summary}${remarks && (/[.:!?)]$/.test(summary) ? gap : ' ')}${remarks}`;
}

/** The first sentence, for a list. */
export function gist({ summary = '' }: Docs = {}): string {
  return summary.replace(/[;,:]$/, '.');
}

/** Name as TypeScript has it, and as Python has it where that is another. */
export function bothNames(name: string): string {
  const python = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  return python === name || name === name.toUpperCase() ? `\`${name}\`` : `\`${name}\`<br>\`${python}\``;
}

/** A type as a user writes it, linked to where it is told. */
export function typeName(type: TypeReference, linkTo: LinkTo): string {
  if (type.collection) {
    const inner = typeName(type.collection.elementtype, linkTo);
    return type.collection.kind === 'array' ? `${inner}[]` : `map of ${inner}`;
  }
  if (type.union) return type.union.types.map((each) => typeName(each, linkTo)).join(' or ');
  if (!type.fqn) return type.primitive ?? 'any';
  const link = linkTo(type.fqn) ?? foreignLink(type.fqn);
  return link ? `[${shortName(type.fqn)}](${link})` : shortName(type.fqn);
}

/** `ec2.IVpc` for `aws-cdk-lib.aws_ec2.IVpc`: the name with which programs import it. */
export function shortName(fqn: string): string {
  return fqn.split('.').slice(1).join('.').replace(/^aws_/, '');
}

function foreignLink(fqn: string): string | undefined {
  return /^(aws-cdk-lib|constructs)\./.test(fqn) ? `https://docs.aws.amazon.com/cdk/api/v2/docs/${fqn}.html` : undefined;
}

/** `name(one, two?)`, with the types left to the table below it. */
export function signature(name: string, { parameters = [] }: Callable): string {
  return `${name}(${parameters.map((each) => `${each.variadic ? '...' : ''}${each.name}${each.optional ? '?' : ''}`).join(', ')})`;
}

export function defaultOf({ optional, docs }: Value): string {
  if (!optional) return '**required**';
  return docs?.default?.replace(/^- /, '') ?? 'none';
}
