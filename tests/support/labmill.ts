import { runCommandLine } from '../../src/cli/command-line.ts';

/** Runs a command line in this process and returns its exit code and what it printed. */
export async function labmill(...args: string[]): Promise<{ exitCode: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const exitCode = await runCommandLine(args, {
    writeOut: (text) => void (out += text),
    writeErr: (text) => void (err += text),
  });
  return { exitCode, out, err };
}
