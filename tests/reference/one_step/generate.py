"""Reference values of the one-step models, to 20 digits and more, with mpmath.

Usage: python3 generate.py > values.json                  (mpmath with gmpy2; ten minutes; names of
                                                           sets as arguments: only those)
       python3 generate.py integrals > integrals.json     (seconds)
       python3 generate.py beta_binomial > beta_binomial.json

The marginal likelihood of the binomial-normal model is integrated by Gauss-Legendre panels that are
halved until they agree, its maximum found by Newton's method with moments of the same integrals, in
30 digits (40 for totals above 1e6). The beta-binomial likelihood is a sum of loggamma functions.
Nothing here shares a formula's implementation, a quadrature rule or a starting value with the crate.
"""

import csv
import json
import pathlib
import sys

from mpmath import mp, mpf

HERE = pathlib.Path(__file__).parent


def read(name):
    with open(HERE.parent / f"{name}.csv") as file:
        return [(int(r["events"]), int(r["total"])) for r in csv.DictReader(file)]


SETS = {
    **{
        name: read(name)
        for name in (
            "pritz1997",
            "nielweise2007_treated",
            "nielweise2007_control",
            "debruin2009",
            "crisafulli2020",
            "ldh_resorption",
            "ldh_resorption_by_type",
        )
    },
    # Rare events, most studies without one.
    "rare": [(0, 50), (0, 40), (1, 100), (0, 30), (2, 60), (0, 80), (0, 25), (0, 200), (1, 55), (5, 70)],
    "two": [(3, 10), (32, 40)],
    "two_alike": [(14, 21), (20, 35)],
    "homogeneous": [(6, 10), (12, 20), (18, 30)],
    # Two maxima along tau: the higher one inside, and the higher one at tau = 0.
    "two_modes": [(188, 491), (0, 5), (0, 9)],
    "two_modes_boundary": [(2, 2), (2, 3), (296, 457), (8, 8)],
    # Studies so large that their own error is 1e-4 on the logit, with a spread of 1e-3.
    "huge": [(300000000, 1000000000), (300200000, 1000000000), (299700000, 1000000000),
             (300100000, 1000000000), (299900000, 1000000000)],
    # Nearly all-or-nothing studies: the random effect spreads over many logits.
    "extreme": [(0, 1000), (1000, 1000), (500, 1000), (0, 200), (3, 1000), (100, 100)],
}
LINKS = {
    "pritz1997": ["logit", "probit", "cloglog"],
    "ldh_resorption": ["logit", "probit", "cloglog"],
    "rare": ["logit", "probit", "cloglog"],
    "nielweise2007_treated": ["logit", "probit", "cloglog"],
    "extreme": ["logit", "probit", "cloglog"],
    "homogeneous": ["logit", "probit"],
}


def log_binomial(x, n):
    return mp.loggamma(n + 1) - mp.loggamma(x + 1) - mp.loggamma(n - x + 1)


def ln_p_q(link, eta):
    """ln p and ln(1 - p)."""
    if link == "logit":
        return -mp.log1p(mp.exp(-eta)), -mp.log1p(mp.exp(eta))
    if link == "probit":
        p, q = mp.erfc(-eta / mp.sqrt(2)) / 2, mp.erfc(eta / mp.sqrt(2)) / 2
        return mp.log(p), mp.log(q)
    return mp.log(-mp.expm1(-mp.exp(eta))), -mp.exp(eta)


def inverse(link, eta):
    return mp.exp(ln_p_q(link, eta)[0])


def link_of(link, p):
    if link == "logit":
        return mp.log(p / (1 - p))
    if link == "probit":
        return mp.sqrt(2) * mp.erfinv(2 * p - 1)
    return mp.log(-mp.log1p(-p))


def loglik(link, x, n, eta):
    lp, lq = ln_p_q(link, eta)
    return (x * lp if x else mpf(0)) + ((n - x) * lq if n > x else mpf(0))


RULE = {}


