"""monte_carlo.json: the bootstrap prediction interval and the bootstrap-t interval by many draws.

Nagashima, Noma and Furukawa 2019: u uniform, tau2 = H^-1(u) with H the exact distribution of
Cochran's Q (0 where H(0) > u), then mean(tau2) + z tau - t se_HK(tau2), z normal, t from t(k-1).
Bootstrap-t (Efron 1981): effects drawn from the fit, quantiles of (mean* - mean)/se*.

The density at each quantile turns draws into a Monte-Carlo error: sqrt(p(1-p)/n)/density.

    python3 monte_carlo.py        about 5 minutes, needs numpy and scipy
"""

import numpy
from scipy.interpolate import PchipInterpolator

from meta import *

DRAWS = 4_000_000
CHUNK = 200_000
TAIL = 0.025
CASES = [("pritz1997", "PLO"), ("nielweise2007_control", "PLO"), ("ldh_resorption", "PLO"),
         ("debruin2009", "PLO"), ("bcg", "OR"), ("raudenbush1985", "GEN")]


def confidence_distribution(y, v):
    """H(0) and the inverse of H above it."""
    a = [1 / b for b in v]
    q = weighted(y, a)[2]
    with mp.workdps(24):
        below = lambda t: float(quadratic_form_below(a, [b + t for b in v], q, 22))
        step = min(v) / 20
        tau2, height, t = [], [], mpf(0)
        while True:
            tau2.append(float(t))
            height.append(1 - below(t))
            if 1 - height[-1] < 1e-9:
                break
            t += step
            step *= mpf("1.03")
    keep = numpy.concatenate([[True], numpy.diff(height) > 1e-13])
    return height[0], PchipInterpolator(numpy.array(height)[keep], numpy.array(tau2)[keep])


def means(y, v, tau2):
    """Mean, total weight and Q at one tau2 a row."""
    w = 1 / (v + tau2[:, None])
    total = w.sum(axis=1)
    mean = (w * y).sum(axis=1) / total
    return mean, total, (w * (y - mean[:, None]) ** 2).sum(axis=1)


def prediction_draws(rng, y, v, start, inverse, n):
    u = rng.uniform(size=n)
    tau2 = numpy.where(u < start, 0.0, inverse(numpy.maximum(u, start)))
    mean, total, q = means(y, v, tau2)
    df = len(y) - 1
    return mean + rng.normal(size=n) * numpy.sqrt(tau2) \
        - rng.standard_t(df, size=n) * numpy.sqrt(q / df / total)


def tau2_of_rows(y, v, method):
    """DL or PM for one resample a row."""
    w = 1 / v
    mean = (y * w).sum(axis=1) / w.sum()
    q = (w * (y - mean[:, None]) ** 2).sum(axis=1)
    df = y.shape[1] - 1
    dl = numpy.maximum(0, (q - df) / (w.sum() - (w**2).sum() / w.sum()))
    if method == "DL":
        return dl
    low, high = numpy.zeros(len(y)), numpy.full(len(y), ((y - y.mean()) ** 2).sum(axis=1).max())
    for _ in range(50):
        middle = (low + high) / 2
        above = means(y, v, middle)[2] > df
        low, high = numpy.where(above, middle, low), numpy.where(above, high, middle)
    return numpy.where(q <= df, 0, (low + high) / 2)


def bootstrap_draws(rng, v, mean, tau2, method, n):
    y = mean + rng.normal(size=(n, len(v))) * numpy.sqrt(v + tau2)
    estimates, total, _ = means(y, v, tau2_of_rows(y, v, method))
    return (estimates - mean) * numpy.sqrt(total)


def quantile(draws, p):
    """The quantile and the density there, from the draws on both sides."""
    low, at, high = numpy.quantile(draws, [p - 0.2 * TAIL, p, p + 0.2 * TAIL])
    return float(at), float(0.4 * TAIL / (high - low))


def rows():
    for name, measure in CASES:
        exact_y, exact_v = effects(name, measure)
        y, v = (numpy.array([float(a) for a in column]) for column in (exact_y, exact_v))
        rng = numpy.random.default_rng([20190628, len(name), len(y)])
        base = {"set": name, "measure": measure, "tail": TAIL}

        start, inverse = confidence_distribution(exact_y, exact_v)
        draws = numpy.concatenate([prediction_draws(rng, y, v, start, inverse, CHUNK)
                                   for _ in range(DRAWS // CHUNK)])
        yield base | {"what": "prediction", "method": "DL", "draws": DRAWS,
                      "lower": quantile(draws, TAIL), "upper": quantile(draws, 1 - TAIL)}

        for method, n in (("DL", DRAWS), ("PM", DRAWS // 4)):
            tau2 = float(estimate(exact_y, exact_v, method))
            mean, total, _ = (float(a[0]) for a in means(y, v, numpy.array([tau2])))
            draws = numpy.concatenate([bootstrap_draws(rng, v, mean, tau2, method, CHUNK)
                                       for _ in range(n // CHUNK)])
            se = 1 / numpy.sqrt(total)
            low, high = quantile(draws, TAIL), quantile(draws, 1 - TAIL)
            yield base | {"what": "bootstrap-t", "method": method, "draws": n,
                          "lower": (mean - high[0] * se, high[1] / se),
                          "upper": (mean - low[0] * se, low[1] / se),
                          "p_value": float((numpy.abs(draws) >= abs(mean) / se).mean())}


if __name__ == "__main__":
    write("monte_carlo.json", [print(row, flush=True) or row for row in rows()])
