import { foreignParentsOf, isConstruct, parentsOf, propsOf, resultsOnly } from './assembly';
import type { Callable, PublicType, PublicTypes, Value } from './assembly';
import { bothNames, defaultOf, signature, table, textOf, typeName } from './markdown';
import type { LinkTo } from './markdown';

/** Everything a user needs to know of one public type. */
export function typeSection(type: PublicType, types: PublicTypes, linkTo: LinkTo): string[] {
  return [
    ...introduction(type, types, linkTo),
    ...(type.datatype ? structTable(type, types, linkTo) : members(type, linkTo)),
  ];
}

function introduction(type: PublicType, types: PublicTypes, linkTo: LinkTo): string[] {
  const { docs = {} } = type;
  const parents = [...parentsOf(type, types).map(({ fqn }) => fqn), ...foreignParentsOf(type, types)];
  // What a struct inherits of ours is in its own table.
  const named = parents.filter((fqn) => !type.datatype || !types.has(fqn));
  return [
    textOf(docs), '',
    ...(named.length > 0
      ? [`${type.datatype ? 'Besides these, everything of' : 'Is also'} ${named.map((fqn) => typeName({ fqn }, linkTo)).join(', ')}.`, '']
      : []),
    ...(docs.see ? [`See <${docs.see}>.`, ''] : []),
    ...(docs.example ? ['```ts', docs.example, '```', ''] : []),
  ];
}

function structTable(struct: PublicType, types: PublicTypes, linkTo: LinkTo): string[] {
  const props = propsOf(struct, types);
  if (resultsOnly(types).has(struct.fqn)) return table(['Name', 'Type', 'What it is'], props.map((prop) => resultRow(prop, linkTo)));
  return table(['Name', 'Type', 'Default', 'What it is'], props.map((prop) => (
    [bothNames(prop.name), typeName(prop.type, linkTo), defaultOf(prop), withSource(prop)]
  )));
}

function members(type: PublicType, linkTo: LinkTo): string[] {
  return [
    ...(type.initializer ? call(constructorSignature(type), type.initializer, linkTo, isConstruct(type) ? 2 : 0) : []),
    ...(type.methods ?? []).flatMap((method) => call(
      signature(method.static ? `${type.name}.${method.name}` : method.name!, method),
      method,
      linkTo,
    )),
    ...table(['Property', 'Type', 'What it is'], (type.properties ?? []).map((property) => resultRow(property, linkTo, type.name))),
    ...table(['Value', 'What it is'], (type.members ?? []).map(({ name, docs }) => [`\`${type.name}.${name}\``, textOf(docs, ' ')])),
  ];
}

function resultRow(property: Value, linkTo: LinkTo, owner = ''): string[] {
  return [
    property.static ? `\`${owner}.${property.name}\`` : bothNames(property.name),
    `${typeName(property.type, linkTo)}${property.optional ? ' or undefined' : ''}`,
    withSource(property),
  ];
}

function constructorSignature(type: PublicType): string {
  return `new ${signature(type.name, type.initializer!)}`;
}

/** One constructor or method; the first `known` parameters are those that every construct has. */
function call(title: string, callable: Callable, linkTo: LinkTo, known = 0): string[] {
  const { parameters = [], returns, docs = {} } = callable;
  const told = parameters.slice(known);
  const text = textOf(docs, ' ');
  const result = returns ? [`Returns ${typeName(returns.type, linkTo)}${docs.returns ? `: ${docs.returns}` : ''}.`] : [];
  return [
    `### \`${title}\``, '',
    ...(text ? [text, ''] : []),
    ...(docs.see ? [`See <${docs.see}>.`, ''] : []),
    ...told.map((each) => `- \`${each.name}\`: `
      + `${[typeName(each.type, linkTo), each.optional ? 'optional' : [], textOf(each.docs, ' ').replace(/^- /, '') || []].flat().join(', ')}`),
    ...result.map((each) => (told.length > 0 ? `- ${each}` : each)),
    ...(told.length + result.length > 0 ? [''] : []),
    ...(docs.example ? ['```ts', docs.example, '```', ''] : []),
  ];
}

function withSource({ docs = {} }: Value): string {
  return `${textOf(docs, '\n\n')}${docs.see ? ` See <${docs.see}>.` : ''}`;
}
