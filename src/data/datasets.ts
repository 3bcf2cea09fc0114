import { bundledTable } from './bundled-table.ts';
import {
  type ClassificationDataset,
  type RegressionDataset,
  classificationDataset,
  regressionDataset,
} from './dataset.ts';
import { Table } from './table.ts';

const uciLicence = 'Creative Commons Attribution 4.0 International (UCI Machine Learning Repository)';

/** Returns Fisher's iris data, as scikit-learn's `load_iris`: 150 flowers, 4 lengths in cm, 3 species. */
export function loadIris(): ClassificationDataset {
  const table = bundledTable({
    name: 'iris.csv',
    sha256: '30821fb97cfd3335f67711058ee448fe1784557c374c82e52645e78563bafdb1',
  });
  const notes = {
    name: 'iris',
    description:
      'Sepal and petal lengths and widths, in cm, of 50 flowers of each of three species of iris. Of the copies ' +
      "around, this is the one that agrees with Fisher's paper.",
    source: 'R. A. Fisher, "The use of multiple measurements in taxonomic problems", 1936; from scikit-learn 1.9.1',
    licence: uciLicence,
    targetColumn: 'species',
  };
  return classificationDataset(table, notes, ['setosa', 'versicolor', 'virginica']);
}

/** Returns the wine recognition data, as scikit-learn's `load_wine`: 178 wines, 13 measurements, 3 cultivars. */
export function loadWine(): ClassificationDataset {
  const table = bundledTable({
    name: 'wine.csv',
    sha256: 'd3fcd1284adcc1c3c1ecc37221dbf2e73d7c3f7a132fbd36525ab1b97baa741b',
  });
  const notes = {
    name: 'wine',
    description: 'Chemical analyses of 178 wines of one Italian region, grown from three cultivars.',
    source: 'M. Forina and others, PARVUS; UCI Machine Learning Repository; from scikit-learn 1.9.1',
    licence: uciLicence,
    targetColumn: 'cultivar',
  };
  return classificationDataset(table, notes, ['class_0', 'class_1', 'class_2']);
}

/**
 * Returns the Wisconsin diagnostic breast cancer data, as scikit-learn's `load_breast_cancer`: 569 tumours,
 * 30 measurements of their cell nuclei, malignant (212) or benign (357).
 */
export function loadBreastCancer(): ClassificationDataset {
  const table = bundledTable({
    name: 'breast-cancer.csv',
    sha256: 'af399a019264f7999e6b395ee90576e46564867aa4c8a40797c96be87dc1be55',
  });
  const notes = {
    name: 'breast-cancer',
    description:
      'Ten properties of the cell nuclei in an image of a fine needle aspirate (mean, standard error and worst ' +
      'of each) and the diagnosis.',
    source: 'W. N. Street, W. H. Wolberg and O. L. Mangasarian, 1993 and 1995; from scikit-learn 1.9.1',
    licence: uciLicence,
    targetColumn: 'diagnosis',
  };
  return classificationDataset(table, notes, ['malignant', 'benign']);
}

/** Options of `loadDiabetes`. */
export interface LoadDiabetesOptions {
  /** Whether each feature is centred and divided by its standard deviation times √n; default true, as in scikit-learn. */
  readonly scaled?: boolean;
}

/**
 * Returns the diabetes data, as scikit-learn's `load_diabetes`: 442 patients, 10 measurements, and how far the
 * disease had progressed a year later.
 */
export function loadDiabetes({ scaled = true }: LoadDiabetesOptions = {}): RegressionDataset {
  const table = bundledTable({
    name: 'diabetes.csv',
    sha256: '9193026b7622ff944f0a6855a10107b24caf50dad69787c46e6890e69c27faca',
  });
  const notes = {
    name: 'diabetes',
    description:
      'Age (years), sex, body mass index, mean blood pressure and six blood serum values of 442 patients, with a ' +
      `measure of disease progression after one year.${scaled ? ' Features are centred, with a sum of squares of 1.' : ''}`,
    source:
      'B. Efron, T. Hastie, I. Johnstone and R. Tibshirani, "Least Angle Regression", 2004; from scikit-learn 1.9.1',
    licence: 'none stated by the authors; distributed with scikit-learn (BSD-3-Clause)',
    targetColumn: 'progression',
  };
  return regressionDataset(scaled ? withUnitColumns(table, notes.targetColumn) : table, notes);
}

/**
 * Returns the weather of Seattle for each day of 2012–2015 (1,461 days). The target is the day's highest
 * temperature; the features are the other numbers of the day. For a time series take `table` with its `date`.
 */
export function loadSeattleWeather(): RegressionDataset {
  const table = bundledTable({
    name: 'seattle-weather.csv',
    sha256: '0845078a290b48e3149ab8639966824110a251db4e06fc144c06ebb534af23be',
  });
  const notes = {
    name: 'seattle-weather',
    description:
      'Daily precipitation (mm), highest and lowest temperature (°C) and mean wind speed (m/s) at Seattle, with a ' +
      'word for the weather that vega-datasets derived from the observations.',
    source: 'NOAA National Climatic Data Center; from vega-datasets 3.2.1',
    licence: 'public domain (work of the United States government)',
    targetColumn: 'temp_max',
  };
  return regressionDataset(table, notes, ['precipitation', 'temp_min', 'wind']);
}

/** Returns `table` with each column but `except` centred and scaled to a sum of squares of 1. */
function withUnitColumns(table: Table, except: string): Table {
  return new Table(
    table.columnNames.map((name) => [name, name === except ? table.column(name) : unit(table.numbers(name))]),
  );
}

function unit(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = values.map((value) => value - mean);
  const norm = Math.hypot(...centred);
  return centred.map((value) => value / norm);
}
