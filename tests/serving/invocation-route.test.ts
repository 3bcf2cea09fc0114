import { LinearRegression } from 'labmill/training';
import { describe, expect, test } from 'vitest';
import { predictionServer } from '../support/prediction-server.ts';
import { planeModel } from '../support/served-models.ts';

const columns = ['sex', 'class', 'ticket', 'age'];
const data = [
  ['female', 1, 'x', 29],
  ['male', 3, 'y', null],
];
const records = [
  { sex: 'female', class: 1, ticket: 'x', age: 29 },
  { sex: 'male', class: 3, ticket: 'y' },
];
const named = { sex: ['female', 'male'], class: [1, 3], ticket: ['x', 'y'], age: [29, null] };

// The forms are those of MLflow 3.17.2, mlflow/pyfunc/scoring_server.
describe('POST /invocations', () => {
  test.each([
    ['dataframe_split', { dataframe_split: { columns, data } }],
    ['dataframe_split with index', { dataframe_split: { columns, data, index: [7, 9] } }],
    ['dataframe_records', { dataframe_records: records }],
    ['instances as records', { instances: records }],
    ['instances as named columns', { instances: named }],
    ['inputs as named columns', { inputs: named }],
    ['inputs as records', { inputs: records }],
    ['params beside', { inputs: records, params: { any: 1 } }],
  ])('takes %s: columns by name, in any order, further ones ignored', async (_, body) => {
    const { post } = await predictionServer();
    expect(await post('/invocations', body)).toMatchObject({
      statusCode: 200,
      body: '{"predictions":["survived","died"]}',
      headers: { 'content-type': 'application/json' },
    });
  });

  test.each([
    ['dataframe_split without columns', { dataframe_split: { data: [[1, 'female', 29]] } }],
    ['instances', { instances: [[1, 'female', 29]] }],
    ['inputs', { inputs: [[1, 'female', null]] }],
    ['inputs of one row', { inputs: { class: 1, sex: 'female', age: 29 } }],
    ['one record', { inputs: [{ class: 1, sex: 'female' }] }],
  ])('takes %s', async (_, body) => {
    const { post } = await predictionServer();
    expect((await post('/invocations', body)).json).toEqual({ predictions: ['survived'] });
  });

  test.each([
    ['a header in any order', 'age,sex,ticket,class\n29,female,x,1\n,male,y,3\n'],
    ['an index, quotes and Windows line ends', ',"age","sex","class"\r\n0,29,"female",1\r\n1,NaN,"male",3\r\n'],
  ])('takes CSV with %s', async (_, body) => {
    const { post } = await predictionServer();
    const { json } = await post('/invocations', body, { 'content-type': 'text/csv; charset=utf-8' });
    expect(json).toEqual({ predictions: ['survived', 'died'] });
  });

  test('takes NaN for a missing value, as Python writes it, but not inside of strings', async () => {
    const { post } = await predictionServer();
    const body = '{"inputs": [{"class": 1, "sex": "female", "age": NaN, "ticket": "\\"NaN"}]}';
    expect((await post('/invocations', body)).json).toEqual({ predictions: ['survived'] });
  });

  test.each([
    ['no form', {}, 'exactly one of dataframe_split, dataframe_records, instances, inputs, got an empty one'],
    ['an unknown form', { rows: [] }, 'got "rows"'],
    ['two forms', { inputs: [], instances: [] }, 'got "inputs", "instances"'],
    ['a list', [[1]], 'expected a JSON object with exactly one of'],
    ['records that are no list', { dataframe_records: {} }, 'dataframe_records: expected a list of records'],
    ['a split without data', { dataframe_split: { columns } }, 'dataframe_split: expected an object with "data"'],
    ['a split with more', { dataframe_split: { data, name: 1 } }, 'dataframe_split: expected an object with "data"'],
    ['columns that are no list', { dataframe_split: { columns: 'a', data } }, 'dataframe_split.columns: expected'],
    ['another index', { dataframe_split: { columns, data, index: [1] } }, 'dataframe_split.index: expected 2 values'],
    ['a short row', { dataframe_split: { columns, data: [[1]] } }, 'data[0]: expected a row of 4 values, got 1'],
    ['rows of another width', { instances: [[1, 'male']] }, 'instances[0]: expected a row of 3 values, got 2'],
    ['rows of two kinds', { inputs: [[1, 'male', 3], { class: 1 }] }, 'inputs[1]: expected a row of 3 values, got an'],
    ['columns of two lengths', { inputs: { ...named, age: [1] } }, 'inputs: expected columns of equal length'],
    ['inputs that are a number', { inputs: 7 }, 'inputs: expected a list of rows or an object of columns, got 7'],
    ['no rows', { inputs: [] }, 'expected at least one row, got none'],
    ['a wrong value', { inputs: { ...named, age: [1, 'old'] } }, 'inputs.age[1]: expected a number, got "old"'],
    ['a wrong value in a row', { instances: [[1, 'x', 3]] }, 'instances[0][1]: expected one of "female", "male"'],
    ['a wrong value in a record', { dataframe_records: [{ class: 1, sex: 2 }] }, 'dataframe_records[0].sex: expected'],
    ['Infinity', '{"inputs": [[1, "male", -Infinity]]}', 'inputs[0][2]: expected a finite number, got -Infinity'],
    ['text', 'class=1', 'expected a body in JSON'],
  ])('answers BAD_REQUEST to %s', async (_, body, message) => {
    const { post } = await predictionServer();
    const { statusCode, json } = await post('/invocations', body);
    expect([statusCode, json]).toEqual([400, { error_code: 'BAD_REQUEST', message: expect.stringContaining(message) }]);
  });

  test.each([
    ['a wrong value', 'class,sex,age\n1,male,3\n2,male,old\n', 'body:3, column "age": expected a number, got "old"'],
    [
      'an unknown category',
      'class,sex,age\n1,male,3\n9,male,4\n',
      'row 2, column "class": expected one of 1, 2, 3, got 9',
    ],
    ['a short line', 'class,sex,age\n1,male\n', 'body:2, column "age": expected 3 fields'],
    ['nothing', '', 'body:1: expected a header line, got an empty text'],
    ['a header only', 'class,sex,age\n', 'expected at least one row, got none'],
  ])('answers BAD_REQUEST to CSV with %s', async (_, body, message) => {
    const { post } = await predictionServer();
    const { statusCode, json } = await post('/invocations', body, { 'content-type': 'text/csv' });
    expect([statusCode, json]).toEqual([400, { error_code: 'BAD_REQUEST', message: expect.stringContaining(message) }]);
  });

  test.each([
    ['records', { inputs: [{ age: 1 }] }, 'got none named "class", "sex"'],
    ['a split', { dataframe_split: { columns: ['sex'], data: [['male']] } }, 'got none named "class"'],
    ['CSV', 'age,sex\n1,male\n', 'got none named "class"'],
  ])('names the columns that %s lacks', async (form, body, message) => {
    const { post } = await predictionServer();
    const type = form === 'CSV' ? 'text/csv' : 'application/json';
    const { statusCode, json } = await post('/invocations', body, { 'content-type': type });
    const error = { error_code: 'INVALID_PARAMETER_VALUE', message: expect.stringContaining(message) };
    expect([statusCode, json]).toEqual([400, error]);
  });

  test.each(['text/plain', 'application/json; charset=latin1', 'application/json; format=pandas-split', 'nonsense'])(
    'answers 415 to the content type %s',
    async (type) => {
      const { post } = await predictionServer();
      expect(await post('/invocations', '{}', { 'content-type': type })).toMatchObject({
        statusCode: 415,
        json: { error_code: 'BAD_REQUEST', message: expect.stringContaining(JSON.stringify(type)) },
      });
    },
  );

  test('takes plain values for a model of one column', async () => {
    const { post } = await predictionServer(new LinearRegression().fit([[0], [1]], [1, 3]));
    const { json } = await post('/invocations', { inputs: [0, 10] });
    expect(json).toEqual({ predictions: [expect.closeTo(1, 9), expect.closeTo(21, 9)] });
  });

  test('answers 405 and 413 in the same form', async () => {
    const server = await predictionServer(planeModel(), { maxRows: 1 });
    const { statusCode, json } = await server.post('/invocations', { inputs: { a: [1, 2], b: [1, 2] } });
    expect([statusCode, json]).toMatchObject([
      413,
      { error_code: 'BAD_REQUEST', message: expect.stringContaining('1 rows') },
    ]);
    const { body } = await server.get('/invocations');
    expect(JSON.parse(body)).toEqual({ error_code: 'BAD_REQUEST', message: 'expected the method POST, got GET' });
  });
});

describe("the other addresses of MLflow's server", () => {
  test.each(['/ping', '/health'])('%s answers 200 with an empty line', async (url) => {
    const { get } = await predictionServer();
    expect(await get(url)).toMatchObject({ statusCode: 200, body: '\n' });
  });

  test('/version answers the version of the package', async () => {
    const { get } = await predictionServer();
    expect(await get('/version')).toMatchObject({ statusCode: 200, body: expect.stringMatching(/^\d+\.\d+\.\d+/) });
  });
});
