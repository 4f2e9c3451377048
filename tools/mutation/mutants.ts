import * as ts from 'typescript';

/** One small fault: the text from `start` to `end` of a file becomes `replacement`. */
export interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly kind: MutantKind;
  readonly start: number;
  readonly end: number;
  readonly original: string;
  readonly replacement: string;
}

export type MutantKind =
  'condition' | 'comparison' | 'logic' | 'arithmetic' | 'default' | 'boolean' | 'number' | 'string' | 'text' | 'call' | 'element';

const OPERATORS: ReadonlyArray<[from: string, to: string, kind: MutantKind]> = [
  ['===', '!==', 'comparison'], ['!==', '===', 'comparison'], ['<', '<=', 'comparison'], [
    '<=',
    '<',
    'comparison',
  ], ['>', '>=', 'comparison'], ['>=', '>', 'comparison'],
  ['&&', '||', 'logic'], ['||', '&&', 'logic'], ['-', '+', 'arithmetic'], ['*', '/', 'arithmetic'], [
    '/',
    '*',
    'arithmetic',
  ], ['%', '*', 'arithmetic'],
];

/** What is gone when the program runs. */
const NO_VALUES = [ts.isTypeNode, ts.isImportDeclaration, ts.isExportDeclaration, ts.isInterfaceDeclaration, ts.isTypeAliasDeclaration];

/** Every fault this tool can put into a source file, in the order of the text. */
export function mutantsOf(file: string, text: string): Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: Mutant[] = [];
  const visit = (node: ts.Node): void => {
    if (NO_VALUES.some((isOne) => isOne(node))) return;
    for (const [kind, at, replacement] of faultsAt(node)) {
      const start = at.getStart(source);
      const { line } = source.getLineAndCharacterOfPosition(start);
      found.push({ file, line: line + 1, kind, start, end: at.end, original: at.getText(source), replacement });
    }
    node.forEachChild(visit);
  };
  source.forEachChild(visit);
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

type Fault = [kind: MutantKind, at: ts.Node, replacement: string];

function faultsAt(node: ts.Node): Fault[] {
  if (ts.isIfStatement(node)) return [['condition', node.expression, `!(${node.expression.getText()})`]];
  if (ts.isConditionalExpression(node)) return [['condition', node.condition, `!(${node.condition.getText()})`]];
  if (ts.isBinaryExpression(node)) return binaryFaults(node);
  if (ts.isExpressionStatement(node) && isCall(node.expression)) return [['call', node.expression, 'undefined']];
  if (ts.isArrayLiteralExpression(node) && !isTarget(node)) return node.elements.map((element) => elementFault(node, element));
  return literalFaults(node);
}

function binaryFaults(node: ts.BinaryExpression): Fault[] {
  const [left, operator, right] = [node.left.getText(), node.operatorToken.getText(), node.right.getText()];
  if (operator === '??') return [['default', node, `(${left})`]];
  return OPERATORS.filter(([from]) => from === operator).map(([, to, kind]): Fault => [kind, node, `(${left} ${to} ${right})`]);
}

function elementFault(list: ts.ArrayLiteralExpression, element: ts.Expression): Fault {
  const others = list.elements.filter((each) => each !== element).map((each) => each.getText());
  return ['element', list, `[${others.join(', ')}]`];
}

function literalFaults(node: ts.Node): Fault[] {
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [['boolean', node, 'false']];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [['boolean', node, 'true']];
  if (isNameOrType(node)) return [];
  if (ts.isNumericLiteral(node)) return [['number', node, `${Number(node.text.replace(/_/g, '')) + 1}`]];
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
    return [[kindOfText(node.text), node, node.text === '' ? "'mutant'" : "''"]];
  }
  if (ts.isTemplateExpression(node)) return [[kindOfText(node.getText()), node, "''"]];
  return [];
}

/** What reads like a sentence is told apart: few tests hold every word of a message. */
function kindOfText(text: string): MutantKind {
  return text.trim().split(/\s+/).length > 2 ? 'text' : 'string';
}

function isCall(expression: ts.Expression): boolean {
  return ts.isCallExpression(expression) && expression.expression.kind !== ts.SyntaxKind.SuperKeyword;
}

/** The left side of a destructuring assignment is no value. */
function isTarget({ parent }: ts.ArrayLiteralExpression): boolean {
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isArrayLiteralExpression(parent.left);
}

/** Names of properties look like strings, and an enum member is read by its name. */
function isNameOrType(node: ts.Node): boolean {
  const { parent } = node;
  return ts.isLiteralTypeNode(parent) || ts.isEnumMember(parent)
    || ((ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) && parent.name === node);
}
