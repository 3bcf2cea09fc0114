import type { ConnectionInfo } from '../wire/connection-file.ts';
import { PROTOCOL_VERSION } from '../wire/message.ts';

/** Returns the content of `kernel_info_reply`. */
export function kernelInfo(version: string): Record<string, unknown> {
  return {
    status: 'ok',
    protocol_version: PROTOCOL_VERSION,
    implementation: 'labmill',
    implementation_version: version,
    language_info: {
      name: 'typescript',
      version: process.versions.node,
      mimetype: 'text/typescript',
      file_extension: '.ts',
      pygments_lexer: 'typescript',
      codemirror_mode: { name: 'javascript', typescript: true },
      nbconvert_exporter: 'script',
    },
    banner: `Labmill ${version}: TypeScript on Node ${process.versions.node}`,
    help_links: [
      { text: 'TypeScript handbook', url: 'https://www.typescriptlang.org/docs/handbook/' },
      { text: 'Node.js', url: 'https://nodejs.org/docs/latest/api/' },
    ],
    debugger: false,
    supported_features: ['kernel subshells'],
  };
}

/** Returns the content of `connect_reply`: the ports of the connection file. */
export function connectInfo(connection: ConnectionInfo): Record<string, unknown> {
  const { shell_port, iopub_port, stdin_port, control_port, hb_port } = connection;
  return { status: 'ok', shell_port, iopub_port, stdin_port, control_port, hb_port };
}

/** Returns the content of `debug_reply` of a kernel without a debugger: a failed response of the Debug Adapter Protocol. */
export function noDebugger(request: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { seq = 0, command = '' } = request;
  return {
    type: 'response',
    seq: 0,
    request_seq: seq,
    success: false,
    command,
    message: 'this kernel has no debugger',
  };
}
