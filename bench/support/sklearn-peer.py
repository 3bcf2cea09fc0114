"""Times scikit-learn for bench/linear.ts: answers each line of standard input with one line of JSON.

    python bench/support/sklearn-peer.py FILE ROWS COLUMNS

FILE holds X, row by row, and then y, as 64-bit floats.
"""

import json
import sys
import time

import numpy as np
import sklearn
from sklearn.datasets import load_iris
from sklearn.linear_model import LinearRegression, LogisticRegression

path, rows, columns = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
values = np.fromfile(path, dtype="<f8")
X, y = values[: rows * columns].reshape(rows, columns), values[rows * columns :]
iris = load_iris()
species = iris.target_names[iris.target]


def linear():
    start = time.perf_counter()
    model = LinearRegression().fit(X, y)
    ms = (time.perf_counter() - start) * 1000
    return {"ms": ms, "weights": [*model.coef_, model.intercept_]}


def logistic():
    start = time.perf_counter()
    model = LogisticRegression(tol=1e-8, max_iter=1000).fit(iris.data, species)
    ms = (time.perf_counter() - start) * 1000
    probability = model.predict_proba(iris.data)[np.arange(len(species)), iris.target]
    loss = -np.log(probability).sum() + (model.coef_**2).sum() / 2
    return {"ms": ms, "loss": loss, "weights": [*model.coef_.ravel(), *model.intercept_]}


tasks = {"linear": linear, "logistic": logistic}
print(json.dumps({"version": f"scikit-learn {sklearn.__version__}, NumPy {np.__version__}"}), flush=True)
for line in sys.stdin:
    print(json.dumps(tasks[line.strip()]()), flush=True)
