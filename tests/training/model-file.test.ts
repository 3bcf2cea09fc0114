import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { sha256 } from 'labmill';
import { loadIris, Table } from 'labmill/data';
import {
  loadTransformer,
  OneHotEncoder,
  saveTransformer,
  SelectKBest,
  SimpleImputer,
  StandardScaler,
} from 'labmill/preprocessing';
import {
  dataHash,
  type Estimator,
  ExponentialRegression,
  LinearRegression,
  loadModel,
  LogisticRegression,
  Pipeline,
  PolynomialRegression,
  PowerRegression,
  saveModel,
  type SaveModelOptions,
  TheilSenRegression,
} from 'labmill/training';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../src/preprocessing/checked-json.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const X = Table.fromColumns({ a: [1, 2, 3.3, 4.1], b: [0.1 + 0.2, NaN, 1e-9, 7] });
const y = [1.5, 2.25, 4, 8.5];
const model = () =>
  new Pipeline({ steps: [new SimpleImputer(), new StandardScaler()], estimator: new LinearRegression() });

function saved(options: SaveModelOptions = {}, fitted: Pipeline | Estimator = model().fit(X, y)): string {
  const path = join(temporaryFolder(), 'model.json');
  saveModel(path, fitted, options);
  return path;
}

/** Changes the content of a saved file and makes its checksum right again. */
function forged(change: (content: Record<string, never>) => object): string {
  const path = saved();
  const { sha256: _old, ...content } = JSON.parse(readFileSync(path, 'utf8'));
  const changed = { ...content, ...change(content) };
  writeFileSync(path, JSON.stringify({ ...changed, sha256: sha256(canonicalJson(changed, path)) }));
  return path;
}

