"""The Copas model along the line of Carpenter, Rücker and Schwarzer (2009, The R Journal 1(2): 31-36), in NumPy
and SciPy, for some of the data sets. Writes copas_line.json.

The grid, the number of levels and the averaging are those the R package metasens documents; its own line,
run with its optimiser's tolerance at the limit, is reproduced to six digits for the sets here. For molloy2014,
where two maxima of the likelihood change places within the grid, no two searches agree on every contour.
"""

import json
import math
from pathlib import Path

import numpy as np
from scipy import optimize, stats

HERE = Path(__file__).parent
SETS = [("pritz1997", "PLO"), ("ldh_resorption", "PLO"), ("debruin2009", "PLO"), ("bcg", "OR"), ("normand1999", "MD"),
        ("nielweise2007_treated", "PLO")]
GRID = 20


class Data:
    def __init__(self, y, v):
        self.y, self.s = np.array(y), np.sqrt(v)
        w = 1 / self.s**2
        centred = self.s - np.sum(w * self.s) / w.sum()
        self.sign = 1 if np.sum(w * centred * self.y) > 0 else -1
        self.mean = self.y.mean()
        self.tau = self.y.std()

    def minus(self, x, u):
        """x = mean, log tau, rho = sign * .9999 * sin(x[2])**2, slope."""
        mu, tau2, rho = x[0], math.exp(2 * min(x[1], 20)), self.sign * 0.9999 * math.sin(x[2]) ** 2
        slope = x[3] if len(x) > 3 else 0.0
        lam = np.exp(stats.norm.logpdf(u) - stats.norm.logcdf(u))
        sigma2 = self.s**2 / (1 - rho**2 * lam * (u + lam))
        total = tau2 + sigma2
        share = rho * np.sqrt(sigma2 / total)
        r = self.y - mu - slope * self.s
        bent = (u + share * r / np.sqrt(total)) / np.sqrt(1 - share**2)
        return -np.sum(stats.norm.logpdf(r, 0, np.sqrt(total)) - stats.norm.logcdf(u) + stats.norm.logcdf(bent))

    def fit(self, gamma0, gamma1, parameters, starts):
        u = gamma0 + gamma1 / self.s
        best = None
        for start in starts:
            start = np.resize(np.append(start, 0.0), 4)[:parameters]
            found = optimize.minimize(self.minus, start, args=(u,), method="BFGS", options={"gtol": 1e-9})
            if best is None or found.fun < best.fun:
                best = found
        return optimize.minimize(self.minus, best.x, args=(u,), method="Nelder-Mead",
                                 options={"xatol": 1e-11, "fatol": 1e-14, "maxiter": 4000})

    def se(self, best, u):
        """The curvature of the profile log-likelihood of the mean, with rho within its bounds; steps so small that
        rho stays at a bound where it is at one."""

        def profile(mu):
            inner = optimize.minimize(lambda x: self.minus([mu, *x], u), best.x[1:3], method="Nelder-Mead",
                                      options={"xatol": 1e-12, "fatol": 1e-15, "maxiter": 4000})
            return inner.fun

        middle, scale = profile(best.x[0]), 0.005 * self.s.min()
        curve = lambda h: (profile(best.x[0] + h) + profile(best.x[0] - h) - 2 * middle) / h**2
        return (4 * curve(scale / 2) - curve(scale)) / 3

    def usual(self, *angles):
        return [[self.mean, math.log(tau), a] for a in angles for tau in (self.tau, 0.2 * self.s.min())]


def levels(low, high, n=10):
    """Round levels: R's rule for axes (Becker, Chambers and Wilks 1988)."""
    cell = (high - low) / n
    base = 10 ** math.floor(math.log10(cell))
    unit = base
    for factor, bias in ((2, 1.5), (5, 2.75), (10, 1.5)):
        if factor * base - cell < bias * (cell - unit):
            unit = factor * base
    return [unit * i for i in range(math.floor(low / unit + 1e-10), math.ceil(high / unit - 1e-10) + 1)]


