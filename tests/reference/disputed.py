"""Recomputes the proof of every value of disputed.toml in 34 digits and compares.

    python3 tests/reference/disputed.py            checks all; exit code 1 when one differs
    python3 tests/reference/disputed.py PLACE …    prints the proof of single places
"""

import functools
import pathlib
import sys
import tomllib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "extra"))

from meta import *  # noqa: E402

LEVEL = mpf(95) / 100
DEFAULT = {
    "bcg": "OR", "nielweise2007_two_group": "OR", "nielweise2008": "IRR", "normand1999": "SMD",
    "molloy2014": "ZCOR", "raudenbush1985": "GEN",
}


def typical_variance(v):
    """(k - 1)/tr(P) at tau2 = 0 (Higgins and Thompson 2002)."""
    p = projection([1 / a for a in v])
    return (len(v) - 1) / mp.fsum(p[i][i] for i in range(len(v)))


def tau2_standard_error(y, v, method, tau2):
    w = random_weights(v, tau2)
    p = projection(w)
    k = range(len(v))
    if method == "REML":
        return mp.sqrt(2 / mp.fsum(p[i][j] * p[j][i] for i in k for j in k))
    if method == "ML":
        return mp.sqrt(2 / mp.fsum(a * a for a in w))
    return len(v) * mp.sqrt(mpf(2) / (len(v) - 1)) / mp.fsum(w)


def fit(name, measure, method, test, key):
    y, v = effects(name, measure)
    df = len(y) - 1
    if key in ("tau2_lower", "tau2_upper", "i2_lower", "i2_upper"):
        limit = q_profile(y, v, LEVEL)[key.endswith("upper")]
        return limit if key[:4] == "tau2" else 100 * limit / (limit + typical_variance(v))
    tau2 = estimate(y, v, method)
    total, mean, q = weighted(y, random_weights(v, tau2))
    factor = {"knha": q / df, "adhoc": max(mpf(1), q / df)}.get(test, mpf(1))
    wald = 1 / mp.sqrt(total)
    se = wald * mp.sqrt(factor)
    statistic = mean / se
    quantile = normal_quantile((1 + LEVEL) / 2) if test == "z" else t_quantile((1 + LEVEL) / 2, df)
    tail = mp.ncdf(-abs(statistic)) if test == "z" else t_cdf_upper(abs(statistic), df)
    half = t_quantile((1 + LEVEL) / 2, df) * mp.sqrt(tau2 + wald**2)
    return {
        "tau2": lambda: tau2,
        "tau2_se": lambda: tau2_standard_error(y, v, method, tau2),
        "i2": lambda: 100 * tau2 / (tau2 + typical_variance(v)),
        "h2": lambda: 1 + tau2 / typical_variance(v),
        "yi": lambda: mean,
        "se": lambda: se,
        "ci_lower": lambda: mean - quantile * se,
        "ci_upper": lambda: mean + quantile * se,
        "statistic": lambda: statistic,
        "p_value": lambda: 2 * tail,
        "pi_t_lower": lambda: mean - half,
        "pi_t_upper": lambda: mean + half,
    }[key]()


def prediction(y, v, method, side):
    tau2 = estimate(y, v, "REML")
    total, mean, q = weighted(y, random_weights(v, tau2))
    df = len(y) - 1
    se2 = 1 / total
    quantile = {
        "V": lambda: t_quantile((1 + LEVEL) / 2, df),
        "HTS": lambda: t_quantile((1 + LEVEL) / 2, df - 1),
        "HK": lambda: t_quantile((1 + LEVEL) / 2, df),
        "S": lambda: normal_quantile((1 + LEVEL) / 2),
    }[method]()
    if method == "HK":
        se2 *= q / df
    return mean + (1 if side == "upper" else -1) * quantile * mp.sqrt(tau2 + se2)


def kenward_roger_key(y, v, key):
    tau2 = estimate(y, v, "REML")
    mean = weighted(y, random_weights(v, tau2))[1]
    se, df = kenward_roger(y, v, tau2)
    if key in ("se", "df"):
        return se if key == "se" else df
    spread = mp.sqrt(tau2 + se**2) if key.startswith("pi_") else se
    sign = 1 if key.endswith("upper") else -1
    return mean + sign * t_quantile((1 + LEVEL) / 2, df) * spread


