import fc from 'fast-check';
import { loadIris, Table } from 'labmill/data';
import { LogisticRegression } from 'labmill/training';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { predictionServer } from '../support/prediction-server.ts';
import { passengerModel, planeModel } from '../support/served-models.ts';

const anna = { class: 1, sex: 'female', age: 29 };

describe('POST /predict', () => {
  test('predicts one row as the model does, with the probability of each class', async () => {
    const { post } = await predictionServer();
    const model = passengerModel();
    const [died, survived] = model.predictProba(Table.fromRecords([anna])).data;
    expect(await post('/predict', anna)).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      json: { predictions: ['survived'], probabilities: [{ died, survived }], model: { name: 'test', version: '1' } },
    });
  });

  test('predicts rows in their order', async () => {
    const { post } = await predictionServer();
    const { json } = await post('/predict', { rows: [{ ...anna, sex: 'male', age: 60 }, anna] });
    expect(json).toMatchObject({ predictions: ['died', 'survived'] });
  });

  test('predicts numbers, without probabilities', async () => {
    const { post } = await predictionServer(planeModel());
    const { json } = await post('/predict', { a: 10, b: 100 });
    expect(json).toEqual({ predictions: [expect.closeTo(321, 9)], model: { name: 'test', version: '1' } });
  });

  test.each([
    ['absent', {}],
    ['null', { age: null }],
  ])('takes a value that is %s where the model fills it', async (_, age) => {
    const { post } = await predictionServer();
    const filled = passengerModel().predictProba(Table.fromColumns({ class: [1], sex: ['female'], age: [NaN] }));
    const { json } = await post('/predict', { class: 1, sex: 'female', ...age });
    expect(json).toMatchObject({ probabilities: [{ died: filled.data[0] }] });
  });

  test.each([
    ['a string for a number', { ...anna, age: 'abc' }, 'age', 'a number', '"abc"'],
    ['a boolean for a number', { ...anna, age: true }, 'age', 'a number', 'true'],
    ['an object for a number', { ...anna, age: {} }, 'age', 'a number', 'an object'],
    ['an unknown string', { ...anna, sex: 'F' }, 'sex', 'one of "female", "male"', '"F"'],
    ['an unknown number', { ...anna, class: 4 }, 'class', 'one of 1, 2, 3', '4'],
    ['a missing column', { sex: 'male' }, 'class', 'one of 1, 2, 3', 'nothing'],
    ['an unknown column', { ...anna, Age: 29 }, 'Age', 'one of the columns "class", "sex", "age"', 'an unknown one'],
    ['a column of the prototype', { ...anna, constructor: 1 }, 'constructor', 'one of the columns', 'an unknown one'],
    ['a wrong value in one of the rows', { rows: [anna, { ...anna, age: [] }] }, 'rows[1].age', 'a number', 'an array'],
    ['a row that is none', { rows: [anna, 7] }, 'rows[1]', 'an object', '7'],
    ['rows that are none', { rows: 'all' }, 'rows', 'an array of rows', '"all"'],
    ['no rows', { rows: [] }, 'rows', 'at least one row', 'none'],
  ])('names the field of %s', async (_, body, path, expected, got) => {
    const { post } = await predictionServer();
    const { statusCode, json } = await post('/predict', body);
    const message = `${path}: expected ${expected}`;
    expect([statusCode, json]).toMatchObject([
      422,
      { error: { code: 'ERR_INPUT', fields: [{ path, expected: expect.stringContaining(expected), got }] } },
    ]);
    expect(json).toMatchObject({ error: { message: expect.stringContaining(message) } });
  });

  test('names all wrong fields, row by row', async () => {
    const { post } = await predictionServer();
    const { json } = await post('/predict', {
      rows: [
        { class: 9, sex: 1 },
        { ...anna, age: 'x' },
      ],
    });
    const { error } = json as { error: { message: string; fields: { path: string }[] } };
    expect(error.fields.map(({ path }) => path)).toEqual(['rows[0].class', 'rows[0].sex', 'rows[1].age']);
    expect(error.message).toBe('rows[0].class: expected one of 1, 2, 3, got 9 (and 2 more)');
  });

  test('quotes a name that is no identifier', async () => {
    const { table, featureNames, y } = loadIris();
    const { post } = await predictionServer(new LogisticRegression().fit(table.select(featureNames), y));
    const { json } = await post('/predict', { rows: [{}] });
    expect(json).toMatchObject({ error: { fields: [{ path: 'rows[0]["sepal length (cm)"]' }, {}, {}, {}] } });
  });

  test.each([
    ['1e999', 'Infinity'],
    ['-1e999', '-Infinity'],
  ])('refuses the number %s', async (number, got) => {
    const { post } = await predictionServer();
    const { statusCode, json } = await post('/predict', `{"class": 1, "sex": "male", "age": ${number}}`);
    expect([statusCode, json]).toMatchObject([422, { error: { fields: [{ expected: 'a finite number', got }] } }]);
  });

  test('refuses values whose prediction is not finite', async () => {
    const { post } = await predictionServer(planeModel());
    const { statusCode, json } = await post('/predict', { a: 1.7e308, b: 1.7e308 });
    expect([statusCode, json]).toMatchObject([422, { error: { fields: [{ path: 'rows[0]', got: 'Infinity' }] } }]);
  });

  test.each([
    ['NaN', '{"age": NaN}', 'expected a body in JSON, got text that is no JSON'],
    ['text', 'Age=29', 'expected a body in JSON, got text that is no JSON'],
    ['nothing', '', 'expected a body in JSON, got text that is no JSON'],
    ['a list', '[1, 2]', 'expected a JSON object: a row, or {"rows": [row, …]}, got an array'],
    ['null', 'null', 'expected a JSON object: a row, or {"rows": [row, …]}, got null'],
    ['a number', '7', 'got 7'],
  ])('answers 400 to %s', async (_, body, message) => {
    const { post } = await predictionServer();
    const { statusCode, json } = await post('/predict', body);
    expect([statusCode, json]).toMatchObject([
      400,
      { error: { code: 'ERR_BAD_REQUEST', message: expect.stringContaining(message), fields: [] } },
    ]);
  });

  test('refuses a key named __proto__ as any unknown column', async () => {
    const { post } = await predictionServer();
    const { statusCode, json } = await post('/predict', '{"class": 1, "sex": "male", "__proto__": {"age": 3}}');
    expect([statusCode, json]).toMatchObject([422, { error: { fields: [{ path: '__proto__' }] } }]);
    expect(({} as Record<string, unknown>)['age']).toBeUndefined();
  });

  test.each([
    ['arrays', '['],
    ['objects', '{"age":'],
  ])('survives 100,000 nested %s', async (_, bracket) => {
    const { post } = await predictionServer();
    const { statusCode } = await post('/predict', `{"class": 1, "sex": "male", "age": ${bracket.repeat(100_000)}`);
    expect(statusCode).toBe(400);
    const closed = `{"class": 1, "sex": "male", "age": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(await post('/predict', closed)).toMatchObject({ statusCode: 422 });
  });

  test('takes columns and classes with the names of inherited members', async () => {
    const X = new Table([
      ['__proto__', [0, 1, 2, 3]],
      ['constructor', [0, 0, 1, 1]],
    ]);
    const { post } = await predictionServer(new LogisticRegression().fit(X, ['__proto__', '__proto__', 'a', 'a']));
    const { statusCode, body } = await post('/predict', '{"__proto__": 0, "constructor": 0}');
    expect([statusCode, body]).toEqual([
      200,
      expect.stringMatching(/"predictions":\["__proto__"\].*"__proto__":0\.\d/),
    ]);
    expect(await post('/predict', '{}')).toMatchObject({ statusCode: 422 });
  });

  test('refuses more rows than one request may have', async () => {
    const { post } = await predictionServer(planeModel(), { maxRows: 2 });
    const row = { a: 1, b: 1 };
    expect(await post('/predict', { rows: [row, row] })).toMatchObject({ statusCode: 200 });
    expect(await post('/predict', { rows: [row, row, row] })).toMatchObject({
      statusCode: 413,
      json: { error: { code: 'ERR_TOO_LARGE', message: expect.stringContaining('expected at most 2 rows, got 3') } },
    });
  });
});

describe('the schema of /predict', () => {
  const value = fc.oneof(
    fc.constantFrom(1, 3, 4, 29.5, 'female', 'x', null, true),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  const row = fc.record({ class: value, sex: value, age: value, other: value }, { requiredKeys: [] });
  const body = fc.oneof(row, fc.record({ rows: fc.oneof(fc.array(row, { maxLength: 3 }), value) }));

  test('accepts exactly the bodies that the server answers', async () => {
    const { get, post } = await predictionServer();
    const { paths } = JSON.parse((await get('/openapi.json')).body);
    const schema = z.fromJSONSchema(paths['/predict'].post.requestBody.content['application/json'].schema);
    await fc.assert(
      fc.asyncProperty(body, async (sent) => {
        const { statusCode } = await post('/predict', sent);
        expect(statusCode === 200).toBe(schema.safeParse(JSON.parse(JSON.stringify(sent))).success);
      }),
    );
  });
});
