"""Data, distributions, roots and output in 34-digit arithmetic, for the scripts beside."""

import csv
import json
import pathlib

from mpmath import mp, mpf

mp.dps = 34
HERE = pathlib.Path(__file__).resolve().parent
REFERENCE = HERE.parent
HALF = mpf(1) / 2

PROPORTION_SETS = [
    "pritz1997", "nielweise2007_treated", "nielweise2007_control", "debruin2009",
    "crisafulli2020", "ldh_resorption", "ldh_resorption_by_type",
]
OTHER_SETS = [
    "bcg", "nielweise2007_two_group", "nielweise2008", "normand1999", "molloy2014", "raudenbush1985",
]
MEASURES = ["PR", "PLN", "PLO", "PRZ", "PAS", "PFT"]

# Made by hand to be hard: effects and variances.
MADE = {
    "two studies": ([0.0, 1.0], [0.1, 0.2]),
    "one huge study": ([0.0, 1.0, 2.5, -1.0, 0.3], [1e-8, 2e-2, 1e-3, 4e-4, 1e-1]),
    "one huge study, alike": ([0.1, 0.12, 0.11, 0.09, 0.1], [1e-8, 2e-2, 1e-3, 4e-4, 1e-1]),
    "variances near 0": ([0.0, 1.0, 2.5, -1.0, 0.3], [1e-8, 2e-8, 1e-8, 4e-8, 1e-8]),
    "hardly different": ([0.1, 0.12, 0.11, 0.13, 0.1, 0.12], [0.3, 0.1, 0.2, 0.4, 0.1, 0.3]),
    # ML is highest at 0 with a lower maximum at 2.4, REML at 4.4 with a lower one at .002.
    "two maxima": ([-0.5, -0.4, -4.4, 3.5, -1.0], [0.068, 0.003, 1.714, 2.247, 0.204]),
}


# ---- data -----------------------------------------------------------------------------------

def counts(name):
    with open(REFERENCE / f"{name}.csv", encoding="utf-8") as file:
        return [(int(row["events"]), int(row["total"])) for row in csv.DictReader(file)]


def effect(measure, x, n):
    """Effect and sampling variance of x of n; half an event to empty cells of PR PLN PLO PRZ."""
    x, n = mpf(x), mpf(n)
    if measure == "PAS":
        return mp.asin(mp.sqrt(x / n)), 1 / (4 * n)
    if measure == "PFT":
        return freeman_tukey(x, n), 1 / (4 * n + 2)
    if x == 0 or x == n:
        x, n = x + HALF, n + 1
    p = x / n
    if measure == "PR":
        return p, p * (1 - p) / n
    if measure == "PLN":
        return mp.log(p), 1 / x - 1 / n
    if measure == "PLO":
        return mp.log(x / (n - x)), 1 / x + 1 / (n - x)
    if measure == "PRZ":
        z = normal_quantile(p)
        return z, p * (1 - p) / (n * mp.npdf(z) ** 2)
    raise ValueError(measure)


def freeman_tukey(x, n):
    return (mp.asin(mp.sqrt(x / (n + 1))) + mp.asin(mp.sqrt((x + 1) / (n + 1)))) / 2


def effects(name, measure):
    if name in MADE:
        return tuple([mpf(value) for value in column] for column in MADE[name])
    if name in PROPORTION_SETS:
        pairs = [effect(measure, x, n) for x, n in counts(name)]
        return [y for y, _ in pairs], [v for _, v in pairs]
    with open(REFERENCE / f"{name}.json", encoding="utf-8") as file:
        columns = json.load(file)["effects"][measure]
    return [mpf(y) for y in columns["yi"]], [mpf(v) for v in columns["vi"]]


def cases():
    for name in PROPORTION_SETS:
        for measure in MEASURES:
            yield name, measure
    for name in OTHER_SETS:
        with open(REFERENCE / f"{name}.json", encoding="utf-8") as file:
            for measure in json.load(file)["effects"]:
                yield name, measure


# ---- distributions --------------------------------------------------------------------------

def normal_quantile(p):
    return mp.sqrt(2) * mp.erfinv(2 * p - 1)


def gamma_cdf(x, shape, rate):
    return mp.gammainc(shape, 0, rate * x, regularized=True)


def chi_squared_cdf(x, df):
    return gamma_cdf(x, mpf(df) / 2, HALF)


def chi_squared_quantile(p, df):
    return decreasing_root(lambda x: p - chi_squared_cdf(x, df), mpf(df))


def t_cdf_upper(t, df):
    """P(T > t) for t > 0."""
    return mp.betainc(mpf(df) / 2, HALF, 0, df / (df + t * t), regularized=True) / 2


def t_quantile(p, df):
    """For p > 1/2."""
    return decreasing_root(lambda t: t_cdf_upper(t, df) - (1 - p), mpf(1))


def beta_cdf(x, a, b):
    return mp.betainc(a, b, 0, x, regularized=True)


# ---- roots ----------------------------------------------------------------------------------

def bracketed_root(f, low, high, digits=26):
    """Illinois with bisection steps between; f changes its sign."""
    f_low, f_high = f(low), f(high)
    assert f_low * f_high <= 0, (low, high, f_low, f_high)
    for step in range(500):
        if abs(high - low) <= mpf(10) ** -digits * max(abs(low), abs(high), mpf(10) ** -60):
            break
        if step % 3 == 2:
            middle = (low + high) / 2
        else:
            middle = (low * f_high - high * f_low) / (f_high - f_low)
            if not low < middle < high:
                middle = (low + high) / 2
        value = f(middle)
        if value == 0:
            return middle
        if (value > 0) == (f_high > 0):
            high, f_high = middle, value
            if step % 3 == 1:
                f_low /= 2
        else:
            low, f_low = middle, value
            if step % 3 == 1:
                f_high /= 2
    # The halved ends of Illinois only steer it; the bracket is what counts.
    return (low + high) / 2


def decreasing_root(f, scale, digits=26):
    """The root above 0 of a decreasing function, None where it starts at or below 0."""
    if f(mpf(0)) <= 0:
        return None
    low, high = mpf(0), mpf(scale)
    while f(high) > 0:
        low, high = high, 4 * high
    return bracketed_root(f, low, high, digits)


# ---- output ---------------------------------------------------------------------------------

def number(value):
    """The nearest double, which JSON and TOML print in full."""
    return None if value is None else float(value)


def write(name, rows):
    """A JSON array with one row a line."""
    with open(HERE / name, "w", encoding="utf-8") as file:
        file.write("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")