def study_interval(name, method, side, i):
    """At 0/n the lower limit is 0, at n/n the upper is 1, by definition (Newcombe 1998); the logit."""
    x, n = counts(name)[int(i)]
    assert method in ("WS", "WSCC")
    if (side, x) == ("lower", 0):
        return -mp.inf
    if (side, x) == ("upper", n):
        return mp.inf
    raise ValueError((name, i))


def marginal(pairs, mu, tau):
    """Gradient in (mu, tau) of the binomial-normal log-likelihood.

    Trapezoid sums around each study's mode: for analytic integrands that decay like a normal density
    they converge faster than any power of the step.
    """
    gradient = [mpf(0), mpf(0)]
    for x, n in pairs:
        def exponent(z):
            eta = mu + tau * z
            return x * eta - n * mp.log1p(mp.exp(eta)) - z * z / 2

        z = mpf(0)
        for _ in range(60):
            p = 1 / (1 + mp.exp(-(mu + tau * z)))
            z -= (tau * (x - n * p) - z) / (-tau * tau * n * p * (1 - p) - 1)
        p = 1 / (1 + mp.exp(-(mu + tau * z)))
        step = 1 / mp.sqrt(1 + tau * tau * n * p * (1 - p)) / 6
        top = exponent(z)
        mass, first, second = mpf(0), mpf(0), mpf(0)
        for j in range(-120, 121):
            at = z + j * step
            weight = mp.exp(exponent(at) - top)
            residual = x - n / (1 + mp.exp(-(mu + tau * at)))
            mass += weight
            first += weight * residual
            second += weight * residual * at
        gradient[0] += first / mass
        gradient[1] += second / mass
    return gradient


@functools.cache
def glmm(name):
    """The stationary point of the likelihood with tau > 0: mean, its standard error, tau2."""
    pairs = counts(name)
    with mp.workdps(24):
        start = (mpf(mp.log(sum(x for x, _ in pairs) / mpf(sum(n - x for x, n in pairs)))), mpf(1))
        mu, tau = mp.findroot(lambda a, b: marginal(pairs, a, b), start, tol=1e-30)
        h = mpf(10) ** -7
        columns = [
            [(a - b) / (2 * h) for a, b in zip(marginal(pairs, mu + h, tau), marginal(pairs, mu - h, tau))],
            [(a - b) / (2 * h) for a, b in zip(marginal(pairs, mu, tau + h), marginal(pairs, mu, tau - h))],
        ]
        inverse = mp.inverse(-mp.matrix(columns))
        return mu, mp.sqrt(inverse[0, 0]), tau**2


def metaprop(name, key):
    k = len(counts(name))
    mu, se, tau2 = glmm(name)
    half = t_quantile((1 + LEVEL) / 2, k - 1) * mp.sqrt(tau2 + se**2)
    return {"yi": mu, "se": se, "tau2": tau2, "pi_lower": mu - half, "pi_upper": mu + half}[key]


def prove(place):
    name, path = place.split(": ")
    name = name.removesuffix(".more")
    head, *rest = path.split("/")
    if head == "fits":
        return fit(name, *rest)
    if head == "metaprop":
        return metaprop(name, *rest)
    if head.startswith("study_ci_"):
        return study_interval(name, head.removeprefix("study_ci_"), *rest)
    y, v = effects(name, DEFAULT.get(name, "PLO"))
    if head == "kenward_roger":
        return kenward_roger_key(y, v, *rest)
    if head == "genq_inverse_variance":
        interval = generalised_q_interval(y, v, LEVEL, lambda a: 1 / a)
        return interval[rest[0] == "upper"]
    if head.startswith("predict_"):
        return prediction(y, v, head.removeprefix("predict_"), *rest)
    raise ValueError(place)


def main():
    if sys.argv[1:]:
        for place in sys.argv[1:]:
            print(place, repr(number(prove(place))))
        return 0
    with open(REFERENCE / "disputed.toml", "rb") as file:
        table = tomllib.load(file)
    wrong = 0
    for reason in table["reason"]:
        for value in reason["values"]:
            for place in value["at"]:
                proof = number(prove(place))
                same = proof == value["proof"] or abs(proof - value["proof"]) <= 1e-15 * abs(proof)
                wrong += not same
                print("ok " if same else "BAD", place, proof, flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
