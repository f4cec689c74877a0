"""Values of one_step.json: the one-step models of two groups by means other than the library's.

The likelihoods are integrated by trapezoid sums over a wide fixed grid (which converge for such
integrands), maximised over all parameters jointly by a quasi-Newton method, polished by Newton steps, and
their standard errors come from the joint matrix of second differences.
python3 one_step.py > one_step.json, in this folder (numpy, scipy).
"""
import csv, json, sys
import numpy as np
from scipy.optimize import minimize
from scipy.special import gammaln, logsumexp

def rows(name, columns):
    return np.array([[float(r[c]) for c in columns] for r in csv.DictReader(open(f"../{name}.csv"))])

Z = np.linspace(-12, 12, 1201)
WZ = -0.5 * Z**2 - 0.5 * np.log(2 * np.pi) + np.log(Z[1] - Z[0])
COARSE = np.linspace(-11, 11, 111)

def choose(n, k):
    return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)

def binomial(x, n, eta):
    return choose(n, x) + x * eta - n * np.logaddexp(0, eta)

def poisson(x, t, eta):
    return x * (eta + np.log(t)) - t * np.exp(eta) - gammaln(x + 1)

def fixed(d, arm):
    def ll(p):
        theta, tau, alpha = p[0], np.exp(p[1]), p[2:]
        u = theta + tau * Z
        return sum(logsumexp(arm(x1, n1, a + u / 2) + arm(x2, n2, a - u / 2) + WZ) for (x1, n1, x2, n2), a in zip(d, alpha))
    return ll

def random(d, arm):
    def ll(p):
        theta, tau, alpha, sigma = p[0], np.exp(p[1]), p[2], np.exp(p[3])
        total = 0.0
        for x1, n1, x2, n2 in d:
            def log(y, z):
                a, u = alpha + sigma * y[:, None], theta + tau * z[None, :]
                return arm(x1, n1, a + u / 2) + arm(x2, n2, a - u / 2) - 0.5 * y[:, None]**2 - 0.5 * z[None, :]**2 - np.log(2 * np.pi)
            # The box outside of which nothing is left, then a fine grid in it.
            rough = log(COARSE, COARSE)
            near = rough > rough.max() - 60
            cell = COARSE[1] - COARSE[0]
            box = [COARSE[near.any(axis=k)] for k in (1, 0)]
            y, z = (np.linspace(b[0] - cell, b[-1] + cell, 181) for b in box)
            total += logsumexp(log(y, z) + np.log(y[1] - y[0]) + np.log(z[1] - z[0]))
        return total
    return ll

def exact(d):
    tables = []
    for x1, n1, x2, n2 in d:
        m = x1 + x2
        y = np.arange(max(0, m - n2), min(n1, m) + 1)
        tables.append((x1, y, choose(n1, y) + choose(n2, m - y)))
    def ll(p):
        eta = p[0] + np.exp(p[1]) * Z
        total = 0.0
        for x, y, w in tables:
            own = w[y == x][0] + x * eta
            total += logsumexp(own - logsumexp(w[None, :] + eta[:, None] * y[None, :], axis=1) + WZ)
        return total
    return ll

def share(d, offset):
    def ll(p):
        eta = p[0] + np.exp(p[1]) * Z
        return sum(logsumexp(binomial(x1, x1 + x2, eta + o) + WZ) for (x1, _, x2, _), o in zip(d, offset))
    return ll

def single(d):
    def ll(p):
        eta = p[0] + np.exp(p[1]) * Z
        return sum(logsumexp(poisson(x, t, eta) + WZ) for x, t in d)
    return ll

def derivatives(f, x, h):
    n = len(x)
    e = np.eye(n) * h
    f0 = f(x)
    g, H = np.zeros(n), np.zeros((n, n))
    up = [f(x + e[i]) for i in range(n)]
    down = [f(x - e[i]) for i in range(n)]
    for i in range(n):
        g[i] = (up[i] - down[i]) / (2 * h)
        H[i, i] = (up[i] - 2 * f0 + down[i]) / h**2
        for j in range(i):
            H[i, j] = H[j, i] = (f(x + e[i] + e[j]) - f(x + e[i] - e[j]) - f(x - e[i] + e[j]) + f(x - e[i] - e[j])) / (4 * h * h)
    return g, H

