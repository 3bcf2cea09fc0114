import { loadIris } from 'labmill/data';
import { StandardScaler, trainTestSplit } from 'labmill/preprocessing';
import { LogisticRegression, Pipeline, saveModel } from 'labmill/training';

/** Trains the model that is built into the image, on the bundled iris flowers, and saves it to the path that is given. */
const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('expected the path of the model: node docker/train-model.ts models/iris.json');

const { table, featureNames, y } = loadIris();
const { XTrain, XTest, yTrain, yTest } = trainTestSplit(table.select(featureNames), y, { stratify: y });
const model = new Pipeline({ steps: [new StandardScaler()], estimator: new LogisticRegression() }).fit(XTrain, yTrain);
const accuracy = model.score(XTest, yTest);
saveModel(path, model, { metrics: { accuracy }, trainingData: { X: XTrain, y: yTrain } });
console.log(`${path}: accuracy on ${yTest.length} flowers that it has not seen: ${accuracy.toFixed(3)}`);
