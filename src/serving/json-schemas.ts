import type { InputField } from './input-field.ts';
import type { ServedModel } from './served-model.ts';

/** A JSON Schema (2020-12), as OpenAPI 3.1 has them. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Returns the schema of one row: a property for each column of the model. */
function rowSchema(fields: readonly InputField[]): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field)])),
    required: fields.filter(({ isOptional }) => !isOptional).map(({ name }) => name),
    additionalProperties: false,
  };
}

/** Returns a row that the model can predict from. */
export function exampleRow(fields: readonly InputField[]): Record<string, number | string> {
  return Object.fromEntries(fields.map(({ name, example }) => [name, example]));
}

/** Returns the schema of the body of `/predict`: one row, or several. */
export function predictBodySchema(fields: readonly InputField[], maxRows: number): JsonSchema {
  const row = rowSchema(fields);
  const example = exampleRow(fields);
  return {
    anyOf: [
      { title: 'One row', ...row },
      {
        title: 'Several rows',
        type: 'object',
        properties: { rows: { type: 'array', items: row, minItems: 1, maxItems: maxRows } },
        required: ['rows'],
        additionalProperties: false,
      },
    ],
    'x-examples': { 'one row': { value: example }, 'several rows': { value: { rows: [example, example] } } },
  };
}

/** Returns the schema of the answer of `/predict`. */
export function predictAnswerSchema({ task, classes }: ServedModel): JsonSchema {
  const label = typeof classes[0] === 'string' ? { type: 'string' } : { type: 'number' };
  const probability = { type: 'number', minimum: 0, maximum: 1 };
  const probabilities = {
    description: 'The probability of each class, for each row.',
    type: 'array',
    items: {
      type: 'object',
      properties: Object.fromEntries(classes.map((name) => [String(name), probability])),
      required: classes.map(String),
    },
  };
  return {
    description: 'The predictions.',
    type: 'object',
    properties: {
      predictions: { description: 'One for each row, in their order.', type: 'array', items: label },
      ...(task === 'classification' ? { probabilities } : {}),
      model: {
        type: 'object',
        properties: { name: { type: 'string' }, version: { type: 'string' } },
        required: ['name', 'version'],
      },
    },
    required: ['predictions', ...(task === 'classification' ? ['probabilities'] : []), 'model'],
  };
}

/** What every error answer looks like, except those of `/invocations`. */
export const errorSchema: JsonSchema = {
  description: 'What is wrong, and where.',
  type: 'object',
  properties: {
    error: {
      type: 'object',
      properties: {
        code: { type: 'string' },
        message: { type: 'string' },
        fields: {
          description: 'The values that were refused; empty when the request was refused as a whole.',
          type: 'array',
          items: {
            type: 'object',
            properties: { path: { type: 'string' }, expected: { type: 'string' }, got: { type: 'string' } },
            required: ['path', 'expected', 'got'],
          },
        },
      },
      required: ['code', 'message', 'fields'],
    },
    requestId: { type: 'string' },
  },
  required: ['error', 'requestId'],
};

/** What an error answer of `/invocations` looks like, as MLflow has it. */
export const invocationErrorSchema: JsonSchema = {
  description: 'What is wrong.',
  type: 'object',
  properties: { error_code: { type: 'string' }, message: { type: 'string' } },
  required: ['error_code', 'message'],
};

function fieldSchema({ type, isOptional, isClosed, categories, example }: InputField): JsonSchema {
  const values = isClosed ? { enum: isOptional ? [...categories!, null] : categories } : {};
  return { type: isOptional ? [type, 'null'] : type, ...values, examples: [example] };
}
