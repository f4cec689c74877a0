"""Analysis files: an `analysis.toml` and the results that it asks for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from . import _data, _resorb
from ._errors import DataError
from ._result import Result

#: The list that each command's result is about.
PARTS = {
    "pool": "studies",
    "subgroup": "groups",
    "regress": "coefficients",
    "sensitivity": "leave_one_out",
    "bias": "tests",
    "gosh": "by_study",
    "multiverse": "choices",
    "predictors": "predictors",
    "claim": "claims",
}


class PlanFile(NamedTuple):
    """The text of an analysis file, and the table that it names."""

    text: str
    table: _data.Table


def is_plan(data: Any) -> bool:
    """Whether data are the path of an analysis file."""
    return isinstance(data, (str, os.PathLike)) and str(data).lower().endswith(".toml")


def read(path: str | os.PathLike[str]) -> PlanFile:
    """Reads an analysis file and its data, whose path starts from the folder of the file."""
    file = Path(path)
    if not is_plan(path):
        raise DataError(f"`{file}` is no analysis file, whose name ends with .toml\nhelp: for data use pool or report")
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DataError(
            f"there is no file `{file}`\nhelp: `resorb init NAME` makes a folder with one, and --save of any "
            "analysis of the command line writes one"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"`{file}` cannot be read: {error}") from error
    name = _resorb.plan_data(str(file), text)
    beside = file.parent / name
    if not beside.exists() and _resorb.bundled(name) is None:
        raise DataError(f"there is no file `{beside}`\nhelp: paths start from the folder of the analysis file")
    if beside.exists():
        return PlanFile(text, _data.table(beside)._replace(name=name))
    return PlanFile(text, _data.bundled(name))


class Run:
    """The results of an analysis file, in its order.

    ``run.pool``, ``run.sensitivity``, …: one result each; ``run.subgroups``, ``run.regressions`` and
    ``run.predictors`` are lists. What the file does not ask for is None, or an empty list.
    """

    __slots__ = ("results",)

    def __init__(self, answers: list[tuple[str, _resorb.Answer]]) -> None:
        #: Every result.
        self.results: list[Result] = [Result(answer, PARTS[command]) for command, answer in answers]

    def _all(self, command: str) -> list[Result]:
        return [result for result in self.results if result["command"] == command]

    def _one(self, command: str) -> Result | None:
        return next(iter(self._all(command)), None)

    @property
    def pool(self) -> Result | None:
        """The pooled result."""
        return self._one("pool")

    @property
    def subgroups(self) -> list[Result]:
        """Subgroup analyses."""
        return self._all("subgroup")

    @property
    def regressions(self) -> list[Result]:
        """Meta-regressions."""
        return self._all("regress")

    @property
    def sensitivity(self) -> Result | None:
        """What the result hangs on."""
        return self._one("sensitivity")

    @property
    def bias(self) -> Result | None:
        """Small-study effects."""
        return self._one("bias")

    @property
    def gosh(self) -> Result | None:
        """The result of every subset."""
        return self._one("gosh")

    @property
    def multiverse(self) -> Result | None:
        """Every reasonable analysis."""
        return self._one("multiverse")

    @property
    def predictors(self) -> list[Result]:
        """Predictors, each on its own."""
        return self._all("predictors")

    @property
    def claim(self) -> Result | None:
        """What published rates are consistent with."""
        return self._one("claim")

    def __iter__(self) -> Iterator[Result]:
        return iter(self.results)

    def __len__(self) -> int:
        return len(self.results)

    def __str__(self) -> str:
        return "\n".join(str(result) for result in self.results)

    def __repr__(self) -> str:
        return f"<resorb.Run: {', '.join(result['command'] for result in self.results)}>"

    def _repr_html_(self) -> str:
        return "\n".join(result._repr_html_() for result in self.results)
