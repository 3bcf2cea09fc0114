import { spawnSync } from 'node:child_process';
import { setGlobalProxyFromEnv } from 'node:http';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { download } from 'labmill/data';
import { root } from '../../support/jupyter.ts';

/** Where Groovy comes from; a mirror of Maven Central can be named instead. */
const repository = process.env['LABMILL_MAVEN_URL'] ?? 'https://repo1.maven.org/maven2';

const jars = [
  ['groovy', '6bcbec490ac1ade0dca6566dca9d02897cbb8fc31ee4008e950451aa83b1ac76'],
  ['groovy-json', '86eb1e7767136369f92680ef4956b6c02f1f6db7d13aeca7b7174d1986a8c25a'],
] as const;

/** A call in a Jenkinsfile: a directive or a step, with what is in its block. */
export interface Call {
  readonly name: string;
  readonly line: number;
  readonly args: Readonly<Record<string, unknown>>;
  readonly body?: readonly Call[];
}

/** What became of a Jenkinsfile: its `pipeline`, or why it is refused, with file, line and place. */
export interface DryRun {
  readonly tree?: Call;
  readonly error?: string;
}

/** Whether there is a Java here. */
export const hasJava: boolean = spawnSync('java', ['-version']).status === 0;

/** Returns the class path of a Groovy, which is downloaded once, past proxies that the environment names. */
export async function groovy(): Promise<string> {
  using _proxy = { [Symbol.dispose]: setGlobalProxyFromEnv() };
  const paths = jars.map(([name, sha256]) => {
    const url = `${repository}/org/apache/groovy/${name}/6.0.0/${name}-6.0.0.jar`;
    return download({ url, sha256, maxBytes: 20_000_000, cacheDir: join(root, '.cache') });
  });
  return (await Promise.all(paths)).join(delimiter);
}

/** Checks Jenkinsfiles with DryRun.groovy, all in one Java. */
export function dryRun(classPath: string, files: readonly string[]): DryRun[] {
  const here = fileURLToPath(new URL('.', import.meta.url));
  // For a program this short, the thorough compiler would take four fifths of the time.
  const java = ['-XX:TieredStopAtLevel=1', '-cp', `${classPath}${delimiter}${here}`, 'groovy.ui.GroovyMain'];
  const args = [...java, join(here, 'DryRun.groovy'), ...files];
  const { status, stdout, stderr } = spawnSync('java', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the dry run failed:\n${stderr}`);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as DryRun);
}

/** Returns a call and every call inside it, in the order of the file. */
export function everyCall(call: Call): Call[] {
  return [call, ...(call.body ?? []).flatMap(everyCall)];
}
