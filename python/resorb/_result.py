"""Results: the document of the command line as an object with attributes."""

from __future__ import annotations

import copy
import html
import json
from collections.abc import Iterator
from typing import Any

from . import _resorb
from ._frame import frame


class Record:
    """Named values of a result: ``record.tau2`` or ``record["tau2"]``.

    Undefined numbers are None. ``to_dict()`` gives a plain dict.
    """

    __slots__ = ("_values",)

    def __init__(self, values: dict[str, Any]) -> None:
        object.__setattr__(self, "_values", values)

    def __getattr__(self, name: str) -> Any:
        values = object.__getattribute__(self, "_values")
        if name in values:
            return _wrapped(values[name])
        near = None if name.startswith("_") else _resorb.nearest(name, list(values))
        meant = f"; did you mean `{near}`?" if near else f"; there are {', '.join(values)}"
        raise AttributeError(f"there is no `{name}` here{meant}")

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("a result does not change; copy it with to_dict()")

    def __getitem__(self, name: str) -> Any:
        return _wrapped(self._values[name])

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self._values == other._values

    __hash__ = None  # type: ignore[assignment]

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._values]

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={_short(value)}" for name, value in self._values.items())
        return f"Record({inside})"

    def keys(self) -> list[str]:
        """The names of the values."""
        return list(self._values)

    def to_dict(self) -> dict[str, Any]:
        """A plain dict, yours to change."""
        return copy.deepcopy(self._values)


class Records(list[Any]):
    """A list of records, such as the studies of a result."""

    def to_frame(self) -> Any:
        """One row for each record: a pandas DataFrame if pandas is installed, else a polars one."""
        return frame([record.to_dict() for record in self])


def _wrapped(value: Any) -> Any:
    if isinstance(value, dict):
        return Record(value)
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return Records(Record(item) for item in value)
    return value


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list) and len(value) > 4:
        return f"[… {len(value)} …]"
    return repr(value)


class Result(Record):
    """The result of one command.

    Its attributes are the keys of the JSON that ``resorb COMMAND --format json`` writes. ``print(result)``
    shows the table of the command line, and a notebook shows the same table as HTML.
    """

    __slots__ = ("_answer", "_part")

    _answer: _resorb.Answer
    _part: str

    def __init__(self, answer: _resorb.Answer, part: str) -> None:
        super().__init__(json.loads(answer.json))
        object.__setattr__(self, "_answer", answer)
        object.__setattr__(self, "_part", part)

    def to_json(self) -> str:
        """The JSON of ``--format json``."""
        return self._answer.json

    def to_markdown(self) -> str:
        """The tables as Markdown."""
        return self._answer.markdown

    def to_latex(self) -> str:
        """The tables as LaTeX (booktabs)."""
        return self._answer.latex

    def to_frame(self, part: str | None = None) -> Any:
        """A list of the result, one row for each of its records.

        ``part`` names the list; without it, the one that the command is about (the studies of ``pool``, the
        groups of ``subgroup``, …). Nested values have joined names, as in ``random_estimate``. A pandas
        DataFrame if pandas is installed, else a polars one.
        """
        name = part or self._part
        value: Any = self._values
        for key in name.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, dict):
            value = [value]
        if not isinstance(value, list) or any(not isinstance(item, dict) for item in value):
            lists = [key for key, item in self._values.items() if item and _wrapped(item) is not item]
            raise ValueError(f"`{name}` is no list of records; there are {', '.join(lists)}")
        return frame(value)

    def __str__(self) -> str:
        return self._answer.table

    def __repr__(self) -> str:
        return f"<resorb.Result of {self._values.get('command')}: print() shows its table>"

    def _repr_html_(self) -> str:
        # What has no page of its own is shown as in a terminal.
        return self._answer.html or f"<pre>{html.escape(self._answer.table)}</pre>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self._repr_html_(), "text/plain": self._answer.table}


class Term(Record):
    """What a word of the results means: ``name``, ``sentences``, ``formula``, ``source``. ``print()`` shows it."""

    __slots__ = ()

    def __str__(self) -> str:
        given = [("Formula", self._values["formula"]), ("Source", self._values["source"])]
        further = [f"{heading}: {text}" for heading, text in given if text]
        return "\n".join([self._values["name"], "", *self._values["sentences"], "", *further])


class Paragraphs(Result):
    """What a paper says about an analysis: ``methods`` and ``results``, each ``plain``, ``markdown`` and
    ``pandoc``, and the ``references``."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        shown = []
        for heading, text in (("Methods", self.methods.plain), ("Results", self.results.plain)):
            paragraphs = (f"<p>{html.escape(part)}</p>" for part in text.split("\n\n"))
            shown += [f"<p><strong>{heading}</strong></p>", *paragraphs]
        return "\n".join(['<div class="resorb">', *shown, "</div>"])

    def to_bibtex(self) -> str:
        """The works cited, as BibTeX."""
        return self._bibliography()[0]

    def to_csl_json(self) -> str:
        """The works cited, as CSL-JSON."""
        return self._bibliography()[1]

    def _bibliography(self) -> tuple[str, str]:
        return self._answer.bibliography or ("", "")
