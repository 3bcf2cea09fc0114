import type { Expression } from 'oxc-parser';

/**
 * Returns the value of an expression made of literals only: numbers with or without a sign, strings, templates without
 * `${}`, booleans, null, and arrays and objects of these; undefined for anything that would have to be run.
 */
export function literalValue(node: Expression): { value: unknown } | undefined {
  switch (node.type) {
    case 'Literal':
      return 'regex' in node || 'bigint' in node ? undefined : { value: node.value };
    case 'TemplateLiteral':
      return node.expressions.length === 0 ? { value: node.quasis[0]!.value.cooked } : undefined;
    case 'UnaryExpression':
      return signed(node.operator, literalValue(node.argument)?.value);
    case 'ArrayExpression':
      return arrayValue(node.elements);
    case 'ObjectExpression':
      return objectValue(node.properties);
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'ParenthesizedExpression':
      return literalValue(node.expression);
    default:
      return undefined;
  }
}

type Elements = Extract<Expression, { type: 'ArrayExpression' }>['elements'];
type Properties = Extract<Expression, { type: 'ObjectExpression' }>['properties'];

function signed(operator: string, value: unknown): { value: number } | undefined {
  if (typeof value !== 'number' || (operator !== '-' && operator !== '+')) return undefined;
  return { value: operator === '-' ? -value : value };
}

function arrayValue(elements: Elements): { value: unknown[] } | undefined {
  const values: unknown[] = [];
  for (const element of elements) {
    const literal = element === null || element.type === 'SpreadElement' ? undefined : literalValue(element);
    if (literal === undefined) return undefined;
    values.push(literal.value);
  }
  return { value: values };
}

function objectValue(properties: Properties): { value: object } | undefined {
  const entries: [string, unknown][] = [];
  for (const property of properties) {
    if (property.type !== 'Property' || property.computed) return undefined;
    const { key, value } = property;
    const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : undefined;
    const literal = literalValue(value);
    if (name === undefined || literal === undefined) return undefined;
    entries.push([name, literal.value]);
  }
  return { value: Object.fromEntries(entries) };
}
