import { createServer } from 'node:http';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPredictionServer, type ServerLog, startPredictionServer } from 'labmill/serving';
import { type Estimator, LinearRegression, type Pipeline, saveModel } from 'labmill/training';
import { describe, expect, onTestFinished, test } from 'vitest';
import { predictionServer, type TestServer } from '../support/prediction-server.ts';
import { passengerModel, planeModel } from '../support/served-models.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function savedPlane(): string {
  const path = join(temporaryFolder(), 'plane.json');
  saveModel(path, planeModel());
  return path;
}

describe('createPredictionServer', () => {
  test('serves a model file under the name of the file and a version of its content', async () => {
    expect(await described(savedPlane())).toEqual({ name: 'plane', version: expect.stringMatching(/^[0-9a-f]{12}$/) });
  });

  test('gives equal models the same version, and others another', async () => {
    const [one, equal, other] = [
      await described(planeModel()),
      await described(planeModel()),
      await described(passengerModel()),
    ];
    expect([equal, other.version === one.version]).toEqual([one, false]);
  });

  test.each([
    ['a missing file', () => 'none.json', 'ERR_FILE_READ'],
    ['a damaged file', () => damaged('{"format": "labmill-mod'), 'ERR_MODEL_FILE'],
    ['a file with NaN', () => damaged('{"format": "labmill-model", "version": 1, "coef": NaN}'), 'ERR_MODEL_FILE'],
    ['a model before fit', () => new LinearRegression(), 'ERR_NOT_FITTED'],
  ])('refuses %s', async (_, model, code) => {
    await expect(createPredictionServer(model())).rejects.toMatchObject({ code });
  });

  test.each([
    ['maxRows', 0],
    ['maxBodyBytes', 1.5],
    ['requestTimeoutMs', NaN],
    ['closeTimeoutMs', -1],
  ])('refuses %s of %d', async (name, value) => {
    await expect(createPredictionServer(planeModel(), { [name]: value })).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      message: `server: expected a whole ${name} above 0, got ${value}`,
    });
  });

  async function described(model: string | Pipeline | Estimator): Promise<{ name: string; version: string }> {
    const server = await createPredictionServer(model);
    onTestFinished(() => server.close());
    const { info } = JSON.parse((await server.inject({ method: 'GET', url: '/openapi.json' })).body);
    return { name: info.title, version: info.version };
  }

  function damaged(text: string): string {
    const path = join(temporaryFolder(), 'model.json');
    writeFileSync(path, text);
    return path;
  }
});

describe('startPredictionServer', () => {
  test('listens at 127.0.0.1 and answers', async () => {
    await using server = await started();
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a": 1, "b": 1}' };
    const answer = await fetch(`${server.url}/predict`, request);
    expect(await answer.json()).toMatchObject({ predictions: [expect.closeTo(6, 9)] });
  });

  test('says which port is taken, and what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    await expect(startPredictionServer(planeModel(), { port })).rejects.toMatchObject({
      code: 'ERR_SERVER_START',
      message: expect.stringMatching(new RegExp(`port ${port} of 127.0.0.1 .* another program .* Choose another port`)),
    });
  });

  test('says that a host is none of this machine', async () => {
    await expect(startPredictionServer(planeModel(), { host: '192.0.2.1', port: 0 })).rejects.toMatchObject({
      code: 'ERR_SERVER_START',
    });
  });

  async function started() {
    const server = await startPredictionServer(planeModel(), { port: 0 });
    return { ...server, url: server.url, [Symbol.asyncDispose]: () => server.close() };
  }
});

describe('every answer', () => {
  test.each(['abc-123', 'trace:4.5_6'])('carries the id %s that the client gave', async (id) => {
    const { post } = await predictionServer();
    const { headers, json } = await post('/predict', {}, { 'x-request-id': id });
    expect([headers['x-request-id'], json]).toMatchObject([id, { requestId: id }]);
  });

  test.each(['', 'a b', '<script>', 'x'.repeat(65), 'ä'])('has an id of its own instead of %j', async (id) => {
    const { post } = await predictionServer();
    const { headers, json } = await post('/predict', {}, { 'x-request-id': id });
    const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);
    expect([headers['x-request-id'], json]).toMatchObject([uuid, { requestId: headers['x-request-id'] }]);
  });

  test.each([
    ['GET', '/none', 404, 'ERR_NOT_FOUND'],
    ['POST', '/none', 404, 'ERR_NOT_FOUND'],
    ['GET', '/%zz', 400, 'ERR_BAD_REQUEST'],
    ['GET', `/${'x'.repeat(2000)}`, 404, 'ERR_NOT_FOUND'],
    ['GET', '/../../etc/passwd', 404, 'ERR_NOT_FOUND'],
    ['GET', '/docs/static/..%2f..%2f..%2fpackage.json', 404, 'ERR_NOT_FOUND'],
    ['DELETE', '/predict?x=1', 405, 'ERR_METHOD_NOT_ALLOWED'],
  ] as const)('to %s %s is an error in JSON', async (method, url, status, code) => {
    const server = await predictionServer();
    const { statusCode, headers, body } = await server.inject({ method, url });
    expect([statusCode, JSON.parse(body)]).toMatchObject([status, { error: { code, fields: [] } }]);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
  });

  test('to the wrong method names the right one', async () => {
    const server = await predictionServer();
    const { headers, body } = await server.inject({ method: 'PUT', url: '/health/live' });
    expect([headers['allow'], body]).toEqual([
      'GET, HEAD',
      expect.stringContaining('expected the method GET or HEAD, got PUT'),
    ]);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', '///'])(
    'to the content type %s is 415',
    async (type) => {
      const { post } = await predictionServer();
      expect(await post('/predict', 'a=1', { 'content-type': type })).toMatchObject({
        statusCode: 415,
        json: { error: { code: 'ERR_MEDIA_TYPE', message: 'expected the header "Content-Type: application/json"' } },
      });
    },
  );

  test('to no body at all says what was expected', async () => {
    const server = await predictionServer();
    const { statusCode, body } = await server.inject({ method: 'POST', url: '/predict' });
    expect([statusCode, body]).toEqual([400, expect.stringContaining('expected a JSON object')]);
  });

  test('to a body that is too large is 413', async () => {
    const { post } = await predictionServer(planeModel(), { maxBodyBytes: 100 });
    expect(await post('/predict', { a: 1, b: 'x'.repeat(100) })).toMatchObject({
      statusCode: 413,
      json: { error: { code: 'ERR_TOO_LARGE' } },
    });
  });

  test('to a failure inside tells nothing of it', async () => {
    const broken = Object.assign(planeModel(), {
      predict: () => {
        throw new TypeError('secret of /home/someone');
      },
    });
    const { post } = await predictionServer(broken);
    const { statusCode, json } = await post('/predict', { a: 1, b: 1 });
    const message = 'the server failed; its log says why under the request id';
    expect([statusCode, json]).toMatchObject([500, { error: { code: 'ERR_INTERNAL', message, fields: [] } }]);
  });
});

