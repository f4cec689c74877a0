"""Writes golden.csv (distributions, quantiles, special functions) and quadratic_form.csv, to 20 digits.

Every argument is the f64 printed; every value is computed from it with at least 60 digits. The tails
are the series of positive terms DLMF 8.17.8 (beta) and 8.11.4 (gamma), compared with mpmath's own
betainc and gammainc where those converge; quantiles are Newton's method on the logarithm of the
tail, at that precision. Needs mpmath; run it in this directory: python3 make.py
"""

import mpmath as m
from mpmath import mpf

DIGITS = 60
m.mp.dps = DIGITS


def beta_tails(a, b, odds):
    """(lower, upper) tail of Beta(a, b) at x = odds / (1 + odds)."""

    def series(a, b, x, kernel):
        term = total = 1 / a
        n = 0
        while term > total * mpf(10) ** -m.mp.dps or (a + b + n) * x > a + 1 + n:
            term *= (a + b + n) / (a + 1 + n) * x
            total += term
            n += 1
        return kernel * total

    def at_precision():
        A, B, o = mpf(a), mpf(b), mpf(odds)
        x, y = o / (1 + o), 1 / (1 + o)
        kernel = m.exp(A * m.log(x) + B * m.log(y) + m.loggamma(A + B) - m.loggamma(A) - m.loggamma(B))
        if (x <= A / (A + B) and x < 0.99) or y >= 0.99:
            lower = series(A, B, x, kernel)
            return lower, 1 - lower, (1 - lower, kernel)
        upper = series(B, A, y, kernel)
        return 1 - upper, upper, (1 - upper, kernel)

    return sharpened(at_precision)


def gamma_tails(a, x):
    """(lower, upper) tail of Gamma(a, 1) at x."""

    def at_precision():
        A, X = mpf(a), mpf(x)
        term = total = 1 / A
        n = 0
        while term > total * mpf(10) ** -m.mp.dps or A + n < X:
            n += 1
            term *= X / (A + n)
            total += term
        kernel = m.exp(A * m.log(X) - X - m.loggamma(A))
        lower = kernel * total
        return lower, 1 - lower, (1 - lower, kernel)

    return sharpened(at_precision)


def sharpened(tails):
    """Repeats with more digits when the complement is small; its size is about the kernel's."""
    lower, upper, (complement, kernel) = tails()
    if complement < mpf(10) ** -5 and kernel < mpf(10) ** -330:
        # Below every f64: only its side matters.
        lower, upper = (mpf(0), mpf(1)) if lower < upper else (mpf(1), mpf(0))
    elif complement < mpf(10) ** -5:
        before = m.mp.dps
        m.mp.dps = before + 20 - min(0, int(m.log10(kernel)))
        try:
            lower, upper, _ = tails()
        finally:
            m.mp.dps = before
    return lower, upper


def newton(u, tails, log_density, p, side, sd):
    """u with tails(u)[side] = p, the tail being log-concave in u; no step is above 5 sd."""
    goal = m.log(mpf(p))
    for _ in range(2000):
        tail = tails(u)[side]
        if tail == 0:
            step /= 2
            u += step
            continue
        slope = m.exp(log_density(u) - m.log(tail)) * (1 if side == 0 else -1)
        step = (m.log(tail) - goal) / slope
        step = max(min(step, 5 * sd), -5 * sd)
        u -= step
        if abs(step) < mpf(10) ** (-0.6 * m.mp.dps) * max(1, abs(u)):
            return u
    raise RuntimeError("no convergence")


def in_two_stages(solve):
    """A start with few digits, then the last steps with many."""
    m.mp.dps = 25
    try:
        u = solve(None)
    finally:
        m.mp.dps = DIGITS
    return solve(u)


def beta_odds(a, b, p, side):
    """The odds x / (1 − x) of a quantile of Beta(a, b)."""
    A, B = mpf(a), mpf(b)

    def log_density(u):
        lb = m.loggamma(A) + m.loggamma(B) - m.loggamma(A + B)
        return A * u - (A + B) * m.log(1 + m.exp(u)) - lb

    def solve(u):
        u = m.log(A / B) if u is None else u
        return newton(u, lambda v: beta_tails(A, B, m.exp(v)), log_density, p, side,
                      m.sqrt(1 / A + 1 / B))

    return m.exp(in_two_stages(solve))


