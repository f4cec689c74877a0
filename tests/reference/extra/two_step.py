"""two_step.json: estimators and intervals of the two-step model in 34 digits, for every set and
measure and for some effects made to be hard.

    python3 two_step.py        about 5 minutes
"""

import sys

from meta import *

METHODS = ["DL", "HE", "HS", "HSk", "SJ", "PM", "PMM", "ML", "REML", "DL2", "GENQ", "GENQM"]


def pair(interval):
    return None if interval is None else [number(limit) for limit in interval]


def case(name, measure, level):
    y, v = effects(name, measure)
    tau2 = {method: estimate(y, v, method) for method in METHODS}
    modes = {method: maximum(y, v, method)[1] for method in ("ML", "REML")}
    heights = {method: number(log_likelihood(y, v, method, tau2[method])) for method in modes}
    se = {m: number(standard_error(y, v, m, tau2[m])) for m in ("DL", "DL2", "GENQ", "GENQM")}
    mean, hc_se, lower, upper = henmi_copas(y, v, level)
    kr_se, kr_df = kenward_roger(y, v, tau2["REML"])
    best = tau2["ML"]
    ml_mean = weighted(y, random_weights(v, best))[1]
    ratio = 2 * (log_likelihood(y, v, "ML", best) - profile_at_mean(y, v, mpf(0)))
    made = dict(zip(("yi", "vi"), MADE[name])) if name in MADE else {}
    return {
        "set": name,
        "measure": measure,
        **made,
        "level": number(level),
        "tau2": {method: number(value) for method, value in tau2.items()},
        "tau2_se": se,
        "log_likelihood": heights,
        "modes": modes,
        "tau2_ci": {
            "qp": pair(q_profile(y, v, level)),
            "bt": pair(biggerstaff_tweedie(y, v, level)),
            "genq_se": pair(generalised_q_interval(y, v, level)),
            "genq_variance": pair(generalised_q_interval(y, v, level, lambda a: 1 / a)),
            "pl_ml": pair(profile_interval_tau2(y, v, "ML", level)),
            "pl_reml": pair(profile_interval_tau2(y, v, "REML", level)),
        },
        "pl": {
            "limits": pair(profile_interval_mean(y, v, level)),
            "statistic": number(mp.sqrt(max(ratio, mpf(0))) * mp.sign(ml_mean)),
        },
        "kr": {"se": number(kr_se), "df": number(kr_df)},
        "hc": {"yi": number(mean), "se": number(hc_se), "limits": [number(lower), number(upper)]},
    }


def main():
    results = []
    level = mpf(95) / 100
    todo = [(name, measure, level) for name, measure in cases()]
    todo.append(("pritz1997", "PLO", mpf(90) / 100))
    todo += [(name, "GEN", level) for name in MADE]
    for name, measure, level in todo:
        print(name, measure, number(level), file=sys.stderr, flush=True)
        results.append(case(name, measure, level))
    write("two_step.json", results)


if __name__ == "__main__":
    main()
