import { readFileSync } from 'node:fs';
import { KernelStartError } from '../../base/errors.ts';

/**
 * What a connection file says: where the five sockets are and how messages are signed.
 * Field names are the file's own (Jupyter client documentation, "Connection files").
 */
export interface ConnectionInfo {
  readonly transport: 'tcp' | 'ipc';
  /** An address for `tcp`; a path prefix for `ipc`. */
  readonly ip: string;
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly control_port: number;
  readonly hb_port: number;
  /** The HMAC key; empty when messages are not signed. */
  readonly key: string;
  readonly signature_scheme: 'hmac-sha256';
}

const PORTS = ['shell_port', 'iopub_port', 'stdin_port', 'control_port', 'hb_port'] as const;

/**
 * Reads a connection file. Checked by hand rather than with a schema library: this is on the path of the kernel's start.
 *
 * @throws KernelStartError when the file is missing or not a connection file
 */
export function readConnectionFile(path: string): ConnectionInfo {
  const value = parse(path);
  const fault = faultOf(value);
  if (fault !== undefined) throw new KernelStartError(`${path}: not a connection file: ${fault}`);
  return value as unknown as ConnectionInfo;
}

/** Returns the ZeroMQ endpoint of one of the ports. */
export function endpoint({ transport, ip }: ConnectionInfo, port: number): string {
  return transport === 'ipc' ? `ipc://${ip}-${port}` : `tcp://${ip}:${port}`;
}

function parse(path: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch (cause) {
    throw new KernelStartError(`${path}: the connection file could not be read`, { cause });
  }
}

function faultOf(value: Record<string, unknown>): string | undefined {
  if (value['transport'] !== 'tcp' && value['transport'] !== 'ipc') return 'expected transport "tcp" or "ipc"';
  if (typeof value['ip'] !== 'string' || value['ip'] === '') return 'expected an ip';
  if (typeof value['key'] !== 'string') return 'expected a key';
  if (value['signature_scheme'] !== 'hmac-sha256') return 'expected signature_scheme "hmac-sha256"';
  const port = PORTS.find((name) => !isPort(value[name]));
  return port === undefined ? undefined : `expected ${port} of 1 … 65535`;
}

function isPort(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65535;
}
