import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { formatNotebook } from 'labmill/notebook';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { aNotebook, code } from './a-notebook.ts';
import { installKernel, type JupyterHome, jupyterHome, root } from './jupyter.ts';

/** Screenshots to look at. */
export const pictures: string = join(root, 'reports/e2e');

/** The front ends by their commands: `jupyter lab`, `jupyter notebook`. */
export type Program = 'lab' | 'notebook';

/** A Jupyter server on this repository, with the kernel installed, and a browser on it. */
export interface FrontEnd {
  /** Opens a notebook by its path in the repository, and waits for its kernel. */
  open(notebook: string): Promise<Page>;
  /** Closes what `open` has opened; of a test that has `failed`, by its name, the screens go to `reports/e2e` first. */
  closePages(failed: string | undefined): Promise<void>;
  close(): Promise<void>;
}

/** Starts a front end with the Python that is given and Debian's Chromium. */
export async function startFrontEnd(python: string, program: Program): Promise<FrontEnd> {
  const home = jupyterHome();
  installKernel(home);
  withoutNews(home);
  const token = randomUUID();
  const server = spawn(
    join(dirname(python), `jupyter-${program}`),
    [
      '--no-browser',
      '--allow-root',
      '--port=0',
      '--expose-app-in-browser',
      `--IdentityProvider.token=${token}`,
      `--ServerApp.root_dir=${root}`,
    ],
    { env: home.env, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const address = await addressOf(server);
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
    ],
  });
  const path = { lab: 'lab/tree', notebook: 'notebooks' }[program];
  return {
    open: (notebook) => open(browser, `${address}${path}/${notebook}?token=${token}&reset`),
    closePages: async (failed) => {
      for (const page of browser.contexts().flatMap((context) => context.pages())) {
        if (failed !== undefined) await page.screenshot({ path: join(pictures, `failed-${failed}.png`) });
        await page.close();
      }
    },
    close: async () => {
      await browser.close();
      server.kill('SIGINT');
      server.kill('SIGTERM');
      await new Promise((resolve) => server.once('exit', resolve));
      home[Symbol.dispose]();
    },
  };
}

/** Keeps the front ends from asking whether they may fetch news. */
function withoutNews({ folder }: JupyterHome): void {
  const config = join(folder, 'config/labconfig');
  mkdirSync(config, { recursive: true });
  const disabledExtensions = { '@jupyterlab/apputils-extension:announcements': true };
  writeFileSync(join(config, 'page_config.json'), JSON.stringify({ disabledExtensions }));
}

/** Writes a notebook of these code cells to `out/e2e/NAME.ipynb`, and returns its path in the repository. */
export function writeCells(name: string, ...sources: string[]): string {
  const path = `out/e2e/${name}.ipynb`;
  const kernelspec = { name: 'labmill', display_name: 'TypeScript (Labmill)', language: 'typescript' };
  const cells = sources.map((source, index) => code(source, { id: `cell-${index + 1}` }));
  mkdirSync(join(root, 'out/e2e'), { recursive: true });
  writeFileSync(join(root, path), formatNotebook(aNotebook(cells, { metadata: { kernelspec } })));
  return path;
}

/** What the tests use of JupyterLab's application object, which `--expose-app-in-browser` makes a global. */
interface LabApplication {
  readonly commands: { execute(id: string, args?: object): Promise<unknown> };
  readonly shell: { readonly currentWidget: { readonly sessionContext: { readonly ready: Promise<void> } } };
}

/** Runs one of JupyterLab's commands in the page. */
export async function command(page: Page, name: string, args: object = {}): Promise<void> {
  await page.evaluate(
    ([id, given]) => {
      const { jupyterapp } = globalThis as unknown as { jupyterapp: LabApplication };
      // Not awaited: "run all" resolves when the last cell has ended, which is what the test looks at.
      void jupyterapp.commands.execute(id, given);
    },
    [name, args] as const,
  );
}

/** Returns a code cell by its index, from 0. */
export function cellOf(page: Page, index: number): Locator {
  return page.locator('.jp-CodeCell').nth(index);
}

/** Returns what stands below a code cell. */
export function outputOf(page: Page, index: number): Locator {
  return cellOf(page, index).locator('.jp-OutputArea');
}

/** Runs one code cell. */
export async function runCell(page: Page, index: number): Promise<void> {
  await cellOf(page, index).locator('.jp-InputArea-prompt').click();
  await command(page, 'notebook:run-cell');
}

/** Runs all cells and waits until none runs or waits to run. */
export async function runAll(page: Page, timeoutMs = 90_000): Promise<void> {
  await command(page, 'notebook:run-all-cells');
  await page.waitForFunction(
    () => {
      const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(
        (prompt) => prompt.textContent ?? '',
      );
      return prompts.some((text) => /\d/.test(text)) && !prompts.some((text) => text.includes('*'));
    },
    undefined,
    { timeout: timeoutMs },
  );
}

/** Waits until the kernel computes. */
export async function busy(page: Page): Promise<void> {
  await page.waitForSelector('.jp-Notebook-ExecutionIndicator[data-status="busy"]');
}

/** Writes `reports/e2e/NAME-light.png` and `NAME-dark.png`, to look at. */
export async function photograph(page: Page, name: string): Promise<void> {
  for (const [theme, suffix] of [
    ['JupyterLab Dark', 'dark'],
    ['JupyterLab Light', 'light'],
  ] as const) {
    await command(page, 'apputils:change-theme', { theme });
    await page.waitForSelector(`body[data-jp-theme-name="${theme}"]`, { state: 'attached' });
    // The curtain that JupyterLab draws over a change of the theme.
    await page.waitForSelector('#jupyterlab-splash', { state: 'detached' });
    await page.screenshot({ path: join(pictures, `${name}-${suffix}.png`) });
  }
}

async function open(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
  page.setDefaultTimeout(20_000);
  await page.goto(url);
  await page.waitForSelector('.jp-NotebookPanel-notebook .jp-CodeCell', { timeout: 60_000 });
  // Before its session is there, JupyterLab answers a command with the question which kernel to start.
  await page.evaluate(async () => {
    await (globalThis as unknown as { jupyterapp: LabApplication }).jupyterapp.shell.currentWidget.sessionContext.ready;
  });
  return page;
}

function addressOf(server: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let said = '';
  server.stderr!.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    const match = /(http:\/\/127\.0\.0\.1:\d+\/)/.exec(said);
    if (match !== null) resolve(match[1]!);
  });
  server.once('exit', () => reject(new Error(`Jupyter did not start:\n${said}`)));
  return promise;
}
