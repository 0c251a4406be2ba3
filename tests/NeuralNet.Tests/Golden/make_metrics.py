"""metrics.data.json: sets of predictions and targets. metrics.json: what scikit-learn 1.2.1 computes for the rows of MetricCases over each of them.

Every number is one that a float holds, so that both precisions are given the same; two values are given, in double and in float, as a float's own epsilon may count.
NaN is null: as a prediction, and as the value of what is undefined (where scikit-learn throws).
"""
import json
import pathlib
import warnings

import numpy as np
from sklearn import metrics

warnings.filterwarnings("ignore")
random = np.random.default_rng(20240531)


def floats(values):
    return np.asarray(values, np.float32).astype(np.float64)


def one_hot(labels, classes):
    return np.eye(classes)[labels]


def softmax(scores):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return floats(e / e.sum(axis=1, keepdims=True))


def classes_of(rows):
    """As OneHot.Decode: the first of the largest, or whether one column is at least 0.5; -1 for NaN."""
    labels = (rows[:, 0] >= 0.5).astype(int) if rows.shape[1] == 1 else np.argmax(rows, axis=1)
    return np.where(np.isnan(rows).any(axis=1), -1, labels)


def scores(n, classes, labels, skill=1.0):
    return softmax(random.normal(size=(n, classes)) + skill * one_hot(labels, classes))


def labels(n, classes):
    return random.integers(0, classes, n)


def classified(n, classes, among=None, skill=1.0):
    t = labels(n, classes) if among is None else random.choice(among, n)
    return scores(n, classes, t, skill), one_hot(t, classes)


def column(n, skill=1.0):
    t = labels(n, 2).astype(float)
    return floats(1 / (1 + np.exp(-random.normal(size=n) - skill * (2 * t - 1))))[:, None], t[:, None]


def rounded(case, parts):
    return floats(np.round(case[0] * parts) / parts), case[1]


def with_nan(case, share=0.2):
    y = case[0].copy()
    y[random.random(len(y)) < share, random.integers(0, y.shape[1])] = np.nan
    return y, case[1]


def never(case, label):
    """That class is never predicted."""
    y = case[0].copy()
    y[:, label] = 0
    return y, case[1]


def exactly(labels_predicted, labels_actual, classes):
    return one_hot(np.array(labels_predicted), classes), one_hot(np.array(labels_actual), classes)


CLASSES = {
    "one column": column(41),
    "two columns": classified(41, 2),
    "three classes": classified(30, 3),
    "ten classes": classified(200, 10, skill=2.0),
    "ties": rounded(classified(60, 5), 4),
    "one column, ties": rounded(column(50), 5),
    "a class absent from the targets": classified(40, 4, among=[0, 1, 3]),
    "a class that occurs nowhere": never(classified(40, 4, among=[0, 1, 3]), 2),
    "a class never predicted": never(classified(40, 4), 1),
    "all of one class": classified(20, 3, among=[2]),
    "all right": exactly([0, 1, 2, 1, 0], [0, 1, 2, 1, 0], 3),
    "all wrong": exactly([0, 1, 2, 1, 0], [1, 2, 0, 2, 1], 3),
    "one sample": classified(1, 3),
    "no class 1, in one column": (floats([[0.25], [0.5], [0.75]]), np.zeros((3, 1))),
}
UNPREDICTED = {
    "rows with NaN": with_nan(classified(50, 4)),
    "one column with NaN": with_nan(column(30)),
    "nothing but NaN": (np.full((4, 3), np.nan), one_hot([0, 1, 2, 0], 3)),
}
CLIPPED = {
    "certain": exactly([0, 1, 2, 1, 0], [0, 1, 2, 2, 1], 3),
    "certain, one column": (np.array([[0.0], [1.0], [1.0], [0.0]]), np.array([[0.0], [1.0], [0.0], [1.0]])),
    "rows that do not sum to 1": (floats(random.uniform(0, 1, (12, 4))), one_hot(labels(12, 4), 4)),
}
SEPARATE = {
    "separable": (floats([[0.1], [0.2], [0.7], [0.9]]), np.array([[0.0], [0], [1], [1]])),
    "the wrong way round": (floats([[0.1], [0.2], [0.7], [0.9]]), np.array([[1.0], [1], [0], [0]])),
    "all scores equal": (np.full((6, 3), 0.25), one_hot([0, 1, 2, 0, 1, 2], 3)),
    "scores of any scale": (floats(random.normal(size=(30, 2)) * 100), one_hot(labels(30, 2), 2)),
    "no class 0, in one column": (floats([[0.25], [0.5]]), np.ones((2, 1))),
}


def regression(n, outputs, noise=0.5, offset=0.0):
    t = floats(random.normal(size=(n, outputs)) + offset)
    return floats(t + noise * random.normal(size=(n, outputs))), t


