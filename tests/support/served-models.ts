import { Table } from 'labmill/data';
import { ColumnTransformer, OneHotEncoder, SimpleImputer, StandardScaler } from 'labmill/preprocessing';
import { LinearRegression, LogisticRegression, Pipeline } from 'labmill/training';

/** Passengers with a gap in `age`, a number as category and a string as category. */
export const passengers: Table = Table.fromColumns({
  class: [1, 3, 2, 3, 1, 2, 3, 1],
  sex: ['female', 'male', 'female', 'male', 'male', 'female', 'female', 'male'],
  age: [29, 22, 35, NaN, 54, 27, 4, 58],
});

const fates = ['survived', 'died', 'survived', 'died', 'died', 'survived', 'survived', 'died'];

/** Returns a classifier of passengers: `age` may be missing, `class` and `sex` are one of the known ones. */
export function passengerModel(): Pipeline {
  const preparation = new ColumnTransformer({
    transformers: [
      { columns: ['age'], steps: [new SimpleImputer(), new StandardScaler()] },
      { columns: ['class', 'sex'], steps: [new OneHotEncoder()] },
    ],
  });
  return new Pipeline({ steps: [preparation], estimator: new LogisticRegression() }).fit(passengers, fates);
}

/** Returns y = 2a + 3b + 1, learned from a table. */
export function planeModel(): LinearRegression {
  return new LinearRegression().fit(Table.fromColumns({ a: [0, 1, 0, 1], b: [0, 0, 1, 1] }), [1, 3, 4, 6]);
}
