"""Random-effects meta-analysis in 34-digit arithmetic, written from the papers.

Plain and slow on purpose: explicit matrices, bisection, dense scans. It shares nothing with the
crate, so that agreement means something.
"""

from basics import *


# ---- weighted sums --------------------------------------------------------------------------

def weighted(y, w):
    """Sum of weights, mean, quadratic form around it."""
    total = mp.fsum(w)
    mean = mp.fsum(a * b for a, b in zip(w, y)) / total
    return total, mean, mp.fsum(a * (b - mean) ** 2 for a, b in zip(w, y))


def random_weights(v, tau2):
    return [1 / (a + tau2) for a in v]


def q_at(y, v, tau2):
    return weighted(y, random_weights(v, tau2))[2]


def projection(a):
    """A - aa'/sum(a)."""
    total = mp.fsum(a)
    k = len(a)
    return [[(a[i] if i == j else 0) - a[i] * a[j] / total for j in range(k)] for i in range(k)]


def trace_of_square(p, s):
    """tr(P S P S) with S = diag(s)."""
    k = len(s)
    return mp.fsum(p[i][j] * s[j] * p[j][i] * s[i] for i in range(k) for j in range(k))


# ---- estimators of tau2 ---------------------------------------------------------------------

def moment(y, v, a):
    """E[Q_a] = tr(P_a (V + tau2 I)) solved for tau2."""
    p = projection(a)
    q = weighted(y, a)[2]
    trace = mp.fsum(p[i][i] for i in range(len(a)))
    return (q - mp.fsum(p[i][i] * v[i] for i in range(len(a)))) / trace


def estimate(y, v, method, genq=lambda v: 1 / mp.sqrt(v)):
    k = mpf(len(y))
    w = [1 / a for a in v]
    zero = mpf(0)
    if method == "DL":
        return max(zero, moment(y, v, w))
    if method == "HE":
        return max(zero, moment(y, v, [mpf(1)] * len(y)))
    if method == "HS":
        return max(zero, (weighted(y, w)[2] - k) / mp.fsum(w))
    if method == "HSk":
        return max(zero, (weighted(y, w)[2] * k / (k - 1) - k) / mp.fsum(w))
    if method == "SJ":
        mean = mp.fsum(y) / k
        start = mp.fsum((b - mean) ** 2 for b in y) / k
        return start * q_at(y, v, start) / (k - 1)
    if method == "DL2":
        return max(zero, moment(y, v, random_weights(v, estimate(y, v, "DL"))))
    if method == "GENQ":
        return max(zero, moment(y, v, [genq(a) for a in v]))
    if method == "GENQM":
        return quadratic_form_root(y, v, [genq(a) for a in v], HALF) or zero
    if method in ("PM", "EB"):
        return q_root(y, v, k - 1) or zero
    if method == "PMM":
        return q_root(y, v, chi_squared_quantile(HALF, len(y) - 1)) or zero
    if method in ("ML", "REML"):
        return maximum(y, v, method)[0]
    raise ValueError(method)


def standard_error(y, v, method, tau2, genq=lambda v: 1 / mp.sqrt(v)):
    """Moment estimators: sqrt(2 tr(PSPS))/tr(P), the weights taken as fixed."""
    a = {
        "DL": lambda: [1 / b for b in v],
        "DL2": lambda: random_weights(v, estimate(y, v, "DL")),
        "GENQ": lambda: [genq(b) for b in v],
        "GENQM": lambda: [genq(b) for b in v],
    }[method]()
    p = projection(a)
    s = [b + tau2 for b in v]
    return mp.sqrt(2 * trace_of_square(p, s)) / mp.fsum(p[i][i] for i in range(len(v)))


def q_root(y, v, target):
    return decreasing_root(lambda tau2: q_at(y, v, tau2) - target, max(v))


# ---- likelihood -----------------------------------------------------------------------------

def log_likelihood(y, v, method, tau2):
    k = len(y)
    total, _, q = weighted(y, random_weights(v, tau2))
    log_det = mp.fsum(mp.log(a + tau2) for a in v)
    if method == "ML":
        return -(k * mp.log(2 * mp.pi) + log_det + q) / 2
    return -((k - 1) * mp.log(2 * mp.pi) + log_det + mp.log(total) - mp.log(k) + q) / 2


def score(y, v, method, tau2):
    """Twice the derivative of the log-likelihood."""
    w = random_weights(v, tau2)
    total, mean, _ = weighted(y, w)
    squares = mp.fsum((a * (b - mean)) ** 2 for a, b in zip(w, y))
    trace = total if method == "ML" else total - mp.fsum(a * a for a in w) / total
    return squares - trace


def scan(v, end, points):
    low = min(v) / 1000
    ratio = mp.power(end / low, mpf(1) / (points - 1))
    return [mpf(0)] + [low * ratio**i for i in range(points)]


