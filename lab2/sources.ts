import { createServer } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { formatCsv, loadBreastCancer, Table, writeCsv } from 'labmill/data';
import { git } from './git.ts';
import { measurementNames, worstNames } from './rows.ts';

/** Where the three parts of the data are to be had. */
export interface PublishedSources {
  /** The text of `measurements.csv`. */
  readonly measurements: string;
  /** The git repository with `diagnoses.csv`. */
  readonly repository: string;
  /** The SQLite file with the table `worst_values`. */
  readonly database: string;
}

/**
 * Publishes the bundled breast cancer data in three parts, so that there is something to get; two of them below
 * `folder`. The id of a tumour is the number of its row in the bundled data set. The diagnoses stand in an order of
 * their own: only the id tells what belongs together.
 */
export async function publishSources(folder: string): Promise<PublishedSources> {
  const { table } = loadBreastCancer();
  const ids = new Float64Array(table.rowCount).map((_, row) => row + 1);
  const all = table.withColumn('id', ids);
  const [repository, database] = [join(folder, 'diagnoses'), join(folder, 'worst-values.sqlite')];

  const [benign, malignant] = ['benign', 'malignant'].map((name) => all.filter((row) => row['diagnosis'] === name));
  const diagnoses = Table.fromRecords([...malignant!.records(), ...benign!.records()]).select(['id', 'diagnosis']);
  writeCsv(join(repository, 'diagnoses.csv'), diagnoses);
  await git(repository, 'init', '--quiet', '--initial-branch=main');
  await git(repository, 'add', 'diagnoses.csv');
  await git(repository, 'commit', '--quiet', '--message=Add the diagnoses of 569 tumours');

  writeDatabase(database, all.select(['id', ...worstNames]));
  return { measurements: formatCsv(all.select(['id', ...measurementNames])), repository, database };
}

/** Serves `text` on a port of the system's choice while `use` runs, which gets its address. */
export async function whileServing<T>(file: string, text: string, use: (url: string) => Promise<T>): Promise<T> {
  const server = createServer((request, response) => {
    const isThere = request.url === `/${file}`;
    response.writeHead(isThere ? 200 : 404, { 'content-type': 'text/csv; charset=utf-8' }).end(isThere ? text : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as { port: number };
    return await use(`http://127.0.0.1:${port}/${file}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function writeDatabase(path: string, table: Table): void {
  const columns = table.columnNames.map((name) => (name === 'id' ? 'id INTEGER PRIMARY KEY' : `"${name}" REAL`));
  const database = new DatabaseSync(path);
  try {
    database.exec(`BEGIN; CREATE TABLE worst_values (${columns.join(', ')})`);
    const insert = database.prepare(`INSERT INTO worst_values VALUES (${columns.map(() => '?').join(', ')})`);
    for (const row of table.records()) insert.run(...Object.values(row));
    database.exec('COMMIT');
  } finally {
    database.close();
  }
}
