"""statsmodels.json: what statsmodels computes for the logits of every proportion set.

`combine_effects` at its defaults: its Paule-Mandel iteration stops when Q is within 1e-5 of k - 1.

    pip install statsmodels==0.15.0
"""

import numpy
import statsmodels
from statsmodels.stats import meta_analysis

from meta import *

assert statsmodels.__version__ == "0.15.0"


def rows():
    for name in PROPORTION_SETS:
        y, v = (numpy.array([float(a) for a in column]) for column in effects(name, "PLO"))
        for method in ("iterated", "chi2"):
            fit = meta_analysis.combine_effects(y, v, method_re=method)
            frame = fit.summary_frame()
            random, common = frame.loc["random effect"], frame.loc["fixed effect"]
            yield {
                "set": name,
                "method": {"iterated": "PM", "chi2": "DL"}[method],
                "tau2": float(fit.tau2),
                "q": float(fit.q),
                "i2_q": 100 * float(fit.i2),
                "random": [float(random[c]) for c in ("eff", "sd_eff", "ci_low", "ci_upp")],
                "common": [float(common[c]) for c in ("eff", "sd_eff", "ci_low", "ci_upp")],
            }


if __name__ == "__main__":
    write("statsmodels.json", list(rows()))
