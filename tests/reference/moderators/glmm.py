"""Binomial-normal regression of counts by plain numerical integration: `python3 glmm.py > glmm.json`.

Independent of the library: each study's likelihood is a trapezoidal sum over the random effect (and, with a
study effect beside the row's, a double one) in NumPy, maximised by SciPy from several starts and polished by
Newton steps on central differences. Data: the lumbar series by type of herniation, and the first 24 schools
of Konstantopoulos 2011 turned into counts by a fixed rule, so that both variances are above 0.
"""
import csv
import json

import numpy as np
from scipy.optimize import minimize
from scipy.special import gammaln, log_ndtr, logsumexp


def read(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def logits(eta):
    return -np.logaddexp(0, -eta), -np.logaddexp(0, eta)


def probits(eta):
    return log_ndtr(eta), log_ndtr(-eta)


def cloglogs(eta):
    hazard = np.exp(np.minimum(eta, 30))
    return np.log(-np.expm1(-hazard)), -hazard


NODES = 91
LINKS = {"logit": logits, "probit": probits, "cloglog": cloglogs}


def likelihood(theta, x, counts, clusters, link, both):
    """theta = (beta, ln sd of rows) or (beta, ln sd of clusters, ln sd of rows)."""
    p = x.shape[1]
    eta = x @ theta[:p]
    sd_row = np.exp(theta[-1])
    z = np.linspace(-7.5, 7.5, NODES) if both else np.linspace(-9, 9, 361)
    ln_w = -0.5 * z**2 - 0.5 * np.log(2 * np.pi) + np.log(z[1] - z[0])
    events, total = counts
    constant = gammaln(total + 1) - gammaln(events + 1) - gammaln(total - events + 1)

    def rows(shift):
        e = eta[:, None, None] + shift[None, :, None] + sd_row * z[None, None, :]
        lp, lq = LINKS[link](e)
        f = events[:, None, None] * lp + (total - events)[:, None, None] * lq + ln_w
        return constant[:, None] + logsumexp(f, axis=2)

    if not both:
        return rows(np.zeros(1))[:, 0].sum()
    own = rows(np.exp(theta[p]) * z)
    return sum(logsumexp(own[members].sum(axis=0) + ln_w) for members in clusters)


def derivatives(f, theta, h=1e-3):
    """Gradient and Hessian by central differences of fourth order."""
    n = len(theta)
    unit = np.eye(n) * h
    g = np.array([(8 * (f(theta + u) - f(theta - u)) - f(theta + 2 * u) + f(theta - 2 * u)) / (12 * h) for u in unit])
    hessian = np.zeros((n, n))
    c = [(1, 1 / 12 * 8), (2, -1 / 12)]
    for i in range(n):
        for j in range(i, n):
            total = 0.0
            for a, wa in c:
                for b, wb in c:
                    for sa in (1, -1):
                        for sb in (1, -1):
                            total += sa * sb * wa * wb * f(theta + sa * a * unit[i] + sb * b * unit[j])
            hessian[i, j] = hessian[j, i] = total / h**2
    return g, hessian


def fit(x, counts, link="logit", clusters=None):
    both = clusters is not None
    f = lambda theta: likelihood(theta, x, counts, clusters, link, both)
    best = None
    starts = [(-0.3, -0.3), (0.3, -1.5), (-1.5, 0.3)] if both else [(0.0,), (-1.0,), (0.7,)]
    for start in starts:
        theta = np.concatenate([np.zeros(x.shape[1]), start])
        found = minimize(lambda t: -f(t), theta, method="BFGS", options={"gtol": 1e-5})
        if best is None or -found.fun > f(best) + 1e-9:
            best = found.x
    for _ in range(4):
        g, h = derivatives(f, best)
        best = best - np.linalg.solve(h, g)
    _, h = derivatives(f, best)
    covariance = np.linalg.inv(-h)
    p = x.shape[1]
    found = {
        "coef": best[:p].tolist(),
        "se": np.sqrt(np.diag(covariance))[:p].tolist(),
        "tau2" if not both else "sigma2": float(np.exp(2 * best[p])) if not both else np.exp(2 * best[p:]).tolist(),
        "ll": float(f(best)),
    }
    return found


def limits(x, counts, found, which, starts, clusters=None):
    """Where the profile of a variance (0: clusters or the only one, 1: rows) is 1.92 below its top.

    `starts` are guesses of the limits; the secant method corrects them.
    """
    from scipy.optimize import root_scalar

    both = clusters is not None
    p = x.shape[1]
    key = np.log(found["sigma2" if both else "tau2"]) / 2
    free = np.concatenate([found["coef"], np.delete(np.atleast_1d(key), which)])

    def profile(ln_sd):
        nonlocal free
        f = lambda t: -likelihood(np.insert(t, p + which, ln_sd), x, counts, clusters, "logit", both)
        best = minimize(f, free, method="BFGS", options={"gtol": 1e-5})
        return -best.fun - found["ll"] + 1.920729410347062

    # The best coefficients and the other variance move little from one call to the next.
    ends = []
    for start in starts:
        root = root_scalar(profile, x0=np.log(start) / 2, x1=np.log(start) / 2 + 0.01, xtol=1e-7)
        ends.append(float(np.exp(2 * root.root)))
    return ends


def main():
    global NODES
    lumbar = read("../ldh_resorption_by_type.csv")
    events = np.array([float(row["events"]) for row in lumbar])
    total = np.array([float(row["total"]) for row in lumbar])
    levels = ["bulge", "extrusion", "protrusion", "sequestration"]
    group = [row["group"] for row in lumbar]
    year = np.array([float(row["year"]) for row in lumbar])
    ones = np.ones((len(lumbar), 1))
    dummies = np.array([[float(g == level) for level in levels[1:]] for g in group])
    counts = (events, total)
    values = {
        "lumbar_group": fit(np.hstack([ones, dummies]), counts),
        "lumbar_year": fit(np.hstack([ones, (year - year.mean())[:, None]]), counts),
        "lumbar_year_probit": fit(np.hstack([ones, (year - year.mean())[:, None]]), counts, "probit"),
        "lumbar_year_cloglog": fit(np.hstack([ones, (year - year.mean())[:, None]]), counts, "cloglog"),
    }
    found = values["lumbar_group"]
    found["tau2_limits"] = limits(np.hstack([ones, dummies]), counts, found, 0, [0.4, 4.34])
    schools = read("konstantopoulos2011.csv")[:24]
    yi = np.array([float(row["yi"]) for row in schools])
    vi = np.array([float(row["vi"]) for row in schools])
    total = np.round(4 / vi)
    events = np.round(total / (1 + np.exp(-2 * yi)))
    district = [row["district"] for row in schools]
    clusters = [[i for i, d in enumerate(district) if d == name] for name in dict.fromkeys(district)]
    x = np.ones((24, 1))
    values["schools_nested"] = {
        "events": events.tolist(),
        "total": total.tolist(),
        "clusters": clusters,
        **fit(x, (events, total), clusters=clusters),
    }
    # Far from the estimate the sums need more nodes.
    NODES = 181
    found = values["schools_nested"]
    found["cluster_limits"] = limits(x, (events, total), found, 0, [0.02, 0.8], clusters)
    found["row_limits"] = limits(x, (events, total), found, 1, [0.05, 0.25], clusters)
    print(json.dumps(values, indent=1))


main()
