"""Writes small_study.json: the Copas model at fixed selection parameters, maximised by SciPy from many
starts, the three fail-safe N in plain arithmetic, and a selection model with a logistic weight.

    python3 tests/reference/extra/small_study.py
"""

import csv
import json
import math
import pathlib

import numpy as np
from scipy import optimize, stats

HERE = pathlib.Path(__file__).resolve().parent


def effects(name):
    """Logits; half an event is added where a cell is empty."""
    rows = list(csv.DictReader(open(HERE.parent / f"{name}.csv")))
    pairs = [(float(r["events"]), float(r["total"])) for r in rows if r.get("include", "yes") != "no"]
    cells = [(x, n - x) if 0 < x < n else (x + 0.5, n - x + 0.5) for x, n in pairs]
    y = np.array([math.log(x / m) for x, m in cells])
    v = np.array([1 / x + 1 / m for x, m in cells])
    return y, v


def copas(y, v, gamma0, gamma1):
    """Copas and Shi 2000, equations 3 to 5."""
    s = np.sqrt(v)
    u = gamma0 + gamma1 / s

    def minus(x):
        mu, tau, rho = x
        lam = np.exp(stats.norm.logpdf(u) - stats.norm.logcdf(u))
        sigma2 = v / (1 - rho**2 * lam * (u + lam))
        total = tau**2 + sigma2
        share = rho * np.sqrt(sigma2 / total)
        bent = (u + share * (y - mu) / np.sqrt(total)) / np.sqrt(1 - share**2)
        return -np.sum(stats.norm.logpdf(y, mu, np.sqrt(total)) - stats.norm.logcdf(u) + stats.norm.logcdf(bent))

    best = None
    for mu in (y.mean(), y.mean() - 1, y.mean() + 1):
        for tau in (0.1, 0.6, 1.5):
            for rho in (-0.8, -0.2, 0.2, 0.8):
                r = optimize.minimize(minus, [mu, tau, rho], method="L-BFGS-B",
                                      bounds=[(None, None), (0, None), (-0.9999, 0.9999)],
                                      options={"ftol": 1e-15, "gtol": 1e-10, "maxiter": 5000})
                r = optimize.minimize(minus, r.x, method="Nelder-Mead",
                                      bounds=[(None, None), (0, None), (-0.9999, 0.9999)],
                                      options={"xatol": 1e-10, "fatol": 1e-14, "maxiter": 20000})
                if best is None or r.fun < best.fun:
                    best = r
    mu, tau, rho = best.x
    return {"gamma0": gamma0, "gamma1": gamma1, "yi": mu, "tau2": tau**2, "rho": rho, "ll": -best.fun}


def through(v, publication):
    """The selection line: chance .99 for the most precise study, `publication` for the least precise."""
    s = np.sqrt(v)
    low, high = stats.norm.ppf(publication), stats.norm.ppf(0.99)
    gamma1 = (high - low) / (1 / s.min() - 1 / s.max())
    return low - gamma1 / s.max(), gamma1


def fail_safe(y, v):
    k = len(y)
    total = np.sum(y / np.sqrt(v))
    w = 1 / v
    mean = np.sum(w * y) / w.sum()
    rosenberg = k * ((w.sum() * mean / stats.norm.isf(0.025)) ** 2 / w.sum() - 1)
    return {
        "rosenthal": math.ceil(max(0, (total / stats.norm.isf(0.05)) ** 2 - k)),
        "orwin": k,
        "rosenberg": math.ceil(max(0, rosenberg)),
    }


def logistic(y, v):
    """The selection model with the weight 2e^(-dp)/(1 + e^(-dp)): its maximum and the standard error of the
    mean. Trapezoid sums, which converge geometrically; derivatives of the sums by complex steps and
    differences.
    """
    s = np.sqrt(v)
    z = np.arange(-1200, 1201) / 16
    p = stats.norm.sf(z)
    p_seen = stats.norm.sf(y / s)

    def ll(x):
        mu, tau2, d = x
        total = v + tau2
        weight = lambda p: 2 * np.exp(-d * p) / (1 + np.exp(-d * p))
        density = lambda y, mean, total: np.exp(-(y - mean) ** 2 / (2 * total)) / np.sqrt(2 * np.pi * total)
        at = s[:, None] * z
        normaliser = np.sum(weight(p) * density(at, mu, total[:, None]), axis=1) * s / 16
        return np.sum(np.log(weight(p_seen) * density(y, mu, total) / normaliser))

    def gradient(x):
        return np.array([ll(x + 1e-30j * e).imag / 1e-30 for e in np.eye(3)])

    def hessian(x):
        h = 1e-4
        column = lambda e: (8 * (gradient(x + h * e) - gradient(x - h * e))
                            - gradient(x + 2 * h * e) + gradient(x - 2 * h * e)) / (12 * h)
        return np.array([column(e) for e in np.eye(3)])

    x = np.array([0.46, 0.57, 5.3])
    for _ in range(20):
        x = x - np.linalg.solve(hessian(x), gradient(x))
    covariance = np.linalg.inv(-hessian(x))
    return {"yi": x[0], "tau2": x[1], "delta": x[2], "ll": ll(x), "se": math.sqrt(covariance[0, 0])}


out = {}
for name in ("pritz1997", "debruin2009"):
    y, v = effects(name)
    out[name] = {
        "fail_safe": fail_safe(y, v),
        **({"logistic": logistic(y, v)} if name == "pritz1997" else {}),
        "copas": [dict(publication=p, **copas(y, v, *through(v, p))) for p in (0.9, 0.6, 0.3)],
    }
(HERE / "small_study.json").write_text(json.dumps(out, indent=2) + "\n")