def gamma_quantile(a, p, side):
    A = mpf(a)

    def solve(u):
        u = m.log(A) if u is None else u
        return newton(u, lambda v: gamma_tails(A, m.exp(v)),
                      lambda v: A * v - m.exp(v) - m.loggamma(A), p, side, 1 / m.sqrt(A))

    return m.exp(in_two_stages(solve))


LOWER, UPPER = 0, 1
SIDES = {"cdf": LOWER, "sf": UPPER, "quantile": LOWER, "quantile_upper": UPPER}


def normal(face, x):
    x = mpf(x)
    if face in ("cdf", "sf"):
        return m.erfc((-x if face == "cdf" else x) / m.sqrt(2)) / 2
    sign = -1 if face == "quantile" else 1
    if x == 0.5:
        return mpf(0)
    small, flip = (x, 1) if x < 0.5 else (1 - x, -1)
    z = m.sqrt(-2 * m.log(small)) if small < 0.1 else (mpf(1) / 2 - small) * m.sqrt(2 * m.pi)
    for _ in range(200):
        tail = m.erfc(z / m.sqrt(2)) / 2
        density = m.exp(-z * z / 2) / m.sqrt(2 * m.pi)
        step = tail / density * m.log(tail / small)
        z += step
        if abs(step) < mpf(10) ** -45:
            break
    return sign * flip * z


def student_t(face, x, df):
    df = mpf(df)
    if face in ("cdf", "sf", "two_sided"):
        x = mpf(x)
        half = beta_tails(df / 2, mpf(1) / 2, df / (x * x))[LOWER] / 2 if x else mpf(1) / 2
        if face == "two_sided":
            return 2 * half
        return half if (face == "sf") == (x >= 0) else 1 - half
    p = mpf(x)
    sign = -1 if face == "quantile" else 1
    if p == 0.5:
        return mpf(0)
    small, flip = (p, 1) if p < 0.5 else (1 - p, -1)
    return sign * flip * m.sqrt(df / beta_odds(df / 2, mpf(1) / 2, 2 * small, LOWER))


def chi_squared(face, x, df):
    if face in ("cdf", "sf"):
        return gamma_tails(mpf(df) / 2, mpf(x) / 2)[SIDES[face]]
    return 2 * gamma_quantile(mpf(df) / 2, x, SIDES[face])


def gamma(face, x, shape):
    if face in ("cdf", "sf"):
        return gamma_tails(shape, x)[SIDES[face]]
    return gamma_quantile(shape, x, SIDES[face])


def fisher_f(face, x, df1, df2):
    d1, d2 = mpf(df1), mpf(df2)
    if face in ("cdf", "sf"):
        return beta_tails(d1 / 2, d2 / 2, mpf(x) * d1 / d2)[SIDES[face]]
    return beta_odds(d1 / 2, d2 / 2, x, SIDES[face]) * d2 / d1


def beta(face, x, a, b):
    if face in ("cdf", "sf"):
        x = mpf(x)
        return beta_tails(a, b, x / (1 - x))[SIDES[face]]
    odds = beta_odds(a, b, x, SIDES[face])
    return odds / (1 + odds)


def binomial(face, x, n, p):
    P = mpf(p)
    if face == "pmf":
        return m.exp(m.loggamma(mpf(n) + 1) - m.loggamma(mpf(x) + 1) - m.loggamma(mpf(n - x) + 1)) * P**x * (1 - P) ** (n - x)
    if face == "quantile":
        total = mpf(0)
        for k in range(n + 1):
            total += binomial("pmf", k, n, p)
            if total >= mpf(x):
                return mpf(k)
    lower, upper = beta_tails(mpf(n - x), mpf(x + 1), (1 - P) / P)
    return lower if face == "cdf" else upper


def special(face, x, a):
    X, A = mpf(x), mpf(a)
    if face == "ln_rising":
        return m.loggamma(A + X) - m.loggamma(A)
    if face == "ln_rising_excess":
        return m.loggamma(A + X) - m.loggamma(A) - X * m.log(A)
    if face == "digamma_difference":
        return m.psi(0, A + X) - m.psi(0, A)
    if face == "trigamma_difference":
        return m.psi(1, A + X) - m.psi(1, A)
    if face == "ln_beta":
        return m.loggamma(A) + m.loggamma(X) - m.loggamma(A + X)
    if face == "ln_choose":
        return m.loggamma(A + 1) - m.loggamma(X + 1) - m.loggamma(A - X + 1)
    if face == "ln_gamma":
        return m.loggamma(X)
    if face == "digamma":
        return m.psi(0, X)
    if face == "trigamma":
        return m.psi(1, X)
    if face == "logit":
        return m.log(X / (1 - X))
    if face == "expit":
        return 1 / (1 + m.exp(-X))
    if face == "ln_expit":
        return -m.log1p(m.exp(-X))
    if face == "ln_normal_sf":
        if X < 100:
            return m.log(m.erfc(X / m.sqrt(2)) / 2) if X > 0 else m.log1p(-m.erfc(-X / m.sqrt(2)) / 2)
        fraction = X
        for k in range(300, 0, -1):
            fraction = X + k / fraction
        return -X * X / 2 - m.log(2 * m.pi) / 2 - m.log(fraction)
    raise ValueError(face)


