import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { writeFileAtomic } from 'labmill';
import { download, readCsv, type Row, Table, writeCsv } from 'labmill/data';
import { git } from './git.ts';
import { type Options, step } from './options.ts';
import { proofOf, type Source } from './report.ts';
import { publishSources, whileServing } from './sources.ts';

/** The sha256 of the bundled measurements, pinned like that of any file from elsewhere. */
const measurementsSha256 = '4cd9b5a285c73409597c96911538eaa447f7cc3001bfc617a8dfc4102b7045c7';

const maxBytes = 10 * 1024 * 1024;

/** What the steps write, apart from the folder of the download, in which one that broke off goes on. */
const folders = ['published', 'clone', 'raw'];
const files = ['sources.json', 'tumours.csv', 'train.csv', 'test.csv', 'selector.json', 'model.json', 'report.json'];

/**
 * Step 1: gets the data in three parts, each in its own way, into `raw/`: the measurements by a download with a
 * checksum, the diagnoses by a git clone, the worst values by an SQL query. `sources.json` tells what came from where.
 */
await step(async (options) => {
  const { out } = options;
  // A run that fails must not leave the report of the one before it.
  for (const name of [...folders, ...files]) rmSync(join(out, name), { recursive: true, force: true });
  mkdirSync(join(out, 'raw'), { recursive: true });
  const { measurements, repository, database } = await publishSources(join(out, 'published'));
  const sources: Source[] = [
    await getMeasurements(options, measurements),
    await getDiagnoses(out, repository),
    getWorstValues(out, database),
  ];
  writeFileAtomic(join(out, 'sources.json'), `${JSON.stringify(sources, null, 2)}\n`);
  for (const source of sources) console.error(`get-data: ${source.rows} rows by ${source.kind}, ${proofOf(source)}`);
});

/** By HTTP, from the address that was given, else from a server that runs as long as it is needed. */
async function getMeasurements(options: Options, measurements: string): Promise<Source> {
  const { out, dataUrl, sha256 = measurementsSha256 } = options;
  const file = 'measurements.csv';
  const get = async (url: string, mirror?: string): Promise<Source> => {
    const cacheDir = join(out, 'download');
    const path = await download({ url, sha256, maxBytes, cacheDir, ...(mirror === undefined ? {} : { mirror }) });
    // Moved away, so that the next run has to ask for it again.
    renameSync(path, join(out, 'raw', file));
    return { kind: 'http', file, address: url, rows: rowCount(out, file), sha256 };
  };
  // No mirror has what only this machine serves.
  return dataUrl === undefined ? whileServing(file, measurements, (url) => get(url, '')) : get(dataUrl);
}

/** By a clone of the newest commit. */
async function getDiagnoses(out: string, repository: string): Promise<Source> {
  const file = 'diagnoses.csv';
  const address = pathToFileURL(repository).href;
  await git(out, 'clone', '--quiet', '--depth=1', address, 'clone');
  const commit = await git(join(out, 'clone'), 'rev-parse', 'HEAD');
  renameSync(join(out, 'clone', file), join(out, 'raw', file));
  rmSync(join(out, 'clone'), { recursive: true });
  return { kind: 'git', file, address, rows: rowCount(out, file), commit };
}

/** By a query, in the order of the database. */
function getWorstValues(out: string, path: string): Source {
  const file = 'worst-values.csv';
  const query = 'SELECT * FROM worst_values ORDER BY "worst area"';
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    writeCsv(join(out, 'raw', file), Table.fromRecords(database.prepare(query).all() as Row[]));
  } finally {
    database.close();
  }
  return { kind: 'sql', file, address: pathToFileURL(path).href, rows: rowCount(out, file), query };
}

function rowCount(out: string, file: string): number {
  return readCsv(join(out, 'raw', file)).rowCount;
}