def rule(nodes):
    """Gauss-Legendre nodes and weights on [-1, 1] by Newton's method on the polynomial."""
    if (nodes, mp.dps) not in RULE:
        pairs = []
        for i in range(nodes):
            t = mp.cos(mp.pi * (i + mpf(3) / 4) / (nodes + mpf(1) / 2))
            for _ in range(100):
                a, b = mpf(1), t
                for j in range(2, nodes + 1):
                    a, b = b, ((2 * j - 1) * t * b - (j - 1) * a) / j
                d = nodes * (t * b - a) / (t * t - 1)
                step = b / d
                t -= step
                if abs(step) < mpf(10) ** (-mp.dps + 2):
                    break
            pairs.append((t, 2 / ((1 - t * t) * d * d)))
        RULE[(nodes, mp.dps)] = pairs
    return RULE[(nodes, mp.dps)]


def panel(f, a, b, nodes=24):
    half, mid = (b - a) / 2, (a + b) / 2
    total = None
    for t, w in rule(nodes):
        value = f(mid + half * t)
        total = [w * half * v for v in value] if total is None else [s + w * half * v for s, v in zip(total, value)]
    return total


def adaptive(f, a, b, whole, scale, depth=0):
    mid = (a + b) / 2
    left, right = panel(f, a, mid), panel(f, mid, b)
    if abs(left[0] + right[0] - whole[0]) < mpf(10) ** -22 * scale or depth > 40:
        return [l + r for l, r in zip(left, right)]
    le, ri = adaptive(f, a, mid, left, scale, depth + 1), adaptive(f, mid, b, right, scale, depth + 1)
    return [l + r for l, r in zip(le, ri)]


def study(link, x, n, mu, tau):
    """ln of the marginal likelihood of one study and E[z^k | data], k = 1..4."""
    def g(z):
        return loglik(link, x, n, mu + tau * z) - z * z / 2

    # The mode by golden section: slow and sure.
    lo, hi = -60 - 60 / tau, 60 + 60 / tau
    r = (mp.sqrt(5) - 1) / 2
    for _ in range(120):
        a, b = hi - r * (hi - lo), lo + r * (hi - lo)
        if g(a) < g(b):
            lo = a
        else:
            hi = b
    mode = (lo + hi) / 2
    top = g(mode)

    def edge(sign):
        step = mpf(2) ** -40
        while g(mode + sign * step) > top - 62:
            step *= 2
        inner, outer = step / 2, step
        for _ in range(8):
            middle = (inner + outer) / 2
            if g(mode + sign * middle) > top - 62:
                inner = middle
            else:
                outer = middle
        return mode + sign * outer

    def f(z):
        e = mp.exp(g(z) - top)
        return [e, e * z, e * z**2, e * z**3, e * z**4]

    a, b = edge(-1), edge(1)
    first, second = panel(f, a, mode), panel(f, mode, b)
    scale = abs(first[0] + second[0])
    left = adaptive(f, a, mode, first, scale)
    right = adaptive(f, mode, b, second, scale)
    m = [l + r for l, r in zip(left, right)]
    ll = log_binomial(x, n) + top + mp.log(m[0]) - mp.log(2 * mp.pi) / 2
    return ll, [v / m[0] for v in m[1:]]


def glmm_at(link, data, mu, lam):
    """Log-likelihood, score and Hessian in (mu, ln tau)."""
    tau = mp.exp(lam)
    ll, s, h = mpf(0), [mpf(0)] * 2, [mpf(0)] * 3
    for (x, n), times in counted(data):
        l, (e1, e2, e3, e4) = study(link, x, n, mu, tau)
        ll += times * l
        s[0] += times * e1 / tau
        s[1] += times * (e2 - 1)
        h[0] += times * (e2 - e1**2 - 1) / tau**2
        h[1] += times * (e3 - e1 * e2 - 2 * e1) / tau
        h[2] += times * (e4 - e2**2 - 2 * e2)
    return ll, s, h


def counted(data):
    return [(pair, data.count(pair)) for pair in sorted(set(data))]


