"""Figures: SVG with the numbers behind it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from . import _resorb
from ._data import rows
from ._files import replace
from ._frame import frame


class Figure:
    """A figure. A notebook shows it; ``save`` writes it to an .svg file."""

    __slots__ = ("_drawn", "kind")

    def __init__(self, drawn: _resorb.Drawn, kind: str) -> None:
        self._drawn = drawn
        #: What kind of figure it is.
        self.kind = kind

    @property
    def svg(self) -> str:
        """The figure as SVG."""
        return self._drawn.svg

    @property
    def csv(self) -> str:
        """The numbers behind the figure as CSV, as ``--data-out`` writes them."""
        return self._drawn.numbers

    @property
    def notes(self) -> list[str]:
        """What whoever drew the figure should know, such as studies that do not fit on the axis."""
        return list(self._drawn.notes)

    def to_frame(self) -> Any:
        """The numbers behind the figure: a pandas DataFrame if pandas is installed, else a polars one."""
        return frame(rows(self.csv))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the figure to an .svg file, which is replaced in one step."""
        target = Path(path)
        if target.suffix.lower() != ".svg":
            raise ValueError(
                f"the extension of `{target}` names no figure that is written here; use .svg (the command "
                "line, `resorb plot`, writes .png and .pdf too)"
            )
        replace(target, self.svg)

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"<resorb.Figure {self.kind}: save() writes it, a notebook shows it>"