def fit(ll, start):
    x = minimize(lambda p: -ll(p), start, method="BFGS", options={"gtol": 1e-5}).x
    for _ in range(2):
        # Richardson on two steps: error of fourth order.
        (g1, h1), (g2, h2) = derivatives(ll, x, 4e-3), derivatives(ll, x, 2e-3)
        g, H = (4 * g2 - g1) / 3, (4 * h2 - h1) / 3
        x = x - np.linalg.solve(H, g)
    cov = np.linalg.inv(-H)
    out = {"yi": x[0], "se": cov[0, 0]**0.5, "tau2": np.exp(2 * x[1]), "tau2_se": 2 * np.exp(2 * x[1]) * cov[1, 1]**0.5, "log_likelihood": ll(x)}
    if len(x) == 4:
        out["sigma2"] = np.exp(2 * x[3])
    return out

out = {}
for name in ["bcg", "nielweise2007_two_group"]:
    d = rows(name, ["events1", "total1", "events2", "total2"])
    d = d[(d[:, 0] + d[:, 2] > 0)]
    middle = 0.5 * sum(np.log((d[:, i] + 0.5) / (d[:, i + 1] - d[:, i] + 0.5)) for i in (0, 2))
    start = [-1.0, -0.5]
    out[name] = {
        "CM.EL": fit(exact(d), start),
        "CM.AL": fit(share(d, np.log(d[:, 1] / d[:, 3])), start),
        "UM.FS": fit(fixed(d, binomial), start + list(middle)),
        "UM.RS": fit(random(d, binomial), start + [middle.mean(), np.log(middle.std())]),
    }
    print(name, file=sys.stderr)
d = rows("nielweise2008", ["events1", "time1", "events2", "time2"])
middle = 0.5 * sum(np.log((d[:, i] + 0.5) / d[:, i + 1]) for i in (0, 2))
out["nielweise2008"] = {
    "CM.EL": fit(share(d, np.log(d[:, 1] / d[:, 3])), [-0.5, -1.0]),
    "UM.FS": fit(fixed(d, poisson), [-0.5, -1.0] + list(middle)),
    "UM.RS": fit(random(d, poisson), [-0.5, -1.0, middle.mean(), np.log(middle.std())]),
    "first": fit(single(d[:, :2]), [-5.0, -0.5]),
    "second": fit(single(d[:, 2:]), [-5.0, -0.5]),
}
# UM.RS with one difference for all studies and with one for each, the intercepts random in both: twice the
# log-likelihoods' difference goes to standard error.
z = np.linspace(-9, 9, 2401)
wz = -0.5 * z**2 - 0.5 * np.log(2 * np.pi) + np.log(z[1] - z[0])
def intercepts(d, arm, theta, alpha, sigma):
    a, h = alpha + sigma * z[None, :], np.asarray(theta).reshape(-1, 1) / 2
    return logsumexp(arm(d[:, [0]], d[:, [1]], a + h) + arm(d[:, [2]], d[:, [3]], a - h) + wz, axis=1).sum()
for name, arm, size in [("bcg", binomial, "total"), ("nielweise2007_two_group", binomial, "total"), ("nielweise2008", poisson, "time")]:
    d = rows(name, ["events1", size + "1", "events2", size + "2"])
    d = d[(d[:, 0] + d[:, 2] > 0)]
    left = [d[:, i + 1] - d[:, i] + 0.5 if arm is binomial else d[:, i + 1] for i in (0, 2)]
    logs = [np.log((d[:, i] + 0.5) / n) for i, n in zip((0, 2), left)]
    middle = 0.5 * sum(logs)
    one = minimize(lambda p: -intercepts(d, arm, np.full(len(d), p[0]), p[1], np.exp(p[2])), [-0.5, middle.mean(), np.log(middle.std())], method="BFGS", options={"gtol": 1e-7})
    each = min((minimize(lambda p: -intercepts(d, arm, p[2:], p[0], np.exp(p[1])), np.r_[one.x[1], s, logs[0] - logs[1]], method="BFGS", options={"gtol": 1e-6, "maxiter": 2000}) for s in (one.x[2], one.x[2] - 1)), key=lambda f: f.fun)
    print(name, "lrt", 2 * (one.fun - each.fun), file=sys.stderr)
# Four studies with two empty cells, whose likelihood is flat in both variances: from two starts, the same.
d = np.array([[2, 10, 0, 14], [1, 5, 1, 11], [3, 16, 0, 20], [2, 14, 3, 3]], float)
starts = [[0.7, 0.8, -1.5, -0.1], [0.7, 0.2, -1.5, -3.0]]
out["sparse"] = {"UM.RS": max((fit(random(d, binomial), s) for s in starts), key=lambda f: f["log_likelihood"])}
print(json.dumps(out, indent=1))