def bb_at(data, theta, lam):
    """Beta-binomial log-likelihood in (logit mu, logit rho), derivatives in closed form."""
    mu, s = 1 / (1 + mp.exp(-theta)), mp.exp(-lam)
    a, b = mu * s, (1 - mu) * s
    w = mu * (1 - mu)
    ll, g, h = mpf(0), [mpf(0)] * 2, [mpf(0)] * 3
    for (x, n), times in counted(data):
        y = n - x
        ll += times * (log_binomial(x, n) + mp.loggamma(a + x) - mp.loggamma(a) + mp.loggamma(b + y)
                       - mp.loggamma(b) - mp.loggamma(s + n) + mp.loggamma(s))
        d = lambda k: (mp.psi(k, a + x) - mp.psi(k, a), mp.psi(k, b + y) - mp.psi(k, b), mp.psi(k, s + n) - mp.psi(k, s))
        (a1, b1, c1), (a2, b2, c2) = d(0), d(1)
        lm, ls = s * (a1 - b1), mu * a1 + (1 - mu) * b1 - c1
        lmm, lss = s * s * (a2 + b2), mu**2 * a2 + (1 - mu) ** 2 * b2 - c2
        lms = a1 - b1 + s * (mu * a2 - (1 - mu) * b2)
        g[0] += times * w * lm
        g[1] -= times * s * ls
        h[0] += times * (w * w * lmm + w * (1 - 2 * mu) * lm)
        h[1] -= times * s * w * lms
        h[2] += times * (s * s * lss + s * ls)
    return ll, g, h


def binomial_loglik(data, p):
    return sum(log_binomial(x, n) + (x * mp.log(p) if x else 0) + ((n - x) * mp.log(1 - p) if n > x else 0)
               for x, n in data)


def newton(equations, start, limit=200):
    """Solves two equations by Newton's method with steps of at most 1/2."""
    a, l = start
    for _ in range(limit):
        (f0, f1), (j00, j01, j10, j11) = equations(a, l)
        det = j00 * j11 - j01 * j10
        da, dl = -(j11 * f0 - j01 * f1) / det, -(j00 * f1 - j10 * f0) / det
        shrink = max(abs(da), abs(dl)) * 2
        if shrink > 1:
            da, dl = da / shrink, dl / shrink
        a, l = a + da, l + dl
        if max(abs(da), abs(dl)) < mpf(10) ** -18:
            return a, l
    raise RuntimeError("Newton did not settle")


def maximise(at, start):
    a, l = start
    ll, g, h = at(a, l)
    for _ in range(200):
        det = h[0] * h[2] - h[1] ** 2
        if h[0] < 0 and det > 0:
            da, dl = -(h[2] * g[0] - h[1] * g[1]) / det, -(h[0] * g[1] - h[1] * g[0]) / det
        else:
            da, dl = g[0] / abs(h[0]), g[1] / (abs(h[2]) + 1)
        shrink = max(1, 2 * abs(da), 2 * abs(dl))
        da, dl = da / shrink, dl / shrink
        while True:
            new = at(a + da, l + dl)
            if new[0] >= ll - mpf(10) ** -20:
                break
            da, dl = da / 2, dl / 2
        a, l, (ll, g, h) = a + da, l + dl, new
        if l < -25:
            return None
        if max(abs(da), abs(dl)) < mpf(10) ** -16:
            return a, l, ll, h
    raise RuntimeError("no maximum")


def fit(at, starts, ll0, scale_of, name):
    """The maximum, its covariance, and profile limits of both parameters."""
    best = None
    for start in starts:
        found = maximise(at, start)
        if found and (best is None or found[2] > best[2]):
            best = found
    if best is None or best[2] <= ll0:
        return None
    a, l, ll, h = best
    det = h[0] * h[2] - h[1] ** 2
    cov = [-h[2] / det, h[1] / det, -h[0] / det]
    se, se_l = mp.sqrt(cov[0]), mp.sqrt(cov[2])
    cut = ll - mpf("3.841458820694124") / 2
    def scale_limit(sign):
        if sign < 0 and ll0 >= cut:
            return mpf(0)
        def eq(x, y):
            v, g, hh = at(x, y)
            return (v - cut, g[0]), (g[0], g[1], hh[0], hh[1])
        # Newton's method can leave for the other limit: start nearer until it does not.
        for reach in ("2", "1.5", "1", "0.5", "3"):
            x, y = newton(eq, (a, l + sign * mpf(reach) * se_l))
            if (y - l) * sign > 0:
                return scale_of(y)
        raise RuntimeError("no limit on this side")
    def location_limit(sign):
        def eq(x, y):
            v, g, hh = at(x, y)
            return (v - cut, g[1]), (g[0], g[1], hh[1], hh[2])
        x, y = newton(eq, (a + sign * 2 * se, l + se_l / 2))
        if (x - a) * sign < 0:
            raise RuntimeError("no limit on this side")
        return x
    print(name, "maximum", mp.nstr(a, 10), mp.nstr(scale_of(l), 10), mp.nstr(ll, 12), file=sys.stderr)
    limits = {}
    for key, f, sign in (("scale_lower", scale_limit, -1), ("scale_upper", scale_limit, 1),
                         ("location_lower", location_limit, -1), ("location_upper", location_limit, 1)):
        try:
            limits[key] = f(sign)
        except (RuntimeError, ZeroDivisionError) as error:
            print(name, key, error, file=sys.stderr)
            limits[key] = None
    return {"location": a, "scale": scale_of(l), "log_likelihood": ll, "log_likelihood_0": ll0, "se": se,
            "covariance": cov, **limits}