def search_end(y, v):
    mean = mp.fsum(y) / len(y)
    return 10 * (mp.fsum((b - mean) ** 2 for b in y) + max(v))


def maximum(y, v, method, points=120):
    """The tau2 of the global maximum and the number of local ones, by a dense scan."""
    grid = scan(v, search_end(y, v), points)
    values = [score(y, v, method, t) for t in grid]
    maxima = [mpf(0)] if values[0] <= 0 else []
    for left, right, a, b in zip(grid, grid[1:], values, values[1:]):
        if a > 0 >= b:
            maxima.append(bracketed_root(lambda t: score(y, v, method, t), left, right))
    return max(maxima, key=lambda t: log_likelihood(y, v, method, t)), len(maxima)


def profile_interval_tau2(y, v, method, level):
    """The outermost tau2 whose log-likelihood is within the cut of the maximum."""
    best, _ = maximum(y, v, method)
    cut = log_likelihood(y, v, method, best) - normal_quantile((1 + level) / 2) ** 2 / 2
    above = lambda t: log_likelihood(y, v, method, t) - cut
    end = search_end(y, v)
    while above(end) > 0:
        end *= 4
    grid = sorted(scan(v, end, 120) + [best])
    inside = [i for i, t in enumerate(grid) if above(t) >= 0]
    first, last = inside[0], inside[-1]
    lower = mpf(0) if first == 0 else bracketed_root(above, grid[first - 1], grid[first])
    return lower, bracketed_root(above, grid[last], grid[last + 1])


def profile_at_mean(y, v, mean):
    """The largest log-likelihood over tau2 at a fixed mean."""
    r2 = [(b - mean) ** 2 for b in y]

    def derivative(t):
        return mp.fsum(r / (a + t) ** 2 - 1 / (a + t) for r, a in zip(r2, v))

    def height(t):
        return -mp.fsum(mp.log(2 * mp.pi * (a + t)) + r / (a + t) for r, a in zip(r2, v)) / 2

    grid = scan(v, 10 * (mp.fsum(r2) + max(v)), 40)
    values = [derivative(t) for t in grid]
    candidates = [mpf(0)]
    for left, right, a, b in zip(grid, grid[1:], values, values[1:]):
        if a > 0 >= b:
            candidates.append(bracketed_root(derivative, left, right, 18))
    return max(height(t) for t in candidates)


def profile_interval_mean(y, v, level):
    best, _ = maximum(y, v, "ML")
    total, mean, _ = weighted(y, random_weights(v, best))
    cut = log_likelihood(y, v, "ML", best) - normal_quantile((1 + level) / 2) ** 2 / 2
    limits = []
    for direction in (-1, 1):
        step = 2 / mp.sqrt(total)
        inside, outside = mean, mean + direction * step
        while profile_at_mean(y, v, outside) > cut:
            step *= 2
            inside, outside = outside, outside + direction * step
        low, high = min(inside, outside), max(inside, outside)
        limits.append(bracketed_root(lambda m: profile_at_mean(y, v, m) - cut, low, high, 15))
    return limits[0], limits[1]


# ---- generalised Q --------------------------------------------------------------------------

def quadratic_form_below(a, s, q, nodes=30):
    """P(Q < q) for Q = sum a (y - mean_a)^2, Var y = s, by its Laplace transform.

    det(I + 2z S P_a) = prod(1 + 2z a s) * sum(a / (1 + 2z a s)) / sum(a) by the matrix determinant
    lemma; the transform has all its singularities at z <= 0, where the fixed Talbot contour (Abate
    and Valko 2004) converges like 10^(-0.6 nodes).
    """
    total = mp.fsum(a)
    d = [b * c for b, c in zip(a, s)]

    def transform(z):
        product, mixture = mp.mpc(1), mp.mpc(0)
        for b, c in zip(a, d):
            factor = 1 + 2 * z * c
            # Roots one by one: every factor stays off the negative axis, their product does not.
            product /= mp.sqrt(factor)
            mixture += b / factor
        return product / mp.sqrt(mixture / total) / z

    r = mpf(2 * nodes) / (5 * q)
    result = transform(mp.mpc(r)).real * mp.exp(r * q) / 2
    for j in range(1, nodes):
        theta = j * mp.pi / nodes
        cot = mp.cot(theta)
        z = r * theta * mp.mpc(cot, 1)
        sigma = theta + (theta * cot - 1) * cot
        result += (mp.exp(z * q) * transform(z) * mp.mpc(1, sigma)).real
    return result * r / nodes


def quadratic_form_root(y, v, a, probability):
    """The tau2 at which P(Q_a < observed) is `probability`; None where it is lower at 0."""
    q = weighted(y, a)[2]
    below = lambda t: quadratic_form_below(a, [b + t for b in v], q) - probability
    return decreasing_root(below, max(v), 16)


