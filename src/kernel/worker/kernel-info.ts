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
    supported_features: [],
  };
}