def corners(z, level):
    """The corners of each connected line, by walking from cell to cell through the edges it crosses."""
    n = len(z)
    cross = {}
    for i in range(n):
        for j in range(n):
            for to, kind in (((i + 1, j), "right"), ((i, j + 1), "up")):
                if max(to) < n and (z[i, j] < level) != (z[to] < level):
                    share = (level - z[i, j]) / (z[to] - z[i, j])
                    at = (np.array([i, j]) + share * (np.array(to) - [i, j])) / (n - 1)
                    cross[i, j, kind] = at
    link = {edge: [] for edge in cross}
    for i in range(n - 1):
        for j in range(n - 1):
            edges = [(i, j, "right"), (i, j, "up"), (i + 1, j, "up"), (i, j + 1, "right")]
            met = sorted((e for e in edges if e in cross), key=lambda e: cross[e][0])
            for a, b in zip(met[::2], met[1::2]):
                link[a].append(b)
                link[b].append(a)
    lines, seen = [], set()
    for start in sorted(link, key=lambda e: len(link[e])):  # open ends first
        if start in seen:
            continue
        line, here, came = [start], start, None
        seen.add(start)
        while True:
            ahead = [e for e in link[here] if e != came and (e not in seen or (e == line[0] and len(line) > 2))]
            if not ahead:
                break
            came, here = here, ahead[0]
            line.append(here)
            if here in seen:
                break
            seen.add(here)
        lines.append(np.array([cross[e] for e in line]))
    return lines


def strengths(data):
    least, most = data.s.min(), data.s.max()
    widest = 1.29 / (1 / least - 1 / most)
    lowest = -0.25 - widest / most
    gamma0, gamma1 = np.linspace(lowest, 2, GRID), np.linspace(0, widest, GRID)
    z = np.empty((GRID, GRID))
    for i in range(GRID):
        before = []
        for j in reversed(range(GRID)):
            u = gamma0[i] + gamma1[j] / data.s
            found = [optimize.minimize(data.minus, start, args=(u,), method="BFGS", options={"gtol": 1e-9})
                     for start in [*data.usual(0.75), *before]]
            found = min(found, key=lambda f: f.fun)
            before = [found.x]
            z[i, j] = found.x[0]
    fits = []
    for level in levels(z.min(), z.max()):
        for line in corners(z, level):
            x, y = line.T
            slope, intercept = np.polyfit(x, y, 1)
            n = len(x)
            left = np.sum((y - intercept - slope * x) ** 2)
            good = n > 2 and 1 - left / (n - 2) / (np.var(y, ddof=1)) > 0
            fits.append((n, slope, intercept, good))
    slope = -1 / np.average([f[1] for f in fits if f[3]], weights=[f[0] for f in fits if f[3]])
    found = []
    for _, contour, intercept, _ in fits:
        x = (1 - slope - intercept) / (contour - slope)
        y = 1 + slope * (x - 1)
        if 0 <= x <= 1 and 0 <= y <= 1:
            found.append((lowest + x * (2 - lowest), y * widest))
    return sorted(found, key=lambda g: -stats.norm.cdf(g[0] + g[1] / most))


out = {}
for name, measure in SETS:
    effects = json.loads((HERE.parent / f"{name}.json").read_text())["effects"][measure]
    data = Data(effects["yi"], effects["vi"])
    path = []
    for gamma0, gamma1 in [(10.0, 0.0), *strengths(data)]:
        starts = data.usual(0.0, 0.3, 0.9, 1.3)
        three, four = data.fit(gamma0, gamma1, 3, starts), data.fit(gamma0, gamma1, 4, starts)
        gain = max(0.0, 2 * (three.fun - four.fun))
        path.append({"gamma0": gamma0, "gamma1": gamma1, "yi": three.x[0], "tau2": math.exp(2 * three.x[1]),
                     "se": data.se(three, gamma0 + gamma1 / data.s) ** -0.5,
                     "ll": -three.fun, "p": stats.chi2.sf(gain, 1)})
    out[name] = {"measure": measure, "path": path}
    print(name, len(path), flush=True)
(HERE / "copas_line.json").write_text(json.dumps(out, indent=1) + "\n")