def generalised_q_interval(y, v, level, genq=lambda v: 1 / mp.sqrt(v)):
    a = [genq(b) for b in v]
    tail = (1 - level) / 2
    return limits(quadratic_form_root(y, v, a, 1 - tail), quadratic_form_root(y, v, a, tail))


def limits(lower, upper):
    return None if upper is None else (lower or mpf(0), upper)


def q_profile(y, v, level):
    df, tail = len(y) - 1, (1 - level) / 2
    lower = q_root(y, v, chi_squared_quantile(1 - tail, df))
    return limits(lower, q_root(y, v, chi_squared_quantile(tail, df)))


def biggerstaff_tweedie(y, v, level):
    """Q as a gamma variate with its exact mean tr(PS) and variance 2 tr(PSPS)."""
    w = [1 / a for a in v]
    p = projection(w)
    q = weighted(y, w)[2]
    tail = (1 - level) / 2
    k = range(len(v))

    def below(t):
        s = [a + t for a in v]
        mean = mp.fsum(p[i][i] * s[i] for i in k)
        variance = 2 * trace_of_square(p, s)
        return gamma_cdf(q, mean**2 / variance, mean / variance)

    solve = lambda c: decreasing_root(lambda t: below(t) - c, max(v), 18)
    return limits(solve(1 - tail), solve(tail))


# ---- the pooled mean ------------------------------------------------------------------------

def kenward_roger(y, v, tau2):
    """Adjusted standard error and degrees of freedom for one coefficient and one variance.

    Kenward and Roger 1997 with the expected information: Sigma = diag(v + tau2), dSigma = I.
    """
    k = range(len(y))
    p = projection(random_weights(v, tau2))
    w = random_weights(v, tau2)
    phi = 1 / mp.fsum(w)
    # I_E = tr(P P)/2 for REML.
    variance = 2 / mp.fsum(p[i][j] * p[j][i] for i in k for j in k)
    big_p = -mp.fsum(a**2 for a in w)
    big_q = mp.fsum(a**3 for a in w)
    adjusted = phi + 2 * phi * variance * (big_q - big_p * phi * big_p) * phi
    # l = 1: the scaled F has scale 1 and m = 2/A2, A2 = W (Phi P)^2.
    df = 2 / (variance * (phi * big_p) ** 2)
    return mp.sqrt(adjusted), df


def henmi_copas(y, v, level):
    """Henmi and Copas 2010 by conditioning in matrices.

    z = y - mu ~ N(0, D); R = sum(w z)/sqrt(sum w), Q = z'Az. Given R, z is normal with mean
    D w R/(sqrt(W) Var R), and Q is taken as gamma with its exact conditional mean and variance.
    """
    w = [1 / a for a in v]
    k = range(len(v))
    total, mean, _ = weighted(y, w)
    tau2 = estimate(y, v, "DL")
    d = [a + tau2 for a in v]
    a = projection(w)
    c = [d[i] * w[i] / mp.sqrt(total) for i in k]
    variance = mp.fsum(d[i] * w[i] ** 2 for i in k) / total
    # Conditional covariance and A times it.
    cov = [[(d[i] if i == j else 0) - c[i] * c[j] / variance for j in k] for i in k]
    ac = [[mp.fsum(a[i][l] * cov[l][j] for l in k) for j in k] for i in k]
    trace = mp.fsum(ac[i][i] for i in k)
    trace2 = mp.fsum(ac[i][j] * ac[j][i] for i in k for j in k)
    m = [b / variance for b in c]
    am = [mp.fsum(a[i][j] * m[j] for j in k) for i in k]
    mam = mp.fsum(m[i] * am[i] for i in k)
    macam = mp.fsum(am[i] * cov[i][j] * am[j] for i in k for j in k)
    df = len(v) - 1
    s2 = mp.fsum(b * b for b in w) / total
    sd = mp.sqrt(variance)

    def beyond(u):
        """P(R/sqrt(1 + tau2_DL(Q) s2) > u)."""

        def integrand(r):
            q = df + (total / s2 - 1) * ((r / u) ** 2 - 1)
            e = trace + r * r * mam
            var = 2 * trace2 + 4 * r * r * macam
            return gamma_cdf(q, e**2 / var, e / var) * mp.npdf(r / sd) / sd

        ends = [u, 1.02 * u, 1.1 * u, 1.3 * u, 2 * u]
        ends = [mpf(e) for e in ends if e < u + 12 * sd] + [u + j * sd for j in (1, 2, 4, 7, 12)]
        return mp.quad(integrand, sorted(ends))

    tail = (1 - level) / 2
    with mp.workdps(17):
        z = normal_quantile(1 - tail)
        low, high = z / 2, 2 * z
        while beyond(high) > tail:
            high *= 2
        while beyond(low) < tail:
            low /= 2
        u = bracketed_root(lambda b: beyond(b) - tail, low, high, 14)
    se = sd / mp.sqrt(total)
    return mean, se, mean - u * se, mean + u * se
