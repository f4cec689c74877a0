"""Percentile and prediction intervals of the one-step models by parametric bootstrap, Pritz 1997.

A plain implementation that shares nothing with the library: NumPy draws, SciPy's Nelder-Mead on the
likelihood (GLMM: trapezoid rule with 161 points over +-8 tau; beta-binomial: betaln), tau or rho = 0
compared explicitly, 4,000 resamples. Writes bootstrap.json:

    python3 tests/reference/one_step/bootstrap.py > tests/reference/one_step/bootstrap.json
"""
import csv
import json
import os

import numpy as np
from scipy import optimize, special, stats

HERE = os.path.dirname(os.path.abspath(__file__))
B = 4000
rows = list(csv.DictReader(open(os.path.join(HERE, "..", "pritz1997.csv"))))
x = np.array([int(r["events"]) for r in rows])
n = np.array([int(r["total"]) for r in rows])
z = np.linspace(-8, 8, 161)
lnw = stats.norm.logpdf(z) + np.log(z[1] - z[0])


def binomial(x, n):
    p = x.sum() / n.sum()
    return special.logit(p), special.xlogy(x, p).sum() + special.xlogy(n - x, 1 - p).sum()


def glmm(par, x, n):
    eta = par[0] + np.exp(par[1]) * z[:, None]
    ll = x * -np.log1p(np.exp(-eta)) + (n - x) * -np.log1p(np.exp(eta))
    return -special.logsumexp(ll + lnw[:, None], axis=0).sum()


def betabin(par, x, n):
    mu, s = special.expit(par[0]), np.exp(-par[1])
    a, b = s * mu, s * (1 - mu)
    return -(special.betaln(a + x, b + n - x) - special.betaln(a, b)).sum()


def fit(f, x, n, start):
    """(location, log scale) of the maximum, or (location, None) where the scale is 0."""
    at, ll0 = binomial(x, n)
    best = min(
        (optimize.minimize(f, s, args=(x, n), method="Nelder-Mead", options={"xatol": 1e-5, "fatol": 1e-7})
         for s in ([at, start], [at, start - 1.5])),
        key=lambda r: r.fun,
    )
    return (best.x[0], best.x[1]) if -best.fun > ll0 + 1e-6 else (at, None)


def quantile(cdf, p):
    return optimize.brentq(lambda y: cdf(y) - p, -12, 12)


def run(f, start, draw, share):
    rng = np.random.default_rng(1997)
    at = fit(f, x, n, start)
    drawn = []
    while len(drawn) < B:
        y = draw(rng, at)
        if 0 < y.sum() < n.sum():
            drawn.append(fit(f, y, n, start))
    where = np.array([d[0] for d in drawn])
    limits = np.quantile(where, [0.025, 0.975])
    cdf = lambda y: np.mean([share(y, d) for d in drawn])
    return {
        "ci": list(limits),
        "se": float(where.std()),
        "prediction": [quantile(cdf, 0.025), quantile(cdf, 0.975)],
    }


def draw_glmm(rng, at):
    u = at[0] + np.exp(at[1]) * rng.standard_normal(len(n))
    return rng.binomial(n, special.expit(u))


def draw_betabin(rng, at):
    mu, s = special.expit(at[0]), np.exp(-at[1])
    return rng.binomial(n, rng.beta(s * mu, s * (1 - mu), len(n)))


def share_glmm(y, d):
    return float(y >= d[0]) if d[1] is None else stats.norm.cdf((y - d[0]) / np.exp(d[1]))


def share_betabin(y, d):
    if d[1] is None:
        return float(y >= d[0])
    mu, s = special.expit(d[0]), np.exp(-d[1])
    return special.betainc(s * mu, s * (1 - mu), special.expit(y))


print(json.dumps({
    "resamples": B,
    "glmm": run(glmm, -0.3, draw_glmm, share_glmm),
    "beta_binomial": run(betabin, -2.3, draw_betabin, share_betabin),
}, indent=1))