describe('loadModel', () => {
  test('keeps a selector with the columns that it chose', () => {
    const { X: flowers, y: species } = loadIris();
    const steps = [new SelectKBest({ k: 2 })];
    const fitted = new Pipeline({ steps, estimator: new LogisticRegression() }).fit(flowers, species);
    const loaded = loadModel(saved({}, fitted)).model;
    expect(loaded.steps[0]!.featureNamesOut).toEqual(['x2', 'x3']);
    expect(loaded.predictProba(flowers)).toEqual(fitted.predictProba(flowers));
  });

  test('returns a model that predicts the same to the last digit, with its preprocessing', () => {
    const fitted = model().fit(X, y);
    expect(loadModel(saved({}, fitted)).model.predict(X)).toEqual(fitted.predict(X));
  });

  test.each([
    ['LinearRegression', new LinearRegression({ fitIntercept: false })],
    ['PolynomialRegression', new PolynomialRegression({ degree: 2 })],
    ['ExponentialRegression', new ExponentialRegression()],
    ['PowerRegression', new PowerRegression()],
    ['TheilSenRegression', new TheilSenRegression()],
  ])('returns a %s that predicts the same to the last digit', (_kind, estimator) => {
    const loaded = loadModel(saved({}, estimator.fit(X.select(['a']), y))).model;
    expect(loaded.estimator).toBeInstanceOf(estimator.constructor);
    expect(loaded.predict(X)).toEqual(estimator.predict(X));
    expect(loaded.estimator.toJSON()).toEqual(estimator.toJSON());
  });

  test('returns a classifier with its labels and probabilities', () => {
    const iris = loadIris();
    const classifier = new LogisticRegression().fit(iris.X, iris.y);
    const loaded = loadModel(saved({}, classifier)).model;
    expect(loaded.predict(iris.X)).toEqual(classifier.predict(iris.X));
    expect(loaded.predictProba(iris.X)).toEqual(classifier.predictProba(iris.X));
  });

  test('keeps every digit of every learned number', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 });
    fc.assert(
      fc.property(number, number, (slope, intercept) => {
        const { schema } = new TheilSenRegression().fit([[1], [2]], [1, 2]);
        const learned = { slope: slope + 0, intercept: intercept + 0 };
        const line = TheilSenRegression.fromJSON({ kind: 'TheilSenRegression', params: {}, schema, learned });
        expect(loadModel(saved({}, line)).model.estimator.toJSON()).toEqual(line.toJSON());
      }),
      { numRuns: 30 },
    );
  });

  test('tells what the file says about the model', () => {
    const options = { metrics: { r2: 0.876 }, trainingData: { X, y }, createdAt: new Date('2025-03-01T12:00:00Z') };
    const { metrics, trainingData, createdAt } = loadModel(saved(options));
    expect({ metrics, createdAt }).toEqual({ metrics: options.metrics, createdAt: options.createdAt });
    expect(trainingData).toEqual({ rows: 4, sha256: dataHash({ X, y }) });
  });

  test('lets a scaler, a model and a test live in three programs', () => {
    const folder = temporaryFolder();
    saveTransformer(join(folder, 'scaler.json'), new StandardScaler().fit(X.select(['a'])));

    const scaler = loadTransformer(join(folder, 'scaler.json'));
    const estimator = new LinearRegression().fit(scaler.transform(X), y);
    saveModel(join(folder, 'model.json'), new Pipeline({ steps: [scaler], estimator }));

    const loaded = loadModel(join(folder, 'model.json')).model;
    expect(loaded.score(X, y)).toBeCloseTo(estimator.score(scaler.transform(X), y), 12);
  });

  test('names the columns that a table lacks', () => {
    expect(() => loadModel(saved()).model.predict(X.select(['a']))).toThrow(
      expect.objectContaining({ code: 'ERR_COLUMN', message: expect.stringContaining('got none named "b"') }),
    );
  });

  test('refuses a file whose bytes were cut off, wherever', () => {
    const path = saved();
    const text = readFileSync(path, 'utf8').trimEnd();
    fc.assert(
      fc.property(fc.nat(text.length - 1), (length) => {
        writeFileSync(path, text.slice(0, length));
        expect(() => loadModel(path)).toThrow(expect.objectContaining({ code: 'ERR_MODEL_FILE' }));
      }),
      { numRuns: 30 },
    );
  });

  test('refuses a file in which any one digit was changed', () => {
    // Numbers so short that every digit counts.
    const { schema } = new TheilSenRegression().fit([[1], [2]], [1, 2]);
    const learned = { slope: 2.5, intercept: 17.25 };
    const line = TheilSenRegression.fromJSON({ kind: 'TheilSenRegression', params: {}, schema, learned });
    const path = saved({ metrics: { r2: 0.25 } }, line);
    const text = readFileSync(path, 'utf8');
    const digits = [...text.matchAll(/[0-9]/g)].map(({ index }) => index);
    fc.assert(
      fc.property(fc.constantFrom(...digits), (at) => {
        writeFileSync(path, `${text.slice(0, at)}${(Number(text[at]) + 1) % 10}${text.slice(at + 1)}`);
        expect(() => loadModel(path)).toThrow(expect.objectContaining({ code: 'ERR_MODEL_FILE' }));
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ['a notebook', '{"nbformat": 4, "cells": []}', 'expected a file of format "labmill-model", got another kind'],
    ['a transformer', '{"format": "labmill-transformer", "version": 1}', 'got another kind'],
    ['a file of a newer release', '{"format": "labmill-model", "version": 2}', 'expected version 1 or older, got 2'],
    ['bytes that are no JSON', '\u0080\u0004\u0095pickle', 'damaged or truncated'],
  ])('refuses %s', (_what, text, message) => {
    const path = join(temporaryFolder(), 'model.json');
    writeFileSync(path, text);
    expect(() => loadModel(path)).toThrow(
      expect.objectContaining({ code: 'ERR_MODEL_FILE', message: expect.stringContaining(message) }),
    );
  });

  test.each([
    ['an unknown estimator', () => ({ estimator: { kind: 'Oracle' } })],
    [
      'fewer coefficients than features',
      ({ estimator }: Record<string, object>) => ({
        estimator: { ...estimator, learned: { coef: [1], intercept: 0 } },
      }),
    ],
    ['a field that it does not know', () => ({ hook: 'process.exit()' })],
    ['a metric that is no number', () => ({ metrics: { r2: '0.9' } })],
  ])('refuses %s, also with the right checksum', (_what, change) => {
    expect(() => loadModel(forged(change as never))).toThrow(
      expect.objectContaining({ code: 'ERR_MODEL_FILE', message: expect.stringContaining('damaged: ') }),
    );
  });

  test('refuses a file that is larger than it may be', () => {
    const path = saved();
    expect(() => loadModel(path, { maxBytes: 10 })).toThrow(
      expect.objectContaining({
        code: 'ERR_MODEL_FILE',
        message: expect.stringContaining('expected at most 10 bytes'),
      }),
    );
  });

  test('reports a file that is not there', () => {
    expect(() => loadModel('no-such-model.json')).toThrow(expect.objectContaining({ code: 'ERR_FILE_READ' }));
  });
});

describe('saveModel', () => {
  test('writes equal files for equal models', () => {
    expect(readFileSync(saved(), 'utf8')).toBe(readFileSync(saved(), 'utf8'));
  });

  test('writes names, types and classes for people to read', () => {
    const classifier = new LogisticRegression().fit(X.select(['a']), ['no', 'no', 'yes', 'yes']);
    expect(JSON.parse(readFileSync(saved({}, classifier), 'utf8'))).toMatchObject({
      format: 'labmill-model',
      schema: { features: [{ name: 'a', type: 'number' }] },
      classes: ['no', 'yes'],
      estimator: { kind: 'LogisticRegression', params: { C: 1 } },
    });
  });

  test.each([
    ['a model before fit', () => saved({}, new LinearRegression()), 'ERR_NOT_FITTED', 'LinearRegression: expected fit'],
    ['a metric that is NaN', () => saved({ metrics: { r2: NaN } }), 'ERR_MODEL_FILE', 'got NaN in "r2"'],
    ['an invalid date', () => saved({ createdAt: new Date('never') }), 'ERR_INVALID_ARGUMENT', 'createdAt'],
  ])('refuses %s', (_what, act, code, message) => {
    expect(act).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });
});

describe('dataHash', () => {
  const base = dataHash({
    X: [
      [1, 2],
      [3, 4],
    ],
    y: ['a', 'b'],
  });

  test('is the same for the same values in another form', () => {
    expect(dataHash({ X: { data: Float64Array.of(1, 2, 3, 4), rows: 2, columns: 2 }, y: ['a', 'b'] })).toBe(base);
  });

  test.each([
    [
      'a value',
      {
        X: [
          [1, 2],
          [3, 5],
        ],
        y: ['a', 'b'],
      },
    ],
    [
      'a label',
      {
        X: [
          [1, 2],
          [3, 4],
        ],
        y: ['a', 'c'],
      },
    ],
    [
      'the order of the rows',
      {
        X: [
          [3, 4],
          [1, 2],
        ],
        y: ['b', 'a'],
      },
    ],
    ['the names', { X: Table.fromColumns({ a: [1, 3], b: [2, 4] }), y: ['a', 'b'] }],
  ])('changes with %s', (_what, data) => {
    expect(dataHash(data)).not.toBe(base);
  });

  test('covers strings', () => {
    const hash = (s: string) =>
      dataHash({ X: new OneHotEncoder().fitTransform(Table.fromColumns({ s: [s, 'b'] })), y: [1, 2] });
    expect(hash('a')).not.toBe(hash('c'));
  });
});
