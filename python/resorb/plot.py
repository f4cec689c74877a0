"""Figures: each function returns a `Figure`, which a notebook shows and ``save()`` writes as SVG.

Without data they draw the bundled lumbar data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import _call, _data, _resorb
from ._errors import DataError
from ._figure import Figure
from ._options import FIGURES, GRID, LOOK, PLAIN_LOOK, READING, SETTINGS, SUBSETS

__all__ = [
    "baujat",
    "bubble",
    "doi",
    "drapery",
    "forest",
    "funnel",
    "gosh",
    "influence",
    "labbe",
    "multiverse",
    "orchard",
    "prisma",
    "profile",
    "qq",
    "radial",
    "rob",
    "study_intervals",
]


def _draw(kind: str, data: Any, given: dict[str, Any]) -> Figure:
    table = _data.table(_data.LUMBAR if data is None else data)
    if kind == "gosh":
        plan = _call.plan("gosh", table, given, SUBSETS)
    elif kind == "multiverse":
        plan = _call.plan("multiverse", table, given, {"holds": FIGURES["multiverse"]["holds"]}, GRID)
    else:
        plan = _call.plan("", table, given, {})
    return Figure(_call.told(_resorb.draw(kind, table, plan, _chosen(kind, given))), kind)


def _chosen(kind: str, given: dict[str, Any]) -> str:
    """The figure's own options as JSON."""
    own = {**FIGURES[kind], **LOOK}
    chosen = {name: given[name] for name in own if given.get(name) is not None}
    return _call.as_json(chosen)


@_call.options(FIGURES["forest"], LOOK, SETTINGS, READING)
def forest(data: Any = None, **options: Any) -> Figure:
    """Forest plot: studies, their intervals and the pooled rate.

    >>> resorb.forest("ldh_resorption").svg[:4]
    '<svg'
    """
    if options.get("leave_one_out") is True:
        options["leave_one_out"] = "row"
    return _draw("forest", data, options)


@_call.options(FIGURES["funnel"], LOOK, SETTINGS, READING)
def funnel(data: Any = None, **options: Any) -> Figure:
    """Funnel plot: do small studies find other rates than large ones?"""
    return _draw("funnel", data, options)


@_call.options(FIGURES["orchard"], LOOK, SETTINGS, READING)
def orchard(data: Any = None, **options: Any) -> Figure:
    """Orchard plot: every study, the pooled value and the prediction, by group."""
    return _draw("orchard", data, options)


@_call.options(FIGURES["bubble"], LOOK, SETTINGS, READING)
def bubble(data: Any = None, **options: Any) -> Figure:
    """Bubble plot: a meta-regression on one number, with its studies."""
    if options.get("on") is None:
        raise DataError('there is nothing to regress on\nhelp: add `on`, as in on="year"')
    return _draw("bubble", data, options)


@_call.options(LOOK, SETTINGS, READING)
def radial(data: Any = None, **options: Any) -> Figure:
    """Radial (Galbraith) plot: which studies lie further out than chance allows?"""
    return _draw("radial", data, options)


@_call.options(LOOK, SETTINGS, READING)
def drapery(data: Any = None, **options: Any) -> Figure:
    """Drapery plot: the p value of every possible true value."""
    return _draw("drapery", data, options)


@_call.options(LOOK, SETTINGS, READING)
def profile(data: Any = None, **options: Any) -> Figure:
    """Profile of τ²: how sure the data are about the between-study variance."""
    return _draw("profile", data, options)


@_call.options(LOOK, SETTINGS, READING)
def qq(data: Any = None, **options: Any) -> Figure:
    """Normal Q–Q plot of residuals: do the studies scatter as the model says?"""
    return _draw("qq", data, options)


@_call.options(LOOK, SETTINGS, READING)
def labbe(data: Any, **options: Any) -> Figure:
    """L'Abbé plot: the risk of one group against that of the other."""
    return _draw("labbe", data, options)


@_call.options(LOOK, SETTINGS, READING)
def baujat(data: Any = None, **options: Any) -> Figure:
    """Baujat plot: which studies make the heterogeneity, which move the result?"""
    return _draw("baujat", data, options)


@_call.options(LOOK, SETTINGS, READING)
def influence(data: Any = None, **options: Any) -> Figure:
    """Influence of each study: residuals, DFFITS, Cook's D, weights and more."""
    return _draw("influence", data, options)


@_call.options(LOOK, SETTINGS, READING)
def doi(data: Any = None, **options: Any) -> Figure:
    """Doi plot with the LFK index: are effects spread evenly around the most precise?"""
    return _draw("doi", data, options)


@_call.options(LOOK, SETTINGS, READING)
def study_intervals(data: Any = None, **options: Any) -> Figure:
    """The interval of each study by every method: how much does the choice matter?"""
    return _draw("study_intervals", data, options)


@_call.options(FIGURES["gosh"], LOOK, SETTINGS, READING)
def gosh(data: Any = None, **options: Any) -> Figure:
    """GOSH plot: the result of every subset, with and without the study that parts them."""
    return _draw("gosh", data, options)


@_call.options(FIGURES["multiverse"], LOOK, READING)
def multiverse(data: Any = None, **options: Any) -> Figure:
    """Specification curve: every analysis, and the choices that made it."""
    return _draw("multiverse", data, options)


@_call.options(FIGURES["rob"], PLAIN_LOOK)
def rob(data: Any, **options: Any) -> Figure:
    """Risk of bias: a traffic light for each study and domain, and bars of the domains.

    ``data`` have a row for each study and a column for each domain; one called ``overall`` is the judgement
    of the whole study.

    >>> judged = {"study": ["Bush 1992", "Komori 1996"], "missing data": ["low", "high"], "overall": ["low", "high"]}
    >>> resorb.plot.rob(judged).kind
    'rob'
    """
    return Figure(_resorb.draw_appraisal("rob", _data.table(data), _chosen("rob", options)), "rob")


@_call.options(FIGURES["prisma"], PLAIN_LOOK)
def prisma(flow: Any, **options: Any) -> Figure:
    """PRISMA 2020 flow diagram: from the records of a search to the studies of a review.

    ``flow`` is a dict of steps (a count, or a dict of its parts), a table with the columns step, name and n,
    or a .toml or .csv file of such.

    >>> resorb.plot.prisma({
    ...     "databases": {"PubMed": 60, "Embase": 40}, "removed": 10, "screened": 90, "excluded": 70,
    ...     "assessed": 20, "studies": 20,
    ... }).kind
    'prisma'
    """
    steps = isinstance(flow, Mapping) and not {"step", "n"} <= {str(name).lower() for name in flow}
    table = _steps(flow) if steps else _data.table(flow)
    return Figure(_resorb.draw_appraisal("prisma", table, _chosen("prisma", options)), "prisma")


def _steps(flow: Mapping[str, Any]) -> _data.Table:
    """Steps and their counts as the rows of a table."""
    rows = [
        (step, name, count)
        for step, counts in flow.items()
        for name, count in (counts.items() if isinstance(counts, Mapping) else [("", counts)])
    ]
    columns = {"step": [row[0] for row in rows], "name": [row[1] for row in rows], "n": [row[2] for row in rows]}
    return _data.table(columns)._replace(name="dict of steps")
