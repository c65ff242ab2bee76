"""scikit-learn's gradient boosting with settings fixed beforehand, on the test split of a zoo of perceptrons.

    python boosting.py TABLES/ZOO/members TABLES/ZOO/predictions_MODEL     # scikit-learn 1.9.1, numpy 2.4.6

Mean, variance and five quantiles of each layer's weights and of its biases; 300 trees of depth 3, rate 0.05, 70 %
of the rows for each; means over ten draws of them. The tables are plain ones; that of predictions says in which split a member is.
"""
import sys

import numpy as np
import pyarrow.dataset as tables
from scipy.stats import kendalltau
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.metrics import r2_score


def read(folder, columns):
    return tables.dataset(folder, format="parquet").to_table(columns=columns).to_pylist()


def sizes(architecture):
    words = architecture.split(":")
    widths = [int(words[1])] + [int(word.removeprefix("dense")) for word in words[2:]]
    return [size for i, o in zip(widths, widths[1:]) for size in (i * o, o)]


def features(member):
    parts = np.split(np.asarray(member["parameters"], dtype=np.float64), np.cumsum(sizes(member["architecture"])))
    quantiles = [0, 0.25, 0.5, 0.75, 1]
    return np.concatenate([[p.mean(), p.var(), *np.quantile(p, quantiles)] for p in parts if len(p)])


split = {row["member_id"]: row["split"] for row in read(sys.argv[2], ["member_id", "split"])}
members = sorted(read(sys.argv[1], ["member_id", "architecture", "parameters", "test_accuracy"]), key=lambda m: m["member_id"])
of = {name: [m for m in members if split.get(m["member_id"]) == name] for name in ("train", "test")}
x = {name: np.stack([features(m) for m in of[name]]).astype(np.float32) for name in of}
y = {name: np.array([m["test_accuracy"] for m in of[name]]) for name in of}
taus, scores = [], []
for seed in range(10):
    model = GradientBoostingRegressor(n_estimators=300, max_depth=3, learning_rate=0.05, subsample=0.7, random_state=seed)
    found = model.fit(x["train"], y["train"]).predict(x["test"])
    taus.append(kendalltau(found, y["test"]).statistic)
    scores.append(r2_score(y["test"], found))
print(f"{len(y['train'])} to train on, {len(y['test'])} to test: tau {np.mean(taus):.3f}, R2 {np.mean(scores):.3f}")
