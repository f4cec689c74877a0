"""Writes small_study.json: the Copas model at fixed selection parameters, maximised by SciPy from many
starts, and the three fail-safe N in plain arithmetic.

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


out = {}
for name in ("pritz1997", "debruin2009"):
    y, v = effects(name)
    out[name] = {
        "fail_safe": fail_safe(y, v),
        "copas": [dict(publication=p, **copas(y, v, *through(v, p))) for p in (0.9, 0.6, 0.3)],
    }
(HERE / "small_study.json").write_text(json.dumps(out, indent=2) + "\n")