def quadratic_forms():
    """Σ λᵢ χ²₁: q, the weights and P(≤ q), by Talbot inversion of the Laplace transform."""
    geometric = lambda k, ratio: [float(ratio ** (mpf(i) / max(k - 1, 1))) for i in range(k)]
    for weights in [[1.0], [0.5, 0.5, 0.5], [3.0, 1.0], [1.0, 0.1, 0.01], [5.0, 1e-3, 1e-3, 1e-3],
                    geometric(14, 20.0), geometric(40, 1e6), geometric(200, 1e6), geometric(200, 3.0)]:
        mean = sum(weights)
        for k in [1e-3, 0.1, 0.5, 0.9, 1.0, 1.1, 1.7, 3.0]:
            q = k * mean
            values = [invert(q, weights, degree) for degree in (90, 110)]
            assert abs(values[0] - values[1]) < mpf(10) ** -20, (q, weights)
            yield q, weights, values[1]


def invert(q, weights, degree):
    def transform(s):
        product = mpf(1)
        for w in weights:
            product *= m.sqrt(1 + 2 * mpf(w) * s)
        return 1 / (product * s)

    return m.invertlaplace(transform, mpf(q), method="talbot", degree=degree)


def check():
    """The series against mpmath's own functions."""
    for a, b, x in [(2, 3, 0.3), (0.5, 0.5, 0.8), (30, 4, 0.7), (0.1, 12, 0.001), (64, 21, 0.76)]:
        own = beta_tails(a, b, mpf(x) / (1 - mpf(x)))
        theirs = m.betainc(a, b, 0, x, regularized=True)
        assert abs(own[0] - theirs) < mpf(10) ** -50, (a, b, x)
    for a, x in [(0.5, 0.1), (3, 7), (50, 40), (0.01, 1)]:
        own = gamma_tails(a, x)
        assert abs(own[0] - m.gammainc(a, 0, x, regularized=True)) < mpf(10) ** -50, (a, x)
        assert abs(own[1] - m.gammainc(a, x, regularized=True)) < mpf(10) ** -50, (a, x)


P = [1e-300, 1e-200, 1e-100, 1e-50, 1e-20, 1e-10, 1e-4, 0.025, 0.2, 0.45, 0.5, 0.7, 0.975, 0.9999, 1 - 1e-10, 1 - 1e-13]
FEW = [1e-300, 1e-100, 1e-30, 1e-10, 0.025, 0.5, 0.975, 1 - 1e-10, 1 - 1e-13]


