"""Meta-analysis of the rates that studies report.

>>> import resorb
>>> result = resorb.pool("ldh_resorption")
>>> round(100 * result.random.estimate, 1)
64.6

Data are a path, the name of a bundled data set, a pandas or polars DataFrame, an Arrow table or a dict of
columns. Options have the names of the command line, with underscores. Results have attributes,
``to_dict()``, ``to_json()`` and ``to_frame()``; figures have ``save()``.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from . import _call, _data, _plan, _resorb, plot
from ._asked import Asked
from ._data import LUMBAR
from ._errors import DataError, DataWarning
from ._figure import Figure
from ._frame import frame as _frame
from ._options import CLAIM, COMMANDS, GRID, READING, SETTINGS, SIMULATION, STYLE
from ._plan import Run
from ._report import Report
from ._result import Paragraphs, Record, Records, Result, Term
from ._simulated import Simulated
from .plot import (
    baujat,
    bubble,
    doi,
    drapery,
    forest,
    funnel,
    influence,
    labbe,
    orchard,
    prisma,
    profile,
    qq,
    radial,
    rob,
    study_intervals,
)

__version__: str = _resorb.version()

__all__ = [
    "DataError",
    "DataWarning",
    "Figure",
    "Paragraphs",
    "Record",
    "Records",
    "Report",
    "Result",
    "Run",
    "Simulated",
    "Term",
    "baujat",
    "bias",
    "bubble",
    "check",
    "claim",
    "compare_tools",
    "datasets",
    "doi",
    "drapery",
    "explain",
    "forest",
    "funnel",
    "gosh",
    "influence",
    "labbe",
    "load",
    "methods",
    "multiverse",
    "orchard",
    "plot",
    "pool",
    "predictors",
    "prisma",
    "profile",
    "qq",
    "radial",
    "regress",
    "report",
    "rob",
    "run",
    "sensitivity",
    "simulate",
    "study_intervals",
    "subgroup",
]


def _result(command: str, data: Any, given: dict[str, Any], part: str) -> Result:
    grid = GRID if command in ("multiverse", "claim") else None
    own = {name: option for name, option in COMMANDS[command].items() if not grid or name not in grid}
    section = "" if command in ("check", "compare_tools") else command
    answer = _call.run(command, data, lambda table: _call.plan(section, table, given, own, grid), given)
    return Result(answer, part)


@_call.options(COMMANDS["pool"], SETTINGS, READING, STYLE)
def pool(data: Any = None, **options: Any) -> Result:
    """Pools the studies into one rate, with heterogeneity and a prediction interval.

    Without data the bundled lumbar data are pooled.

    >>> resorb.pool({"study": ["A", "B", "C"], "events": [5, 9, 4], "total": [20, 21, 25]}).k
    3
    """
    return _result("pool", LUMBAR if data is None else data, options, "studies")


@_call.options(COMMANDS["subgroup"], SETTINGS, READING, STYLE)
def subgroup(data: Any = None, **options: Any) -> Result:
    """Pools each group of studies and tests whether the groups differ.

    Without data the bundled lumbar data are grouped by type of herniation.

    >>> [group.group for group in resorb.subgroup().groups]
    ['bulge', 'extrusion', 'protrusion', 'sequestration']
    """
    if data is None and options.get("by") is None:
        options["by"] = "herniation_type"
    if options.get("by") is None:
        raise DataError("no grouping column was named\nhelp: add `by` with the name of a column")
    return _result("subgroup", f"{LUMBAR}_by_type" if data is None else data, options, "groups")


@_call.options(COMMANDS["regress"], SETTINGS, READING, STYLE)
def regress(data: Any, **options: Any) -> Result:
    """Regresses the rates on columns of the table (meta-regression).

    >>> resorb.regress("ldh_resorption", on="center(year)").coefficients[1].term
    'center(year)'
    """
    if options.get("on") is None:
        raise DataError('there is nothing to regress on\nhelp: add `on`, as in on="type + year"')
    return _result("regress", data, options, "coefficients")


@_call.options(COMMANDS["sensitivity"], SETTINGS, READING, STYLE)
def sensitivity(data: Any, **options: Any) -> Result:
    """Leaves out, adds up, resamples: what the result hangs on.

    >>> len(resorb.sensitivity("ldh_resorption").leave_one_out)
    15
    """
    return _result("sensitivity", data, options, "leave_one_out")


@_call.options(COMMANDS["bias"], SETTINGS, READING, STYLE)
def bias(data: Any, **options: Any) -> Result:
    """Small-study effects, and what the result would be without them.

    >>> resorb.bias("ldh_resorption").tests[0].name
    'size'
    """
    return _result("bias", data, options, "tests")


@_call.options(COMMANDS["gosh"], SETTINGS, READING, STYLE)
def gosh(data: Any, **options: Any) -> Result:
    """Pools every subset of the studies.

    >>> resorb.gosh("ldh_resorption").subsets
    32767
    """
    return _result("gosh", data, options, "by_study")


@_call.options(COMMANDS["multiverse"], READING, STYLE)
def multiverse(data: Any, **options: Any) -> Result:
    """Carries out every reasonable analysis of the same data.

    >>> result = resorb.multiverse("ldh_resorption", families="crude,glmm", holds="76.6%")
    >>> result.holds.ci_share
    0.375
    """
    part = "rows" if options.get("rows") else "choices"
    return _result("multiverse", data, options, part)


@_call.options(CLAIM, GRID, READING, STYLE)
def claim(
    claim_rate: str | float | None = None, *, claims: Any = None, against: Any = None, **options: Any
) -> Result:
    """Says what a published rate is consistent with.

    Give a rate as printed, or ``claims``: a table of claims, one a row. ``against`` are studies whose
    analyses the claim is held against. A ratio, difference, mean or correlation is given as ``claim_effect``.

    >>> resorb.claim("76.6%", claim_total=2199, claim_events=1684).crude_sum
    True
    """
    options["claim_rate"] = claim_rate
    if claim_rate is not None and claims is not None:
        raise DataError("`claims` and `claim_rate` are two ways to give claims\nhelp: give one of them")
    if options.get("claim_effect") is not None:
        return _effect_claim(options, claims, against)
    if claims is not None:
        table = _data.table(claims)
        stated = json.loads(_resorb.claims(table.name, table.content))
    elif claim_rate is not None:
        stated = [{}]
    else:
        raise DataError(
            "there is no claim to examine\nhelp: give a rate as printed, as in claim(\"76.6%\"), or a table "
            "with `claims`"
        )

    def asked(studies: _data.Table | None) -> str:
        head = _call.plan("", studies, options, {})
        parts = [head]
        for one in stated:
            own = {**{name: options.get(name) for name in CLAIM}, **one}
            crossed = {name: options.get(name) for name in GRID if name != "level"}
            parts += ["[[claim]]", *_call.entry_lines(own, CLAIM)]
            parts += ["[claim.grid]", *_call.entry_lines(crossed, GRID)]
        return "\n".join(parts) + "\n"

    part = "checks" if len(stated) == 1 else "claims"
    if against is None:
        return Result(_call.told(_resorb.run("claim", None, asked(None), _call.style(options))), part)
    return Result(_call.run("claim", against, asked, options), part)


def _effect_claim(options: dict[str, Any], claims: Any, against: Any) -> Result:
    of_rates = ("claim_rate", "claim_total", "claim_events", "claim_min", "claim_max")
    other = "claims" if claims is not None else next((n for n in of_rates if options.get(n) is not None), None)
    if other:
        raise DataError(f"`{other}` is about rates and does not go with `claim_effect`\nhelp: leave out one of the two")
    if against is None:
        raise DataError("`claim_effect` needs studies to be held against\nhelp: name them in `against`")
    table = _data.table(against)
    text = _call.plan("multiverse", table, options, {}, GRID)
    stated = {name: value for name, value in options.items() if name in {*CLAIM, *STYLE} and value is not None}
    return Result(_call.told(_resorb.effect_claim(table, text, _call.as_json(stated))), "checks")


@_call.options(COMMANDS["methods"], SETTINGS, READING, STYLE)
def methods(data: Any, **options: Any) -> Paragraphs:
    """Writes the methods and results paragraphs of a paper, with references.

    >>> resorb.methods("ldh_resorption").references[0].type
    'article-journal'
    """

    def asked(table: _data.Table) -> str:
        pooled = _call.plan("pool", table, {**options, "no_alternatives": True}, COMMANDS["pool"])
        parts = [pooled]
        if options.get("by"):
            parts += ["[subgroup]", *_call.entry_lines({"by": options["by"]}, COMMANDS["subgroup"])]
        if options.get("on"):
            parts += ["[regress]", *_call.entry_lines({"on": options["on"]}, COMMANDS["regress"])]
        if options.get("single_studies"):
            parts += ["[sensitivity]", "whole-studies = true"]
        if options.get("small_studies"):
            parts += ["[bias]"]
        return "\n".join(parts) + "\n"

    return Paragraphs(_call.run("methods", data, asked, options), "references")


@_call.options(COMMANDS["report"], SETTINGS, STYLE, READING)
def report(data: Any, **options: Any) -> Report:
    """Writes everything about the studies as one page.

    The pooled result with its forest plot, groups, what the result hangs on, small-study effects, other
    analyses of the same data, the paragraphs of a paper and the data. ``data`` may be an analysis file
    (.toml), whose analyses are then reported; it has its own data, groups and settings.

    >>> resorb.report("ldh_resorption", title="Resorption").html[:15]
    '<!doctype html>'
    """
    by, title = options.pop("by", None), options.pop("title", None)
    groups = [by] if isinstance(by, str) else list(by or [])
    if _plan.is_plan(data):
        given = [name for name, value in options.items() if value not in (None, False) and name not in STYLE]
        if groups or given:
            named = ", ".join(f"`{name}`" for name in [*(["by"] if groups else []), *given])
            raise DataError(
                f"an analysis file brings its own data, groups and settings\nhelp: write {named} into `{data}`"
            )
        file = _plan.read(data)
        table, text = file.table, file.text
    else:
        table = _data.table(data)
        text = _call.plan("", table, options, {})
    name = "data.csv" if table.frame else Path(table.name).name
    copy = name if Path(name).suffix else f"{name}.csv"
    asked = Asked(text, _plan.is_plan(data), groups, title, copy)
    return Report(_call.told(_resorb.report(table, asked, _call.style(options))))


def run(path: str | os.PathLike[str]) -> Run:
    """Carries out an analysis file (`analysis.toml`) and returns its results.

    Files and figures are written by ``resorb run`` of the command line, which checks that they are up to date.
    """
    file = _plan.read(path)
    answers = _resorb.carried_out(file.table, file.text)
    for _, answer in answers[:1]:
        _call.told(answer)
    return Run(answers)


@_call.options(COMMANDS["predictors"], SETTINGS, READING, STYLE)
def predictors(data: Any, **options: Any) -> Result:
    """Pools each predictor of a table on its own.

    >>> len(resorb.predictors("ldh_predictors", by="predictor", baseline=0.35).predictors)
    4
    """
    if options.get("by") is None:
        raise DataError("no column of predictors was named\nhelp: add `by` with the name of a column")
    return _result("predictors", data, options, "predictors")


@_call.options(READING, STYLE)
def compare_tools(data: Any, **options: Any) -> Result:
    """Says why metafor, meta, RevMan, Stata and statsmodels print different numbers.

    >>> len(resorb.compare_tools("ldh_resorption").tools) > 3
    True
    """
    return _result("compare_tools", data, options, "tools")


@_call.options(READING)
def check(data: Any, **options: Any) -> Result:
    """Says what a table holds and everything that is wrong with it, which is no error here.

    >>> resorb.check({"study": ["Bush 1992"], "events": [90], "total": [84]}).problems[0].message
    '90 events exceed the total of 84'
    """
    return _result("check", data, options, "problems")


@_call.options(SIMULATION)
def simulate(sim_k: int, sim_total: int, sim_rate: str | float, **options: Any) -> Simulated | Result:
    """Draws studies that agree with a published summary. They say of themselves that they are simulated.

    With ``coverage`` or ``power`` many data sets are drawn, and the result says how methods do over them.

    >>> made = resorb.simulate(34, 2199, "76.6%", sim_min="20%", sim_max="96.2%", seed=1)
    >>> resorb.pool(made).input.source
    'simulate (simulated data, not real studies)'
    """
    options = {name: value for name, value in options.items() if value is not None}
    needed = {"sim_k": sim_k, "sim_total": sim_total, "sim_rate": str(sim_rate)}
    for name in ("sim_min", "sim_max"):
        if name in options:
            options[name] = str(options[name])
    asked = _call.as_json({**options, **needed})
    if "coverage" in options and "power" in options:
        raise DataError("`coverage` and `power` are two questions\nhelp: ask one of them")
    for question in ("coverage", "power"):
        if question in options:
            return Result(_resorb.scenario(asked), question)
    return Simulated(_resorb.simulated(asked))


def datasets() -> Records:
    """The bundled data sets: name, title, description, columns and cautions.

    >>> resorb.datasets()[0].name
    'ldh_resorption'
    """
    return Records(Record(dataset) for dataset in json.loads(_resorb.datasets()))


def load(name: str) -> Any:
    """A bundled data set as a DataFrame: of pandas if that is installed, else of polars.

    >>> len(resorb.load("ldh_resorption"))
    20
    """
    if not isinstance(name, str):
        raise DataError(f"a data set has a name, and {name!r} is none\nhelp: datasets() lists them")
    text = _resorb.bundled(name)
    if text is None:
        near = _resorb.nearest(name, _resorb.dataset_names())
        meant = f"did you mean `{near}`?" if near else "datasets() lists them"
        raise DataError(f"there is no bundled data set `{name}`\nhelp: {meant}")
    return _frame(_data.rows(text))


def explain(term: str) -> Term:
    """What a word of the results means: name, sentences, formula, source.

    >>> resorb.explain("i2").term
    'i2'
    """
    if not isinstance(term, str) or not term.strip():
        raise DataError(f"{term!r} is no term\nhelp: name one that results have, such as i2 or tau2")
    return Term(json.loads(_resorb.explain(term)))
