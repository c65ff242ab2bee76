#!/usr/bin/env python3
"""Makes agreement.csv: scores of small cases in exact rational arithmetic, rounded once.

    python3 agreement.py > agreement.csv

Numbers are taken as the doubles they are. Kendall's tau-b is counted over all pairs; a constant side
gives 0, as does the R2 of a constant truth; a NaN makes every score NaN, an infinite truth R2 NaN.
Where SciPy is there, its tau-b must agree (it gives NaN where one side is constant).
"""
import math
import random
from decimal import Decimal, getcontext
from fractions import Fraction

getcontext().prec = 60


def cases():
    up = [0.1, 0.2, 0.3, 0.4, 0.5]
    yield "equal", up, up
    yield "reversed", up[::-1], up
    yield "two pairs", [1.0, 2.0], [3.0, 5.0]
    yield "two pairs the other way", [2.0, 1.0], [3.0, 5.0]
    yield "ties in predictions", [0.5, 0.5, 0.75, 0.25, 0.25], [0.5, 0.625, 0.75, 0.125, 0.25]
    yield "ties in truth", [0.5, 0.625, 0.75, 0.125, 0.25], [0.5, 0.5, 0.75, 0.25, 0.25]
    yield "ties in both", [1.0, 1.0, 2.0, 2.0, 3.0, 3.0], [1.0, 1.0, 2.0, 3.0, 3.0, 2.0]
    yield "two values each", [0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]
    yield "constant predictions", [0.3] * 5, up
    yield "constant truth", up, [0.7] * 5
    yield "constant truth that no mean hits", [0.1, 0.2] * 5, [0.1] * 10
    yield "both constant", [0.25] * 3, [0.5] * 3
    yield "negative", [-1.5, -2.5, 3.0, -0.25], [-1.0, -3.0, 2.0, 0.5]
    yield "negative zero ties with zero", [-0.0, 0.0, 1.0, 2.0], [0.0, 1.0, 2.0, -1.0]
    yield "negative zero in truth", [1.0, 2.0, 3.0], [0.0, -0.0, 1.0]
    yield "constant but for the sign of zero", [1.0, 2.0, 3.0], [0.0, -0.0, 0.0]
    yield "far from zero", [1e8 + 1, 1e8 + 2, 1e8 + 4], [1e8 + 1, 1e8 + 3, 1e8 + 4]
    yield "tiny", [1e-12, 3e-12, 2e-12], [1e-12, 2e-12, 4e-12]
    yield "huge", [1e100, -1e100, 3e100], [2e100, -1e100, 1e100]
    yield "tiny beyond squares", [1e-200, 3e-200, 2e-200], [1e-200, 2e-200, 4e-200]
    yield "huge beyond squares", [1e200, -1e200, 3e200], [2e200, -1e200, 1e200]
    neighbour = 0.10000000894069672
    yield "truth of float32 neighbours", [0.1, 0.2, 0.3], [0.10000000149011612, neighbour, neighbour]
    yield "neighbouring doubles", [0.5, math.nextafter(0.5, 1), 0.5], [1.0, 2.0, 3.0]
    yield "infinite prediction", [math.inf, 1.0, 2.0], [3.0, 1.0, 2.0]
    yield "infinite predictions tie", [math.inf, math.inf, -math.inf, 2.0], [3.0, 1.0, 2.0, 4.0]
    yield "infinite truth", [1.0, 2.0, 3.0], [1.0, math.inf, 2.0]
    yield "no number predicted", [math.nan, 1.0, 2.0], [3.0, 1.0, 2.0]
    yield "nothing but no numbers", [math.nan] * 3, [3.0, 1.0, 2.0]
    yield "no numbers of a constant", [math.nan, 1.0, 2.0], [1.0] * 3
    yield "no number in truth", [3.0, 1.0, 2.0], [1.0, math.nan, 2.0]
    source = random.Random(258)
    for n, digits in ((40, 1), (60, 2), (100, 17)):
        truth = [round(source.random(), digits) for _ in range(n)]
        predicted = [round(t + source.gauss(0, 0.2), digits) for t in truth]
        yield "%d pairs of %d digits" % (n, digits), predicted, truth


def sign(a, b):
    return (a > b) - (a < b)


def tau(predicted, truth):
    pairs = [(i, j) for i in range(len(truth)) for j in range(i)]
    signs = [(sign(predicted[i], predicted[j]), sign(truth[i], truth[j])) for i, j in pairs]
    apart = sum(p != 0 for p, _ in signs) * sum(t != 0 for _, t in signs)
    if apart == 0:
        return 0.0
    return float(Decimal(sum(p * t for p, t in signs)) / Decimal(apart).sqrt())


def rounded(fraction):
    try:
        return float(fraction)
    except OverflowError:
        return math.inf


def scores(predicted, truth):
    numbers = predicted + truth
    if any(math.isnan(x) for x in numbers):
        return [math.nan] * 4
    if any(math.isinf(x) for x in numbers):
        r2 = math.nan if any(math.isinf(t) for t in truth) else -math.inf
        return [tau(predicted, truth), r2, math.inf, math.inf]
    errors = [Fraction(p) - Fraction(t) for p, t in zip(predicted, truth)]
    mean = sum(map(Fraction, truth)) / len(truth)
    spread = sum((Fraction(t) - mean) ** 2 for t in truth)
    squares = sum(e * e for e in errors)
    r2 = float(1 - squares / spread) if spread else 0.0
    return [
        tau(predicted, truth),
        r2,
        float(sum(map(abs, errors)) / len(truth)),
        rounded(squares / len(truth)),
    ]


def check(predicted, truth, found):
    try:
        from scipy.stats import kendalltau
    except ImportError:
        return
    expected = kendalltau(predicted, truth).statistic
    if not math.isnan(expected):
        assert abs(expected - found) < 1e-12, (predicted, truth, expected, found)


def text(values):
    names = {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}
    return " ".join(names.get(repr(value), repr(value)) for value in values)


print("case|predicted|truth|tau|r2|mean absolute error|mean squared error")
for name, predicted, truth in cases():
    row = scores(predicted, truth)
    check(predicted, truth, row[0])
    print("|".join([name, text(predicted), text(truth)] + [text([score]) for score in row]))
