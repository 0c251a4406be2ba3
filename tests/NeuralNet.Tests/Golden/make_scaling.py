"""Writes scaling.json: what scikit-learn 1.2.1's StandardScaler and MinMaxScaler make of seeded features, and how its StratifiedKFold shares classes among folds."""
import numpy as np
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from golden import write

random = np.random.default_rng(20240601)


def features(samples=37):
    """Columns of different sizes, one far from 0, one constant."""
    x = random.normal(size=(samples, 5)) * [1, 100, 1e-3, 1, 1] + [0, -50, 2, 1e3, 0.1]
    x[:, 4] = 0.1
    return x


def scaler(of, x):
    other = features(4)
    fitted = of.fit(x)
    return {"features": x.tolist(), "scaled": fitted.transform(x).tolist(), "other": other.tolist(), "otherScaled": fitted.transform(other).tolist()}


def channels():
    """An image's channels: all pixels of one are a column of the scaler."""
    images = random.normal(size=(11, 3, 2, 2)) * np.array([1, 5, 0.1]).reshape(3, 1, 1) + np.array([0, 10, 0.5]).reshape(3, 1, 1)
    columns = images.transpose(0, 2, 3, 1).reshape(-1, 3)
    scaled = StandardScaler().fit_transform(columns).reshape(11, 2, 2, 3).transpose(0, 3, 1, 2)
    return {"features": images.reshape(11, -1).tolist(), "scaled": scaled.reshape(11, -1).tolist()}


def folds(count_of_class, folds):
    """How many samples of each class each fold validates with."""
    labels = np.repeat(np.arange(len(count_of_class)), count_of_class)
    split = StratifiedKFold(folds, shuffle=True, random_state=1).split(labels, labels)
    return {"counts": count_of_class, "folds": [np.bincount(labels[validation], minlength=len(count_of_class)).tolist() for _, validation in split]}


write("scaling", {
    "standardize": scaler(StandardScaler(), features()),
    "min-max": scaler(MinMaxScaler(), features()),
    "min-max from -1 to 2": scaler(MinMaxScaler((-1, 2)), features()),
    "channels": channels(),
    "folds 5": folds([50, 50, 50], 5),
    "folds 4": folds([13, 6, 9, 3], 4),
    "folds 3": folds([7, 1, 11], 3),
})