describe('/openapi.json', () => {
  test('describes the API in OpenAPI 3.1, with the columns of the model', async () => {
    const { get } = await predictionServer();
    const { openapi, info, paths } = JSON.parse((await get('/openapi.json')).body);
    expect([openapi, info]).toMatchObject(['3.1.0', { title: 'test', version: '1' }]);
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/predict', '/invocations', '/ping', '/health/ready']));
    const { schema } = paths['/predict'].post.requestBody.content['application/json'];
    expect(schema.anyOf[0]).toMatchObject({
      properties: { class: { type: 'number', enum: [1, 2, 3] }, age: { type: ['number', 'null'] } },
      required: ['class', 'sex'],
    });
  });

  test('/docs shows it without asking another server', async () => {
    const { get } = await predictionServer();
    const { statusCode, headers, body } = await get('/docs');
    expect([statusCode, headers['content-security-policy']]).toEqual([
      200,
      expect.stringContaining("default-src 'none'"),
    ]);
    expect(body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(await get('/docs/static/swagger-ui-bundle.js')).toMatchObject({ statusCode: 200 });
  });
});

describe('/metrics', () => {
  test('counts requests, rows and time in Prometheus format', async () => {
    const { get, post } = await predictionServer();
    await post('/predict', {
      rows: [
        { class: 1, sex: 'male' },
        { class: 2, sex: 'male' },
      ],
    });
    await post('/predict', {});
    await get('/wp-login.php');
    const { body, headers } = await get('/metrics');
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(body.split('\n')).toEqual(
      expect.arrayContaining([
        'labmill_requests_total{route="/predict",status="200"} 1',
        'labmill_requests_total{route="/predict",status="422"} 1',
        'labmill_requests_total{route="other",status="404"} 1',
        'labmill_request_duration_seconds_count{route="/predict"} 2',
        'labmill_requests_in_progress 1',
        'labmill_predictions_total 2',
        'labmill_model_info{name="test",version="1",task="classification"} 1',
        expect.stringMatching(/^process_resident_memory_bytes \d+/),
      ]),
    );
  });

  test('of two servers in one process do not mix', async () => {
    const [one, other] = [await predictionServer(), await predictionServer()];
    await one.get('/ping');
    expect((await other.get('/metrics')).body).not.toContain('route="/ping"');
  });
});

describe('the log', () => {
  async function logged(
    level: ServerLog['level'],
    ask: (server: TestServer) => Promise<unknown>,
    model = planeModel(),
  ) {
    let lines = '';
    const server = await predictionServer(model, { log: { level, write: (more) => void (lines += more) } });
    await ask(server);
    await server.close();
    return lines
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as unknown);
  }

  test('has a line of JSON for each answer, without bodies, headers and query strings', async () => {
    const headers = { 'x-request-id': 'r1', authorization: 'secret' };
    const lines = await logged('info', ({ post }) => post('/predict?token=secret', { a: 'secret', b: 1 }, headers));
    const request = { requestId: 'r1', method: 'POST', path: '/predict', status: 422, ms: expect.any(Number) };
    expect(lines).toEqual([{ level: 'info', time: expect.any(Number), ...request, msg: 'answered' }]);
  });

  test('keeps what is asked every few seconds for the level debug', async () => {
    const ask = async ({ get }: TestServer) => {
      for (const url of ['/health/live', '/health/ready', '/health', '/ping', '/metrics']) await get(url);
    };
    expect([await logged('info', ask), await logged('debug', ask)]).toMatchObject([{ length: 0 }, { length: 5 }]);
  });

  test('says why the server failed, and under which id', async () => {
    const broken = Object.assign(planeModel(), { predict: () => Number(undefined!['x']) });
    const lines = await logged(
      'error',
      ({ post }) => post('/predict', { a: 1, b: 1 }, { 'x-request-id': 'r2' }),
      broken,
    );
    expect(lines).toMatchObject([
      { level: 'error', requestId: 'r2', err: { type: 'TypeError' }, msg: 'failed' },
      { level: 'error', requestId: 'r2', status: 500, msg: 'answered' },
    ]);
  });
});
