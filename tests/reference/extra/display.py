"""display.json: pooled rates on the display scale, DL with Wald intervals and t prediction.

The Freeman-Tukey value is turned back by solving the transform itself for the rate, not by Miller's
closed form, at the sample size of each inversion.
"""

from meta import *

LEVEL = mpf(95) / 100


def freeman_tukey_back(y, n):
    if n < 1:
        return mp.sin(min(max(y, mpf(0)), mp.pi / 2)) ** 2
    forward = lambda p: freeman_tukey(n * p, n)
    if y <= forward(mpf(0)):
        return mpf(0)
    if y >= forward(mpf(1)):
        return mpf(1)
    return bracketed_root(lambda p: forward(p) - y, mpf(0), mpf(1))


def back(measure, y, size):
    clip = lambda p: min(max(p, mpf(0)), mpf(1))
    return {
        "PR": lambda: clip(y),
        "PLN": lambda: clip(mp.exp(y)),
        "PLO": lambda: 1 / (1 + mp.exp(-y)),
        "PRZ": lambda: mp.ncdf(y),
        "PAS": lambda: mp.sin(min(max(y, mpf(0)), mp.pi / 2)) ** 2,
        "PFT": lambda: freeman_tukey_back(y, size),
    }[measure]()


def sizes(name, se):
    n = [mpf(total) for _, total in counts(name)]
    k = len(n)
    return {
        "variance": 1 / (4 * se**2) - HALF,
        "harmonic": k / mp.fsum(1 / a for a in n),
        "geometric": mp.exp(mp.fsum(mp.log(a) for a in n) / k),
        "arithmetic": mp.fsum(n) / k,
    }


def rows():
    z = normal_quantile((1 + LEVEL) / 2)
    for name in PROPORTION_SETS:
        for measure in MEASURES:
            y, v = effects(name, measure)
            tau2 = estimate(y, v, "DL")
            total, mean, _ = weighted(y, random_weights(v, tau2))
            se = 1 / mp.sqrt(total)
            half = t_quantile((1 + LEVEL) / 2, len(y) - 1) * mp.sqrt(tau2 + se**2)
            c_total, c_mean, _ = weighted(y, random_weights(v, mpf(0)))
            c_se = 1 / mp.sqrt(c_total)
            random, common = sizes(name, se), sizes(name, c_se)
            for inversion in random if measure == "PFT" else ["variance"]:
                at = lambda value: number(back(measure, value, random[inversion]))
                at_common = lambda value: number(back(measure, value, common[inversion]))
                yield {
                    "set": name, "measure": measure, "inversion": inversion,
                    "random": [at(mean), at(mean - z * se), at(mean + z * se)],
                    "common": [at_common(c_mean), at_common(c_mean - z * c_se),
                               at_common(c_mean + z * c_se)],
                    "prediction": [at(mean - half), at(mean + half)],
                }


if __name__ == "__main__":
    write("display.json", list(rows()))