def marginal_mean(link, mu, tau):
    """E[p] over studies, and its derivatives in (mu, ln tau)."""
    def f(z):
        eta = mu + tau * z
        w = mp.exp(-z * z / 2) / mp.sqrt(2 * mp.pi)
        p = inverse(link, eta)
        if link == "logit":
            d = p * (1 - p)
        elif link == "probit":
            d = mp.exp(-eta**2 / 2) / mp.sqrt(2 * mp.pi)
        else:
            d = mp.exp(eta - mp.exp(eta))
        return [w * p, w * d, w * d * z * tau]
    a, b = mpf(-12), mpf(12)
    return adaptive(f, a, b, panel(f, a, b), mpf(1))


def strings(value):
    if isinstance(value, dict):
        return {k: strings(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [strings(v) for v in value]
    return value if value is None or isinstance(value, (int, str)) else float(mp.nstr(value, 17))


def main():
    result = {}
    for name, data in SETS.items():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        mp.dps = 40 if max(n for _, n in data) > 1e6 else 30
        events, total = sum(x for x, _ in data), sum(n for _, n in data)
        rate = mpf(events) / total
        ll0 = binomial_loglik(data, rate)
        saturated = sum(binomial_loglik([(x, n)], mpf(x) / n) for x, n in data)
        entry = {"counts": data, "saturated": saturated, "glmm": {}}
        for link in LINKS.get(name, ["logit"]):
            def at(mu, lam):
                return glmm_at(link, data, mu, lam)
            spread = [link_of(link, (x + mpf(1) / 2) / (n + 1)) for x, n in data]
            middle = sum(spread) / len(spread)
            sd = mp.sqrt(sum((y - middle) ** 2 for y in spread) / len(spread))
            starts = [(middle, mp.log(sd)), (link_of(link, rate), mp.log(sd) - 2)]
            found = fit(at, starts, ll0, lambda l: mp.exp(2 * l), f"{name} {link}")
            if found:
                # Covariance in (mu, ln tau2), as the crate keeps it.
                c = found["covariance"]
                found["covariance"] = [c[0], 2 * c[1], 4 * c[2]]
                m, dm, dt = marginal_mean(link, found["location"], mp.sqrt(found["scale"]))
                gm, gt = dm / (m * (1 - m)), dt / (m * (1 - m))
                found["marginal_mean"] = m
                found["marginal_mean_logit_se"] = mp.sqrt(gm**2 * c[0] + 2 * gm * gt * c[1] + gt**2 * c[2])
            entry["glmm"][link] = found
        def at(theta, lam):
            return bb_at(data, theta, lam)
        found = fit(at, [(mp.log(rate / (1 - rate)), mpf(-3)), (mp.log(rate / (1 - rate)), mpf(-1)),
                         (mp.log(rate / (1 - rate)), mpf(-9))],
                    ll0, lambda l: 1 / (1 + mp.exp(-l)), f"{name} beta-binomial")
        entry["beta_binomial"] = found
        result[name] = strings(entry)
    json.dump(result, sys.stdout, indent=1)


# link, events, total, mu, tau: ordinary studies and the hard ones (a step in a wide random effect,
# a study that pins its effect down to 1e-4, one that says nothing).
INTEGRALS = [
    ("logit", 16, 17, "1.38", "0.77"),
    ("logit", 486, 505, "0.6", "1.27"),
    ("logit", 0, 1000, "-2", "5"),
    ("logit", 1000, 1000, "-2", "40"),
    ("logit", 0, 1000000000, "0", "50"),
    ("logit", 0, 100, "-300", "200"),
    ("logit", 1, 20, "-5", "5"),
    ("logit", 5, 5, "0", "0.001"),
    ("logit", 300000000, 1000000000, "-0.85", "0.0008"),
    ("logit", 1, 1000000000, "-15", "2"),
    ("probit", 10, 12, "0.8", "0.45"),
    ("probit", 0, 1000, "-1", "2"),
    ("probit", 999999997, 1000000000, "4", "1"),
    ("probit", 0, 1000000000, "3", "20"),
    ("probit", 300000000, 1000000000, "-0.52", "0.0005"),
    ("cloglog", 4, 8, "0.4", "0.4"),
    ("cloglog", 0, 50, "-3", "0.5"),
    ("cloglog", 1000, 1000, "1", "3"),
    ("cloglog", 1000000000, 1000000000, "-1", "30"),
    ("cloglog", 3, 100000, "-8", "2"),
    ("cloglog", 300000000, 1000000000, "-1.03", "0.0006"),
    # Narrow random effects thousands of their widths away from a study that is far sharper still.
    ("cloglog", 705496160, 705496160, "-0.66", "0.00046"),
    ("cloglog", 1000000000, 1000000000, "-2", "0.003"),
    ("cloglog", 0, 1000000000, "2", "0.001"),
    ("cloglog", 999999999, 1000000000, "-1", "0.001"),
    ("cloglog", 1, 1000000000, "1", "0.001"),
    ("probit", 1000000000, 1000000000, "-2", "0.0005"),
    ("probit", 0, 1000000000, "1", "0.001"),
    ("probit", 1, 1000000000, "1", "0.001"),
    ("logit", 1000000000, 1000000000, "-3", "0.0004"),
    ("logit", 0, 1000000000, "2", "0.002"),
    ("logit", 999999999, 1000000000, "-2", "0.01"),
]


def integrals():
    rows = []
    for link, x, n, mu, tau in INTEGRALS:
        mp.dps = 40 if n > 1e6 else 30
        # What f64 makes of the decimals, so that both sides integrate the same thing.
        m, t = mpf(float(mu)), mpf(float(tau))
        ll, (e1, e2, e3, e4) = study(link, x, n, m, t)
        rows.append({
            "link": link, "events": x, "total": n, "mu": float(m), "tau": float(t),
            "log_likelihood": strings(ll),
            "score": strings([e1 / t, e2 - 1]),
            "hessian": strings([(e2 - e1**2 - 1) / t**2, (e3 - e1 * e2 - 2 * e1) / t, e4 - e2**2 - 2 * e2]),
        })
    json.dump(rows, sys.stdout, indent=1)


# events, total, logit mu, logit rho: from all-or-nothing studies to the binomial limit, small and huge.
BETA_BINOMIALS = [
    (3, 8, "0.5", "-1"),
    (0, 8, "0.5", "3"),
    (8, 8, "-2", "30"),
    (5, 20, "-1.5", "-30"),
    (16, 17, "1.2", "-2.3"),
    (0, 1000000000, "-20", "-1"),
    (1000000000, 1000000000, "3", "-8"),
    (300012345, 1000000000, "-0.8472", "-27"),
    (300012345, 1000000000, "-0.85", "-15"),
    (1, 1000000000, "-18", "-20"),
    (4503599627370496, 9007199254740992, "0.1", "-3"),
]


def beta_binomials():
    mp.dps = 80
    rows = []
    for x, n, theta, lam in BETA_BINOMIALS:
        t, l = mpf(float(theta)), mpf(float(lam))
        ll, score, hessian = bb_at([(x, n)], t, l)
        rows.append({"events": x, "total": n, "logit_mean": float(t), "logit_rho": float(l),
                     "log_likelihood": strings(ll), "score": strings(score), "hessian": strings(hessian)})
    json.dump(rows, sys.stdout, indent=1)


{"integrals": integrals, "beta_binomial": beta_binomials}.get(" ".join(sys.argv[1:]), main)()
