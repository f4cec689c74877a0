"""study_intervals.json: intervals of single proportions in 50 digits.

Clopper and Pearson 1934, Wilson 1927, Wilson with continuity correction (Newcombe 1998), Agresti
and Coull 1998, Jeffreys (Brown, Cai and DasGupta 2001: the exact edge at 0/n and n/n), mid-P
(Lancaster 1961) and Wald on the logit. Limits beyond 0 and 1 are cut.
"""

from meta import *

mp.dps = 50

PAIRS = [(0, 1), (1, 1), (0, 7), (7, 7), (1, 7), (6, 7), (3, 7), (0, 130), (2, 208), (16, 17),
         (22, 22), (64, 84), (926, 1322), (1, 10000), (9999, 10000), (47, 177413),
         (500000, 1000000), (1, 1000000), (3, 1000000000), (999999999, 1000000000)]
LEVELS = [mpf(90) / 100, mpf(95) / 100, mpf(999) / 1000]


def log_choose(n, x):
    return mp.loggamma(n + 1) - mp.loggamma(x + 1) - mp.loggamma(n - x + 1)


def mass(x, n, p):
    return mp.exp(log_choose(n, x) + x * mp.log(p) + (n - x) * mp.log1p(-p))


def at_least(x, n, p):
    """P(X >= x), by the incomplete beta function where the sum is long."""
    if x <= 0:
        return mpf(1)
    if n <= 200:
        return mp.fsum(mass(i, n, p) for i in range(x, n + 1))
    return beta_cdf_fraction(p, x, n - x + 1)


def beta_cdf_fraction(x, a, b):
    """Regularised incomplete beta by Gauss's continued fraction from the smaller side."""
    x, a, b = mpf(x), mpf(a), mpf(b)
    if x > a / (a + b):
        return 1 - beta_cdf_fraction(1 - x, b, a)
    front = mp.exp(mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b)
                   + a * mp.log(x) + b * mp.log1p(-x)) / a
    # Lentz.
    c, d = mpf(1), 1 - (a + b) * x / (a + 1)
    d = 1 / d
    h = d
    for m in range(1, 200000):
        step = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1 / (1 + step * d), 1 + step / c
        h *= d * c
        step = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1 / (1 + step * d), 1 + step / c
        delta = d * c
        h *= delta
        if abs(delta - 1) < mpf(10) ** -40:
            return front * h
    raise ArithmeticError("the continued fraction did not end")


def solve(f, x, n):
    """The root of f in (0, 1) by bisection on the logit scale, where rare rates have digits."""
    low, high = mpf(-80), mpf(80)
    expit = lambda u: 1 / (1 + mp.exp(-u))
    rising = f(expit(high)) > f(expit(low))
    for _ in range(90):
        middle = (low + high) / 2
        if (f(expit(middle)) > 0) == rising:
            high = middle
        else:
            low = middle
    return expit((low + high) / 2)


def clamp(value):
    return min(max(value, mpf(0)), mpf(1))


def intervals(x, n, level):
    tail = (1 - level) / 2
    z = normal_quantile(1 - tail)
    p = mpf(x) / n
    out = {}
    out["clopper-pearson"] = (
        mpf(0) if x == 0 else solve(lambda r: at_least(x, n, r) - tail, x, n),
        mpf(1) if x == n else solve(lambda r: tail - (1 - at_least(x + 1, n, r)), x, n),
    )
    half = z * mp.sqrt(p * (1 - p) / n + z * z / (4 * mpf(n) ** 2))
    centre = p + z * z / (2 * n)
    scale = 1 + z * z / n
    out["wilson"] = (clamp((centre - half) / scale), clamp((centre + half) / scale))
    # Newcombe 1998, method 4: |p - r| - 1/(2n) = z sqrt(r(1-r)/n), solved as quadratics.
    low = (2 * n * p + z * z - 1 - z * mp.sqrt(z * z - 2 - mpf(1) / n + 4 * p * (n * (1 - p) + 1))) \
        / (2 * (n + z * z)) if x > 0 else mpf(0)
    high = (2 * n * p + z * z + 1 + z * mp.sqrt(z * z + 2 - mpf(1) / n + 4 * p * (n * (1 - p) - 1))) \
        / (2 * (n + z * z)) if x < n else mpf(1)
    for r, sign in ((low, 1), (high, -1)):
        if 0 < x < n and 0 < r < 1:
            assert abs(sign * (p - r) - mpf(1) / (2 * n) - z * mp.sqrt(r * (1 - r) / n)) < 1e-40
    out["wilson-cc"] = (clamp(low), clamp(high))
    n2, p2 = n + z * z, (x + z * z / 2) / (n + z * z)
    half = z * mp.sqrt(p2 * (1 - p2) / n2)
    out["agresti-coull"] = (clamp(p2 - half), clamp(p2 + half))
    a, b = x + HALF, n - x + HALF
    out["jeffreys"] = (
        mpf(0) if x == 0 else solve(lambda r: beta_cdf_fraction(r, a, b) - tail, x, n),
        mpf(1) if x == n else solve(lambda r: tail - beta_cdf_fraction(1 - r, b, a), x, n),
    )
    # Half of P(X = x) and all beyond it.
    above = lambda r: at_least(x + 1, n, r) + mass(x, n, r) / 2
    below = lambda r: 1 - at_least(x, n, r) + mass(x, n, r) / 2
    out["mid-p"] = (
        mpf(0) if x == 0 else solve(lambda r: above(r) - tail, x, n),
        mpf(1) if x == n else solve(lambda r: tail - below(r), x, n),
    )
    y, v = effect("PLO", x, n)
    expit = lambda u: 1 / (1 + mp.exp(-u))
    out["wald"] = (expit(y - z * mp.sqrt(v)), expit(y + z * mp.sqrt(v)))
    return {name: [number(limit) for limit in pair] for name, pair in out.items()}


def main():
    rows = [{"events": x, "total": n, "level": number(level), **intervals(x, n, level)}
            for x, n in PAIRS for level in LEVELS]
    write("study_intervals.json", rows)


if __name__ == "__main__":
    main()
