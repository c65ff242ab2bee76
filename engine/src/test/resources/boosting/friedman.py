"""Reference of GradientBoostingTest: trees of scikit-learn on a function of Friedman's (1991).

    python friedman.py > friedman.csv     # scikit-learn 1.9.1, numpy 2.4.6

Features are float32 numbers, as scikit-learn's trees read them. Lines: the set (train or test), five
features, the target, the prediction of 20 trees of depth 2 and that of 60 trees of depth 3. Columns
that part the rows of a node in the same way are drawn from by scikit-learn: the deeper trees, whose
nodes are small, are compared on the rows they were fitted to alone, where such draws show nothing.
"""
import numpy as np
from sklearn.ensemble import GradientBoostingRegressor as Boosting

random = np.random.default_rng(15)
x = random.random((240, 5)).astype(np.float32).astype(np.float64)
y = 10 * np.sin(np.pi * x[:, 0] * x[:, 1]) + 20 * (x[:, 2] - 0.5) ** 2 + 10 * x[:, 3] + 5 * x[:, 4]
train, test = slice(0, 200), slice(200, 240)


def predictions(seed, trees, depth):
    model = Boosting(learning_rate=0.1, random_state=seed, n_estimators=trees, max_depth=depth)
    return model.fit(x[train], y[train]).predict(x)


shallow, deep = predictions(0, 20, 2), predictions(0, 60, 3)
assert np.allclose(shallow, predictions(1, 20, 2), 1e-12)
assert np.allclose(deep[train], predictions(1, 60, 3)[train], 1e-12)
for i, row in enumerate(x):
    print("train" if i < 200 else "test", *(repr(float(v)) for v in (*row, y[i], shallow[i], deep[i])), sep=",")
