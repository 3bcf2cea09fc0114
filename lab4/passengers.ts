import { join } from 'node:path';
import { ChecksumError, sha256File } from 'labmill';
import { readCsv, type Table } from 'labmill/data';
import { OneHotEncoder, SimpleImputer } from 'labmill/preprocessing';

/** A version of the data, before it is in any repository. */
export interface DataVersion {
  /** The git tag. */
  readonly tag: string;
  /** The message of the git commit. */
  readonly message: string;
  readonly passengers: Table;
}

/** As `data/README.md` says. */
const titanicSha256 = '4a437fde05fe5264e1701a7387ac6fb75393772ba38bb2c9c566405af5af4bd7';

/**
 * Returns the three versions: class, sex and age as they are; missing ages filled with the mean; sex one-hot encoded.
 * Whether somebody survived is in none of them: answers that never change need no versions, and the rows keep the order of
 * `titanic.csv`, where the answers are.
 *
 * @throws ChecksumError when `titanic.csv` was changed, FileReadError or CsvError when it cannot be read
 */
export async function passengerVersions(): Promise<DataVersion[]> {
  const raw = (await readTitanic(join(import.meta.dirname, 'data', 'titanic.csv'))).select(['Pclass', 'Sex', 'Age']);
  const ages = new SimpleImputer({ strategy: 'mean' }).fitTransform(raw.select(['Age']));
  const filled = raw.withColumn('Age', ages.numbers('Age'));
  const sex = new OneHotEncoder().fitTransform(filled.select(['Sex']));
  const encoded = sex.columnNames.reduce(
    (table, name) => table.withColumn(name, sex.numbers(name)),
    filled.drop(['Sex']),
  );
  return [
    { tag: 'v1', message: 'Track class, sex and age of the passengers', passengers: raw },
    { tag: 'v2', message: 'Fill missing ages with the mean', passengers: filled },
    { tag: 'v3', message: 'Encode sex as one column for each value', passengers: encoded },
  ];
}

async function readTitanic(path: string): Promise<Table> {
  const table = readCsv(path);
  const sum = await sha256File(path);
  if (sum === titanicSha256) return table;
  throw new ChecksumError(`${path}: expected sha256 ${titanicSha256}, got ${sum}. Restore the file from git.`);
}
