import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { installKernel, jupyterHome, root } from './jupyter.ts';

/** A JupyterLab server on this repository, with the kernel installed, and a browser on it. */
export interface Lab {
  /** Opens a notebook by its path in the repository. */
  open(notebook: string): Promise<Page>;
  close(): Promise<void>;
}

/** Starts JupyterLab with the Python that is given and Debian's Chromium. */
export async function startLab(python: string): Promise<Lab> {
  const home = jupyterHome();
  installKernel(home);
  const token = randomUUID();
  const server = spawn(
    join(dirname(python), 'jupyter-lab'),
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
  return {
    open: (notebook) => open(browser, `${address}lab/tree/${notebook}?token=${token}&reset`),
    close: async () => {
      await browser.close();
      server.kill('SIGINT');
      server.kill('SIGTERM');
      await new Promise((resolve) => server.once('exit', resolve));
      home[Symbol.dispose]();
    },
  };
}

/** What the tests use of JupyterLab's application object, which `--expose-app-in-browser` makes a global. */
interface LabApplication {
  readonly commands: { execute(id: string): Promise<unknown> };
  readonly shell: { readonly currentWidget: { readonly sessionContext: { readonly ready: Promise<void> } } };
}

/** Runs one of JupyterLab's commands in the page. */
export async function command(page: Page, name: string): Promise<void> {
  await page.evaluate((id) => {
    const { jupyterapp } = globalThis as unknown as { jupyterapp: LabApplication };
    // Not awaited: "run all" resolves when the last cell has ended, which is what the test looks at.
    void jupyterapp.commands.execute(id);
  }, name);
}

/** Waits until no cell of the page runs or waits to run. */
export async function allRun(page: Page, timeoutMs: number): Promise<void> {
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

async function open(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1400 } });
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
  server.once('exit', () => reject(new Error(`JupyterLab did not start:\n${said}`)));
  return promise;
}