NUMBERS = {
    "one output": regression(41, 1),
    "three outputs": regression(30, 3),
    "worse than the mean": regression(25, 2, noise=3.0),
    "far from 0": regression(50, 2, offset=1000.0),
    "perfect": regression(9, 2, noise=0.0),
    "constant targets, missed": (floats([[0.5], [0.75], [0.5]]), np.full((3, 1), 0.5)),
    "constant targets, met": (np.full((3, 1), 0.1), np.full((3, 1), 0.1)),
    "one of two targets constant": (regression(8, 2)[0], np.column_stack([np.full(8, 2.0), floats(random.normal(size=8))])),
    "two samples": regression(2, 1),
    "one sample of two outputs": regression(1, 2),
}
NUMBERS["constant targets, met"] = tuple(floats(m) for m in NUMBERS["constant targets, met"])


def row(function, *sets):
    """One metric over all sets that it is for."""
    found = {}
    for name, (y, t) in (item for some in sets for item in some.items()):
        values = function(y, t)
        if values is not None:
            found[name] = [None if np.isnan(value) else float(value) for value in (values if isinstance(values, list) else [values, values])]
    return found


def of_classes(score, average="macro", label=None):
    """-1, no prediction, is not a class: scikit-learn is told the classes that occur."""
    def function(y, t):
        predicted, actual = classes_of(y), classes_of(t)
        if label is not None:
            return score(actual, predicted, labels=[label], average="macro") if label < max(2, y.shape[1]) else None
        return score(actual, predicted, labels=sorted((set(predicted) | set(actual)) - {-1}), average=average)
    return function


def top(k):
    def function(y, t):
        if y.shape[1] < 3:
            return None
        hits = np.ones(len(y), bool)
        known = ~np.isnan(y).any(axis=1)
        hits[~known] = False
        if known.any():
            hits[known] = [metrics.top_k_accuracy_score([a], [p], k=k, labels=range(y.shape[1])) == 1 for a, p in zip(classes_of(t)[known], y[known])]
            assert np.isclose(hits[known].mean(), metrics.top_k_accuracy_score(classes_of(t)[known], y[known], k=k, labels=range(y.shape[1])))
        return hits.mean()
    return function


def auc(average):
    def function(y, t):
        actual = classes_of(t)
        try:
            if y.shape[1] <= 2:
                return metrics.roc_auc_score(actual, y[:, -1])
            if not np.allclose(y.sum(axis=1), 1):
                return metrics.roc_auc_score(one_hot(actual, y.shape[1]), y, average=average)
            return metrics.roc_auc_score(actual, y, multi_class="ovr", average=average, labels=range(y.shape[1]))
        except ValueError:
            return np.nan
    return function


def log_loss(y, t):
    actual, known = classes_of(t), range(max(2, y.shape[1]))
    return [metrics.log_loss(actual, y, labels=known, eps=np.finfo(precision).eps) for precision in (np.float64, np.float32)]


def r2(y, t):
    return metrics.r2_score(t, y)


averages = ("macro", "micro", "weighted")
rows = {"Accuracy": row(lambda y, t: metrics.accuracy_score(classes_of(t), classes_of(y)), CLASSES, UNPREDICTED)}
for k in (1, 2, 3):
    rows[f"TopKAccuracy {k}"] = row(top(k), CLASSES, UNPREDICTED)
for name, score in (("Precision", metrics.precision_score), ("Recall", metrics.recall_score), ("F1Score", metrics.f1_score)):
    for average in averages:
        rows[f"{name} {average}"] = row(of_classes(score, average), CLASSES, UNPREDICTED)
    for label in (1, 2):
        rows[f"{name} label {label}"] = row(of_classes(score, label=label), CLASSES, UNPREDICTED)
for average in averages:
    rows[f"RocAuc {average}"] = row(auc(average), CLASSES, SEPARATE)
rows["LogLoss"] = row(log_loss, CLASSES, CLIPPED)
rows["MeanSquaredError"] = row(lambda y, t: metrics.mean_squared_error(t, y), NUMBERS)
rows["MeanAbsoluteError"] = row(lambda y, t: metrics.mean_absolute_error(t, y), NUMBERS)
rows["R2"] = row(r2, NUMBERS)

# With two labels of which one is positive, scikit-learn's default is the figure of label 1.
for name, score in (("Precision", metrics.precision_score), ("Recall", metrics.recall_score), ("F1Score", metrics.f1_score)):
    y, t = CLASSES["one column"]
    assert rows[f"{name} label 1"]["one column"][0] == score(classes_of(t), classes_of(y))


def write(name, content):
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(value, allow_nan=False)}" for key, value in content.items())
    pathlib.Path(__file__).with_name(f"{name}.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8")


def nulls(matrix):
    return [[None if np.isnan(value) else value for value in values] for values in matrix.tolist()]


write("metrics.data", {name: {"predictions": nulls(y), "targets": nulls(t)} for some in (CLASSES, UNPREDICTED, CLIPPED, SEPARATE, NUMBERS) for name, (y, t) in some.items()})
write("metrics", rows)
