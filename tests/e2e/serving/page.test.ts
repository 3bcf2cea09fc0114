import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadIris } from 'labmill/data';
import { StandardScaler } from 'labmill/preprocessing';
import { type PredictionServer, startPredictionServer } from 'labmill/serving';
import { LogisticRegression, Pipeline } from 'labmill/training';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../support/jupyter.ts';
import { passengerModel } from '../../support/served-models.ts';

/** Screenshots to look at. */
const pictures = join(root, 'reports/e2e');

let browser: Browser;
let passengers: PredictionServer;
let iris: PredictionServer;
/** What the browser complained about: blocked scripts and styles, errors, requests to elsewhere. */
let complaints: string[] = [];

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  const { table, featureNames, y } = loadIris();
  const classifier = new Pipeline({ steps: [new StandardScaler()], estimator: new LogisticRegression() });
  iris = await startPredictionServer(classifier.fit(table.select(featureNames), y), { name: 'iris', port: 0 });
  passengers = await startPredictionServer(passengerModel(), { name: 'passengers', port: 0 });
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
});

afterAll(async () => {
  await browser?.close();
  await Promise.all([iris?.close(), passengers?.close()]);
});

afterEach(() => {
  complaints = [];
});

async function open(url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1000, height: 760 }, ...options });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on(
    'console',
    (message) => message.text().includes('Content Security Policy') && complaints.push(message.text()),
  );
  page.on('request', (request) => !request.url().startsWith(new URL(url).origin) && complaints.push(request.url()));
  await page.goto(url);
  return page;
}

const looks: readonly (readonly [string, BrowserContextOptions])[] = [
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['phone', { viewport: { width: 375, height: 800 } }],
];

describe('the page of a served model', () => {
  test.each(looks)('predicts what was typed (%s)', async (look, options) => {
    const page = await open(passengers.url, options);
    await page.getByLabel('class').selectOption('3');
    await page.getByLabel('sex').selectOption('male');
    await page.getByLabel('age').fill('61');
    await page.getByRole('button', { name: 'Predict' }).click();
    const result = page.locator('[aria-live="polite"]');
    await result.getByText('Prediction: died', { exact: true }).waitFor();
    await page.screenshot({ path: join(pictures, `form-${look}.png`), fullPage: true });
    expect(await page.locator('#probabilities li').allTextContents()).toEqual([
      expect.stringMatching(/^died\d+\.\d %$/),
      expect.stringMatching(/^survived\d+\.\d %$/),
    ]);
    const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect([complaints, isWide]).toEqual([[], false]);
    await page.close();
  });

  test('shows a curl line that gives the same prediction when it is pasted', async () => {
    const page = await open(passengers.url);
    await page.getByLabel('sex').selectOption('male');
    const line = (await page.locator('#curl').textContent())!;
    const { stdout } = await promisify(execFile)('sh', ['-c', line]);
    expect(JSON.parse(stdout)).toMatchObject({ predictions: ['died'], model: { name: 'passengers' } });
    await page.close();
  });

  test('works with the keyboard alone', async () => {
    const page = await open(passengers.url);
    await page.keyboard.press('Tab');
    await page.keyboard.type('2');
    await page.keyboard.press('Tab');
    await page.keyboard.type('male');
    await page.keyboard.press('Tab');
    await page.keyboard.type('30');
    await page.keyboard.press('Enter');
    await page.getByText('Prediction: died', { exact: true }).waitFor();
    await page.close();
  });

  test('shows what is wrong beside its field, and goes there', async () => {
    const page = await open(iris.url);
    const field = page.getByLabel('petal width');
    await field.fill('');
    await page.getByRole('button', { name: 'Predict' }).click();
    await page.getByText('Expected a number, got nothing').waitFor();
    await page.screenshot({ path: join(pictures, 'form-error.png'), fullPage: true });
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    const described = await field.getAttribute('aria-describedby');
    expect(await page.locator(`#${described}`).textContent()).toBe('Expected a number, got nothing');
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.close();
  });

  test('begins with a row that can be predicted, and says when the server has gone', async () => {
    const server = await startPredictionServer(passengerModel(), { port: 0 });
    const page = await open(server.url);
    const press = () => page.getByRole('button', { name: 'Predict' }).click();
    await press();
    await page.getByText(/^Prediction: /).waitFor();
    await server.close();
    await press();
    await page.getByRole('alert').getByText('The server does not answer').waitFor();
    await page.close();
  });
});

describe('the page of the API', () => {
  test.each(looks)('shows itself without asking another server (%s)', async (look, options) => {
    const page = await open(`${iris.url}/docs`, options);
    await page.getByText('Predicts with iris').click();
    await page.getByText('Try it out').click();
    await page.getByText('Execute', { exact: true }).click();
    await page.locator('.responses-table.live-responses-table').getByText('versicolor').first().waitFor();
    await page.screenshot({ path: join(pictures, `docs-${look}.png`) });
    expect(complaints).toEqual([]);
    await page.close();
  });
});
