import { defineGlobals } from './define-globals.ts';
import { displayTo } from './display/display-handle.ts';
import { json } from './display/json.ts';
import { audio, image } from './display/media.ts';
import { progressTo } from './display/progress.ts';
import { html, latex, md, svg } from './display/templates.ts';
import type { Names } from './names.ts';
import { otherKernels } from './other-kernels/other-kernels.ts';
import type { Output } from './output.ts';

/**
 * Gives cells the kernel's own functions. They are properties of the global object, so that a notebook's local modules can
 * show things, too; cells may declare the names for themselves. What other kernels offer only cells see.
 */
export function installGlobals(output: Output, names: Names): void {
  defineGlobals({
    display: displayTo(output),
    progress: progressTo(output),
    html,
    svg,
    md,
    latex,
    json,
    image,
    audio,
    clearOutput: ({ wait = false }: { readonly wait?: boolean } = {}) => output.clear(wait),
    _exitCode: undefined,
  });
  Object.assign(names.foreign, otherKernels(output));
}
