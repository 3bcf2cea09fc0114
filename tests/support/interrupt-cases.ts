/** A WebAssembly module with one function, `f`, that loops for ever. */
const LOOP_IN_WASM = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 9, 1, 7, 0, 3, 64, 12, 0, 11,
  11,
];
const sleep100 = 'sleep", ["100"]';

/** Cells that never end, and what each of them is. Each prints `begun` where an interrupt is to hit it. */
export const endlessCells: ReadonlyArray<readonly [what: string, code: string]> = [
  ['a loop', 'console.log("begun"); while (true) {}'],
  ['a loop that catches', 'console.log("begun"); for (;;) { try { while (true) {} } catch {} }'],
  ['a loop in `finally`', 'console.log("begun"); try { for (;;); } finally { for (;;); }'],
  ['a loop behind an `await`', 'await 1; console.log("begun"); for (;;);'],
  ['a regular expression that never ends', 'console.log("begun"); void /^(a+)+$/.test("a".repeat(40) + "b")'],
  ['a sort whose comparator never ends', 'console.log("begun"); [3, 2, 1].sort(() => { for (;;); })'],
  ['a generator', 'function* all() { for (;;) yield 1 }\nconsole.log("begun"); for (const _ of all()) {}'],
  [
    'an asynchronous generator',
    'async function* all() { for (;;) yield 1 }\nconsole.log("begun"); for await (const _ of all()) {}',
  ],
  ['a trap of a Proxy', 'console.log("begun"); void new Proxy({}, { get() { for (;;); } }).x'],
  ['`toString`', 'console.log("begun"); `${{ toString() { for (;;); } }}`'],
  ['`toJSON`', 'console.log("begun"); JSON.stringify({ toJSON() { for (;;); } })'],
  [
    'a value that never ends to inspect itself',
    'console.log("begun"); ({ [Symbol.for("nodejs.util.inspect.custom")]() { for (;;); } })',
  ],
  [
    'a value that never ends to show itself',
    'console.log("begun"); ({ [Symbol.for("Jupyter.display")]() { for (;;); } })',
  ],
  [
    'a value whose display is pending',
    'console.log("begun"); ({ [Symbol.for("Jupyter.display")]: () => new Promise(() => {}) })',
  ],
  [
    'WebAssembly',
    `const { instance } = await WebAssembly.instantiate(Uint8Array.from(${JSON.stringify(LOOP_IN_WASM)}))\nconsole.log("begun"); instance.exports.f()`,
  ],
  ['Atomics.wait', 'console.log("begun"); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)'],
  [
    'a loop of system calls',
    'import { readFileSync } from "node:fs"\nconsole.log("begun"); for (;;) readFileSync("package.json")',
  ],
  ['a loop that prints', 'for (;;) console.log("begun")'],
  ['a loop that displays', 'console.log("begun"); for (;;) display(1)'],
  [
    'a listener that never ends',
    'import { EventEmitter } from "node:events"\nconst emitter = new EventEmitter().on("a", () => { for (;;); })\nconsole.log("begun"); emitter.emit("a")',
  ],
  ['a pending `await`', 'console.log("begun"); await new Promise(() => {})'],
  ['a loop of `await`s', 'console.log("begun"); for (;;) await null'],
  ['a loop of `await`s that catches', 'console.log("begun"); for (;;) try { await null } catch {}'],
  [
    'nested functions that catch',
    'console.log("begun"); await (async () => { for (;;) try { await (async () => { for (;;) try { await null; for (;;); } catch {} })() } catch {} })()',
  ],
  [
    'a loop of `await`s in `finally`',
    'console.log("begun"); try { await new Promise(() => {}) } finally { for (;;) await null }',
  ],
  ['a storm of microtasks', 'console.log("begun"); await (async () => { for (;;) await null })()'],
  [
    'a storm of queueMicrotask',
    'queueMicrotask(function again() { queueMicrotask(again) }); console.log("begun"); await new Promise(() => {})',
  ],
  [
    'a storm of process.nextTick',
    'process.nextTick(function again() { process.nextTick(again) }); console.log("begun"); await new Promise(() => {})',
  ],
  ['a loop in a timer', 'setTimeout(() => { console.log("begun"); for (;;); }, 1); await new Promise(() => {})'],
  ['a loop in setImmediate', 'setImmediate(() => { console.log("begun"); for (;;); }); await new Promise(() => {})'],
  [
    'a loop in a promise callback',
    'void Promise.resolve().then(() => { console.log("begun"); for (;;); }); await new Promise(() => {})',
  ],
  [
    'a loop in a file callback',
    'import { readFile } from "node:fs"\nreadFile("/", () => { console.log("begun"); for (;;); }); await new Promise(() => {})',
  ],
  [
    'a retry loop',
    'console.log("begun"); for (;;) { try { await new Promise((resolve) => setTimeout(resolve, 5)); console.log("try") } catch {} }',
  ],
  [
    'a retry loop in a function',
    'console.log("begun"); await (async () => { for (;;) { await new Promise((r) => setTimeout(r, 5)); console.log("try") } })()',
  ],
  [
    'a timer that prints',
    'console.log("begun"); setInterval(() => console.log("tick"), 5); await new Promise(() => {})',
  ],
  ['a command', '!echo begun; sleep 100'],
  ['a command in a function', 'await (async () => {\n!echo begun; sleep 100; echo no\n})()'],
  ['a script of bash', '%%bash\necho begun; sleep 100'],
  ['%timeit', '%timeit console.log("begun")'],
  ['execSync', 'import { execSync } from "node:child_process"\nconsole.log("begun"); execSync("sleep 100")'],
  [
    'a loop of spawnSync',
    `import { spawnSync } from "node:child_process"\nconsole.log("begun"); for (;;) spawnSync("${sleep100})`,
  ],
  [
    'spawn',
    `import { spawn } from "node:child_process"\nconsole.log("begun"); await new Promise((r) => spawn("${sleep100}).on("exit", r))`,
  ],
  ['execa', `import { execa } from "execa"\nconsole.log("begun"); await execa("${sleep100})`],
  ['a question to the user', 'console.log("begun"); input("?")'],
];
