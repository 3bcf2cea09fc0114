import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

/** A process of this machine. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  /** The process group that it belongs to. */
  readonly group: number;
  /** Its state in one letter, as `ps` tells it: `R` runs, `S` waits for something, `Z` has ended. */
  readonly state: string;
}

/** How long processes have to end after SIGTERM, in milliseconds, and how often that is looked at. */
const TERM_GRACE_MS = 300;
const LOOK_AGAIN_MS = 10;

/** Returns the processes of this machine, the eldest first; on Windows, which tells it to nobody quickly, none. */
export async function listProcesses(): Promise<ProcessEntry[]> {
  if (process.platform === 'win32') return [];
  // No `ps`: containers often have none.
  if (process.platform === 'linux') return linuxProcesses();
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat=']);
  return parsePs(stdout).toSorted((a, b) => a.pid - b.pid);
}

/** Parses the output of `ps -o pid=,ppid=,pgid=,stat=`. */
export function parsePs(text: string): ProcessEntry[] {
  return text
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields.length === 4)
    .map(([pid, parent, group, stat]) => ({
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      state: stat!.slice(0, 1),
    }));
}

/** Returns what `pid` has started, directly and through others, in the order of `processes`. */
export function descendantsOf(pid: number, processes: readonly ProcessEntry[]): ProcessEntry[] {
  const family = new Set([pid]);
  // Parents are elder than their children, so one pass finds all.
  return processes.filter((entry) => family.has(entry.parent) && family.add(entry.pid));
}

/**
 * Signals the process that this one waits for in a system call such as that of `execSync`, with all that it has started: the
 * youngest child, if this process's main thread waits at all.
 */
export async function signalAwaitedChild(signal: NodeJS.Signals): Promise<void> {
  const processes = await listProcesses();
  const self = processes.find(({ pid }) => pid === process.pid);
  const child = processes.findLast(({ parent, state }) => parent === process.pid && state !== 'Z');
  if (child === undefined || self?.state === 'R') return;
  for (const { pid } of [child, ...descendantsOf(child.pid, processes)]) send(pid, signal);
}

/** Ends what this process has started and not put into a process group of its own. */
export async function endDescendants(): Promise<void> {
  const living = async (): Promise<ProcessEntry[]> => {
    const processes = await listProcesses();
    const group = processes.find(({ pid }) => pid === process.pid)?.group;
    return descendantsOf(process.pid, processes).filter((entry) => entry.group === group && entry.state !== 'Z');
  };
  for (const { pid } of await living()) send(pid, 'SIGTERM');
  const deadline = performance.now() + TERM_GRACE_MS;
  for (let left = await living(); left.length > 0; left = await living()) {
    if (performance.now() > deadline) return left.forEach(({ pid }) => send(pid, 'SIGKILL'));
    await wait(LOOK_AGAIN_MS);
  }
}

/** See proc_pid_stat(5): the name, in parentheses, may hold anything; the fields behind it are numbers but for the state. */
function linuxProcesses(): ProcessEntry[] {
  const entries: Array<ProcessEntry & { readonly startedAt: number }> = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const [state = '', parent, group] = fields;
      entries.push({
        pid: Number(pid),
        parent: Number(parent),
        group: Number(group),
        state,
        startedAt: Number(fields[19]),
      });
    } catch {
      // It has ended in the meantime.
    }
  }
  return entries.toSorted((a, b) => a.startedAt - b.startedAt || a.pid - b.pid);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}
