/** The kernel's door: what hosts of kernels (the runner, the command line) need, and packages that bring magics. */
export { kernelCommand } from './kernel-command.ts';
export { type ConnectionInfo, endpoint, readConnectionFile } from './wire/connection-file.ts';
export { executeRequest } from './wire/execute-request.ts';
export { freePorts } from './wire/free-ports.ts';
export {
  createMessage,
  decodeMessage,
  encodeMessage,
  type JupyterMessage,
  type MessageHeader,
  type MessageOrigin,
  PROTOCOL_VERSION,
  WireError,
} from './wire/message.ts';
export { dataFolders, type Machine, prefixDataFolder, thisMachine, userDataFolder } from './install/jupyter-paths.ts';
export { type InstalledKernel, installedKernels } from './install/installed-kernels.ts';
export {
  installKernel,
  KERNEL_NAME,
  type KernelSpec,
  type KernelSpecOptions,
  kernelSpec,
  uninstallKernel,
} from './install/kernelspec.ts';
export { sysPrefix } from './install/sys-prefix.ts';
export {
  type CellMagic,
  type LineMagic,
  type MagicContext,
  registerCellMagic,
  registerLineMagic,
  UsageError,
} from './runtime/magics/registry.ts';