def rows():
    for z in [-40, -37, -20, -10, -5, -1.96, -0.7, -1e-9, 0, 0.3, 0.7, 1, 2.5, 6, 8.2, 15, 30, 37.5]:
        yield "normal", "cdf", [float(z)]
        yield "normal", "sf", [float(z)]
    for p in P:
        yield "normal", "quantile", [p]
    for df in [1.0, 2.0, 3.0, 4.5, 13.0, 100.0, 1000.0, 1e4, 1e6]:
        for p in P:
            yield "student_t", "quantile", [p, df]
        for t in [1e-8, 0.5, 1.96, 5.0, 30.0]:
            yield "student_t", "two_sided", [t, df]
            yield "student_t", "cdf", [t, df]
            yield "student_t", "cdf", [-t, df]
    for df in [1.0, 2.0, 3.5, 13.0, 100.0, 1000.0, 1e4, 1e6]:
        for p in FEW:
            yield "chi_squared", "quantile", [p, df]
            yield "chi_squared", "quantile_upper", [p, df]
        for k in [0.05, 0.5, 0.9, 1.0, 1.1, 2.0, 4.0]:
            yield "chi_squared", "cdf", [k * df, df]
            yield "chi_squared", "sf", [k * df, df]
    for shape in [0.01, 0.3, 7.25]:
        for p in [1e-3, 0.5, 0.975]:
            yield "gamma", "quantile", [p, shape]
            yield "gamma", "cdf", [p * shape, shape]
            yield "gamma", "sf", [p * shape, shape]
    for d1, d2 in [(1, 1), (1, 10), (2, 3), (5, 2), (10, 100), (1000, 1000), (3, 1e6), (1e6, 7), (1e4, 1e5)]:
        for p in FEW[1:]:
            yield "fisher_f", "quantile_upper", [p, float(d1), float(d2)]
        for f in [0.01, 0.9, 1.0, 1.1, 3.0, 50.0]:
            yield "fisher_f", "cdf", [f, float(d1), float(d2)]
            yield "fisher_f", "sf", [f, float(d1), float(d2)]
    shapes = [(0.5, 0.5), (1, 1), (2, 3), (0.1, 10), (1, 10), (64, 21), (30, 1000), (5000, 5000), (3, 1e6), (1e5, 1e6), (0.02, 0.3)]
    for a, b in shapes:
        for p in FEW:
            if a >= 0.1 and b >= 0.1:
                yield "beta", "quantile", [p, float(a), float(b)]
        yield "beta", "quantile_upper", [0.025, float(a), float(b)]
        mean = a / (a + b)
        for x in [mean / 100, mean / 2, mean * 0.98, mean, (1 + 9 * mean) / 10, (1 + mean) / 2]:
            yield "beta", "cdf", [x, float(a), float(b)]
            yield "beta", "sf", [x, float(a), float(b)]
    for n, p in [(1, 0.5), (15, 0.7), (84, 0.762), (1000, 1e-3), (10000, 0.3), (1000000, 0.02)]:
        for x in sorted({0, round(n * p * 0.7), round(n * p), min(n, round(n * p * 1.2)), n}):
            yield "binomial", "pmf", [x, n, p]
            if x < n:
                yield "binomial", "cdf", [x, n, p]
                yield "binomial", "sf", [x, n, p]
        if n <= 10000:
            for q in [1e-10, 0.025, 0.5, 0.975, 1 - 1e-10]:
                yield "binomial", "quantile", [q, n, p]


    for a in [1e-6, 0.03, 0.7, 1.5, 9.9, 12.0, 400.0, 1e5, 1e9, 1e12]:
        for x in [1e-4, 0.3, 1.0, 2.0, 17.0, 33.0, 50.5, 2000.0, 1e6, 1e9]:
            for face in ["ln_rising", "ln_rising_excess", "digamma_difference", "trigamma_difference"]:
                if face != "ln_rising_excess" or x != 1.0:
                    yield "special", face, [x, a]
    for x in [1e-8, 0.1, 0.9, 2.5, 10.0, 300.5, 1e10]:
        for face in ["ln_gamma", "digamma", "trigamma"]:
            yield "special", face, [x, 0.0]
        yield "special", "ln_beta", [x, 0.2]
        yield "special", "ln_beta", [x, 1e6]
    for n, k in [(5.0, 2.0), (84.0, 64.0), (1e9, 3.0), (1e9, 4e8)]:
        yield "special", "ln_choose", [k, n]
    for z in [-1e3, -38.0, -20.0, -3.0, -0.1, 0.0, 0.5, 5.9, 6.1, 38.0, 1e3, 1e5]:
        yield "special", "ln_normal_sf", [z, 0.0]
    for u in [-700.0, -40.0, -1.0, -1e-9, 0.5, 3.0, 36.0]:
        yield "special", "expit", [u, 0.0]
        yield "special", "ln_expit", [u, 0.0]
    for p in [1e-300, 1e-9, 0.2, 0.4999, 0.5001, 0.75, 0.999]:
        yield "special", "logit", [p, 0.0]


def main():
    check()
    with open("quadratic_form.csv", "w", encoding="ascii", newline="\n") as out:
        out.write("q,cdf,weights\n")
        for q, weights, value in quadratic_forms():
            out.write(f"{q!r},{m.nstr(value, 20)},{' '.join(map(repr, weights))}\n")
    with open("golden.csv", "w", encoding="ascii", newline="\n", buffering=1) as out:
        out.write("distribution,face,x,a,b,value\n")
        for name, face, arguments in rows():
            value = globals()[name](face, *arguments)
            if not (arguments[0] == 0 or mpf(10) ** -305 < abs(value) < mpf(10) ** 305):
                continue
            cells = [repr(float(v)) for v in arguments] + ["", ""]
            out.write(",".join([name, face, *cells[:3], m.nstr(value, 20)]) + "\n")


if __name__ == "__main__":
    main()
