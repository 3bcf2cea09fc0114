import { autoreload } from './autoreload.ts';
import { env } from './environment.ts';
import { cd, ls, pwd } from './folders.ts';
import { allHelp, magicTable } from './list-magics.ts';
import { load } from './load.ts';
import { reset, who, whos } from './notebook-names.ts';
import { npm } from './npm.ts';
import { type CellMagic, cellMagics, type LineMagic, lineMagics, type Magics } from './registry.ts';
import { run } from './run.ts';
import { bash, sh } from './script.ts';
import { showing } from './show-body.ts';
import { time, timeCell } from './time.ts';
import { timeit, timeitCell } from './timeit.ts';
import { writefile } from './write-file.ts';

const lsmagic: LineMagic = {
  summary: 'lists the magics',
  run: () => magicTable(lineMagics(LINE_MAGICS), cellMagics(CELL_MAGICS)),
};

const magic: LineMagic = {
  summary: 'shows the help of all magics',
  run(_args, { payloads }) {
    const text = allHelp(lineMagics(LINE_MAGICS), cellMagics(CELL_MAGICS));
    payloads.push({ source: 'page', data: { 'text/plain': text }, start: 0 });
  },
};

/** The kernel's own `%name arguments`. */
export const LINE_MAGICS: Magics<LineMagic> = new Map(
  Object.entries({ autoreload, cd, env, load, ls, lsmagic, magic, npm, pwd, reset, run, time, timeit, who, whos }),
);

/** The kernel's own `%%name arguments`. */
export const CELL_MAGICS: Magics<CellMagic> = new Map(
  Object.entries({ bash, sh, time: timeCell, timeit: timeitCell, writefile, ...showing }),
);
