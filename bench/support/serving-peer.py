"""The Python servers that bench/serving.ts compares with: a scaler and a logistic regression on iris.

    python bench/support/serving-peer.py sklearn|onnx PORT   serves them with FastAPI and uvicorn
    python bench/support/serving-peer.py mlflow FOLDER       saves them for `mlflow models serve`
"""

import sys

import numpy as np
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

iris = load_iris(as_frame=True)
species = iris.target_names[iris.target]


def fitted(X):
    return make_pipeline(StandardScaler(), LogisticRegression(tol=1e-8, max_iter=1000)).fit(X, species)


def sklearn_predict():
    model = fitted(iris.data.to_numpy())

    def predict(row):
        (probabilities,) = model.predict_proba([row])
        return model.classes_[probabilities.argmax()], dict(zip(model.classes_, probabilities.tolist()))

    return predict


def onnx_predict():
    import onnxruntime
    from skl2onnx import to_onnx

    X = iris.data.to_numpy()
    classes = sorted(iris.target_names.tolist())
    options = onnxruntime.SessionOptions()
    # One row has no work for more threads; with the default they only get into each other's way.
    options.intra_op_num_threads = 1
    # Without the ZipMap, which knows no doubles, the probabilities are an array.
    model = to_onnx(fitted(X), X[:1], options={"zipmap": False})
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])

    def predict(row):
        (label,), (probabilities,) = session.run(None, {"X": np.array([row])})
        return str(label), dict(zip(classes, probabilities.tolist()))

    return predict


def serve(predict, port):
    import uvicorn
    from fastapi import FastAPI
    from pydantic import BaseModel, ConfigDict, Field

    class Row(BaseModel):
        model_config = ConfigDict(extra="forbid")
        sepal_length: float = Field(alias="sepal length (cm)")
        sepal_width: float = Field(alias="sepal width (cm)")
        petal_length: float = Field(alias="petal length (cm)")
        petal_width: float = Field(alias="petal width (cm)")

    class Answer(BaseModel):
        predictions: list[str]
        probabilities: list[dict[str, float]]

    app = FastAPI()

    # Not `async def` would send each request to a thread, which costs more than the prediction.
    @app.post("/predict")
    async def answer(row: Row) -> Answer:
        label, probabilities = predict([row.sepal_length, row.sepal_width, row.petal_length, row.petal_width])
        return Answer(predictions=[label], probabilities=[probabilities])

    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


def save_for_mlflow(folder):
    import mlflow.sklearn
    from mlflow.models import infer_signature

    model = fitted(iris.data)
    mlflow.sklearn.save_model(model, folder, signature=infer_signature(iris.data, model.predict(iris.data)))


if __name__ == "__main__":
    kind, argument = sys.argv[1:]
    if kind == "mlflow":
        save_for_mlflow(argument)
    else:
        serve({"sklearn": sklearn_predict, "onnx": onnx_predict}[kind](), int(argument))
