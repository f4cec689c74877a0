"""The options of every command, by name, type and meaning, in one place.

Names are those of the command line with underscores. The signatures and docstrings of the functions and
the stubs (``__init__.pyi``) are made from these tables.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Option(NamedTuple):
    """What an option takes, as a type, and what it means."""

    takes: str
    meaning: str
    #: How its words are spelled, where they are words of a list: any case will do.
    spelled: Callable[[str], str] | None = None


def _capitals(word: str) -> str:
    return "HSk" if word.upper() == "HSK" else word.upper()


_COL = "str | None"
_TEXTS = "str | Sequence[str] | None"
_WORD = "str | None"
_NUMBER = "float | None"
_COUNT = "int | None"
_FLAG = "bool"

READING: dict[str, Option] = {
    "study": Option(_COL, "column of study names; else found by its name"),
    "events": Option(_COL, "column of events; else found by its name"),
    "total": Option(_COL, "column of totals; else found by its name"),
    "kind": Option(_WORD, "kind of outcome, such as proportions or two-proportions", str.lower),
    "column": Option("Mapping[str, str] | None", 'columns of parts of an outcome, as in {"events1": "cured"}'),
    "year": Option(_COL, "column of publication years"),
    "where": Option(_TEXTS, 'predicates that all hold, as in "year >= 2000"'),
    "exclude_study": Option(_TEXTS, "studies to leave out, by name"),
    "all_rows": Option(_FLAG, "use the rows that a column `include` leaves out"),
    "missing": Option(_WORD, "rows with missing values: error or drop", str.lower),
    "drop00": Option(_FLAG, "leave out studies without events, or with only events, in both groups"),
    "convert_to": Option(_WORD, "measure that effects of several measures are converted to: SMD, OR, …", _capitals),
    "decimal": Option(_WORD, "decimal mark of a file whose cells have two readings: point or comma", str.lower),
}

SETTINGS: dict[str, Option] = {
    "model": Option(_WORD, "glmm, two-step, beta-binomial, mh, peto, cm-el, cm-al, um-fs or um-rs", str.lower),
    "measure": Option(_WORD, "effect measure of the two-step model: PLO, PAS, PFT, OR, RR, …", _capitals),
    "tau2": Option(_WORD, "estimator of τ² (two-step): REML, DL, PM, …", _capitals),
    "tau2_ci": Option(_WORD, "interval of τ² (two-step): qp, pl, genq or bt", str.lower),
    "genq_weights": Option(_WORD, "weights of the generalised Q: se or variance", str.lower),
    "ci": Option(_WORD, "interval of the pooled value: t, z, pl, hk, adhoc, …", str.lower),
    "prediction": Option(_WORD, "prediction interval: t, hts, normal, none, …", str.lower),
    "study_ci": Option(_WORD, "interval of each study: clopper-pearson, wilson, …", str.lower),
    "link": Option(_WORD, "link of the GLMM: logit, probit or cloglog", str.lower),
    "q_test": Option(_WORD, "test of heterogeneity in the GLMM: lrt, wald or wald-all", str.lower),
    "i2": Option(_WORD, "which I² leads: tau2 or q", str.lower),
    "add": Option(_NUMBER, "added to corrected cells (two-step)"),
    "to": Option(_WORD, "studies that get the correction: only0, if0all, all or none", str.lower),
    "inversion": Option(_WORD, "size that turns a pooled PFT back into a rate: variance, harmonic, …", str.lower),
    "level": Option(_NUMBER, "confidence level of every interval: 95 or 0.95"),
    "seed": Option(_COUNT, "seed of random procedures"),
    "preset": Option(_WORD, "all choices of a named tool: cochrane-2025, metafor, meta, …", str.lower),
}

STYLE: dict[str, Option] = {
    "scale": Option(_WORD, "scale of rates in tables and figures: percent, proportion or per-1000"),
    "digits": Option(_COUNT, "decimals of rates in tables"),
}

GROUPS: dict[str, Option] = {
    "order": Option(_WORD, 'order of the groups: data, name or "a,b,c"'),
    "tau2_common": Option(_FLAG, "one τ² for all groups"),
}

CLUSTERS: dict[str, Option] = {
    "robust": Option(_WORD, "cluster-robust tests: CR2, CR1 or CR0", _capitals),
    "cluster": Option(_COL, "column whose equal values make a cluster"),
}

GRID: dict[str, Option] = {
    "vary_by": Option(_TEXTS, "columns whose levels are analysed alone and left out"),
    "vary_where": Option(_TEXTS, "predicates: all studies, and those where it holds"),
    "vary_studies": Option(_FLAG, "all studies, and all but each one"),
    "families": Option(_TEXTS, "crude, common, two-step, glmm, beta-binomial", str.lower),
    "measures": Option(_TEXTS, "scales of the two-step models", _capitals),
    "estimators": Option(_TEXTS, "estimators of τ²", _capitals),
    "intervals": Option(_TEXTS, "intervals of the pooled value", str.lower),
    "predictions": Option(_TEXTS, "prediction intervals", str.lower),
    "corrections": Option(_TEXTS, "continuity corrections", str.lower),
    "inversions": Option(_TEXTS, "inversions of the Freeman–Tukey scale", str.lower),
    "links": Option(_TEXTS, "links of the GLMM", str.lower),
    "level": SETTINGS["level"],
}

SUBSETS: dict[str, Option] = {
    "common_effect": Option(_FLAG, "pool each subset by the common effect"),
    "budget": Option(_COUNT, "all subsets are pooled when there are at most this many"),
    "sample": Option(_COUNT, "size of the sample where there are more"),
    "sampling": Option(_WORD, "how a sample is drawn: subsets or sizes", str.lower),
}

CLAIM: dict[str, Option] = {
    "claim_rate": Option("str | float | None", 'the rate as printed: "76.6%" or "0.766"'),
    "claim_effect": Option("str | float | None", "a ratio, difference, mean or correlation as printed, held against studies"),
    "claim_ci": Option(_WORD, 'its interval as printed: "0.49,0.77"'),
    "claim_level": Option(_NUMBER, "level of that interval"),
    "claim_k": Option(_COUNT, "number of studies"),
    "claim_total": Option(_COUNT, "number of patients"),
    "claim_events": Option(_COUNT, "number of patients with the event"),
    "claim_i2": Option("str | float | None", "I² in percent, as printed"),
    "claim_min": Option("str | float | None", "smallest rate of a study"),
    "claim_max": Option("str | float | None", "largest rate of a study"),
    "claim_digits": Option(_COUNT, "decimals printed, of proportions"),
    "claim_label": Option(_WORD, "who claims it"),
}

SIMULATION: dict[str, Option] = {
    "sim_k": Option("int", "number of studies"),
    "sim_total": Option("int", "number of patients, kept exactly"),
    "sim_rate": Option("str | float", 'crude rate as printed: "76.6%" or "0.766"'),
    "sim_events": Option(_COUNT, "number of events; else the nearest to the rate"),
    "sim_min": Option("str | float | None", "smallest rate of a study, which one study has"),
    "sim_max": Option("str | float | None", "largest rate of a study, which another has"),
    "sim_tau": Option(_NUMBER, "standard deviation of the studies' logits"),
    "sim_sizes": Option(_NUMBER, "standard deviation of log sizes, 0 for equal"),
    "sim_least": Option(_COUNT, "smallest size of a study"),
    "sim_group": Option(_TEXTS, 'groups with share of patients and rate: "extrusion=154:70%"'),
    "sim_column": Option(_WORD, "column of the groups"),
    "seed": Option(_COUNT, "seed of the draw"),
    "coverage": Option(_COUNT, "how often the intervals of each method hold the truth, over so many data sets"),
    "power": Option(_COUNT, "power of the test of the groups, over so many data sets"),
}

LOOK: dict[str, Option] = {
    "style": Option(_WORD, "look: resorb, jama, bmj, lancet, revman or mono"),
    "width": Option(_NUMBER, "width in mm (a column is 85, a page 174)"),
    "scale": STYLE["scale"],
    "font_embedding": Option(_WORD, "how the SVG carries its fonts: subset, none or outlines"),
}

#: The look of figures that show no rates.
PLAIN_LOOK: dict[str, Option] = {name: option for name, option in LOOK.items() if name != "scale"}

#: The commands' own options.
COMMANDS: dict[str, dict[str, Option]] = {
    "pool": {
        "no_alternatives": Option(_FLAG, 'leave out "the same data, other methods"'),
        "permutations": Option(_COUNT, "permutation test with at most so many permutations"),
        "null": Option(_NUMBER, "rate that means no effect, for the permutation test"),
    },
    "subgroup": {
        "by": Option(_TEXTS, "columns that make the groups; several are nested"),
        **GROUPS,
        **CLUSTERS,
    },
    "regress": {
        "on": Option("str", 'what to regress on: "type + center(year)"'),
        "reference": Option("Mapping[str, str] | None", 'levels to compare with: {"type": "bulge"}'),
        "at": Option(_TEXTS, 'values to predict at: "year=2020,type=bulge"'),
        "contrast": Option(_TEXTS, 'differences of two levels: "a - b"'),
        "pairs": Option(_FLAG, "all differences between levels"),
        "adjust": Option(_WORD, "adjust p values of differences: holm, bh or none", str.lower),
        "trend": Option(_WORD, 'trend over ordered levels: "a<b<c"'),
        "permutations": Option(_COUNT, "permutation test with at most so many permutations"),
        **CLUSTERS,
    },
    "sensitivity": {
        "cumulative": Option(_WORD, "order in which studies come in: data, name, size or a column"),
        "whole_studies": Option(_FLAG, "leave out all rows of a study at a time"),
        "above": Option(_NUMBER, "chance of a rate above this one in a new study"),
        "bootstrap": Option(_WORD, "bootstrap intervals: parametric or studies", str.lower),
        "resamples": Option(_COUNT, "resamples of the bootstrap"),
    },
    "bias": {
        "null": Option(_NUMBER, "rate that means no effect; selection models need one"),
        "side": Option(_WORD, "side on which trim and fill takes studies to be missing: left or right", str.lower),
        "cut_points": Option("Sequence[float] | None", "one-sided p values of the step function"),
        "direction": Option(_WORD, "which studies are more likely seen: greater or less", str.lower),
        "above": Option(_NUMBER, "chance of a rate above this one in a new study"),
    },
    "gosh": SUBSETS,
    "multiverse": {
        **GRID,
        "holds": Option("str | float | None", "rate to look for in the intervals"),
        "rows": Option(_FLAG, "every analysis, not only the summary"),
    },
    "claim": {**CLAIM, **GRID},
    "methods": {
        "by": Option(_TEXTS, "columns that make groups, which get sentences of their own"),
        "on": Option(_WORD, 'add sentences on a meta-regression: "type + year"'),
        "single_studies": Option(_FLAG, "add sentences on leave-one-out and influence"),
        "small_studies": Option(_FLAG, "add sentences on small-study effects"),
    },
    "predictors": {
        "by": Option("str", "column of predictors"),
        "baseline": Option(_NUMBER, "risk of the unexposed, from 0 to 1, at which risks are stated"),
    },
    "report": {
        "by": Option(_TEXTS, "columns that make groups, one after the other; else text columns with two to eight values"),
        "title": Option(_WORD, "title of the report"),
    },
    "compare_tools": {},
    "check": {},
}

#: The figures' own options.
FIGURES: dict[str, dict[str, Option]] = {
    "forest": {
        "by": Option(_TEXTS, "columns that make the groups"),
        "order": GROUPS["order"],
        "tau2_common": GROUPS["tau2_common"],
        "cumulative": Option(_WORD, "cumulative plot in this order: data, name, size or a column"),
        "leave_one_out": Option("str | bool | None", "results without each row, or each study, in turn"),
        "models": Option(_FLAG, "the same data by several methods"),
        "rob": Option(_TEXTS, 'columns of judgements of the risk of bias: "d1,d2,overall"'),
        "rob_tool": Option(_WORD, "tool of the judgements: rob2, robins-i or jbi"),
        "show": Option(_WORD, 'columns left and right of the plot: "study,year | rate"'),
        "sort": Option(_WORD, "order of the studies: rate, weight, any column"),
        "axis": Option(_WORD, "axis of the rates: linear or logit"),
        "limits": Option("tuple[float, float] | None", "ends of the axis as rates from 0 to 1"),
        "prediction_mark": Option(_WORD, "how the prediction interval is drawn: bar, line, density, hidden"),
        "favours": Option("tuple[str, str] | None", "what the sides of no effect favour"),
        "title": Option(_WORD, "title over the figure"),
        "effect_name": Option(_WORD, "what the rate is, in the head and under the axis"),
    },
    "funnel": {
        "vertical": Option(_WORD, "vertical axis: size, inverse-size or se"),
        "contours": Option(_NUMBER, "shade p < .10, .05, .01 around this value of the analysis scale"),
        "trim_and_fill": Option(_WORD, "add the studies that trim and fill finds missing: L0, R0 or Q0", _capitals),
        "side": Option(_WORD, "side on which studies are missing", str.lower),
    },
    "orchard": {"by": Option(_TEXTS, "columns that make the groups"), "order": GROUPS["order"]},
    "bubble": {"on": Option("str", "one column of numbers, as it is or transformed")},
    "radial": {},
    "drapery": {},
    "profile": {},
    "qq": {},
    "labbe": {},
    "baujat": {},
    "influence": {},
    "doi": {},
    "study_intervals": {},
    "rob": {
        "rob": Option(_TEXTS, "columns of judgements; else those in which every text is one"),
        "rob_tool": Option(_WORD, "tool of the judgements: rob2, robins-i or jbi"),
        "part": Option(_WORD, "what is drawn: both, lights or bars"),
        "weight": Option(_COL, "column of weights, by which the bars are cut"),
    },
    "prisma": {},
    "gosh": {"highlight": Option(_WORD, "study whose subsets have a colour"), **SUBSETS},
    "multiverse": {**GRID, "holds": Option("str | float | None", "rate to look for in the intervals")},
}
