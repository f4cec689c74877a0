"""Studies that were drawn, not found."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from . import _data
from ._frame import frame


class Simulated:
    """Simulated studies. Every analysis takes them as data, and says that they are simulated."""

    __slots__ = ("csv",)

    def __init__(self, csv: str) -> None:
        #: The table as CSV; its first lines say what it is.
        self.csv = csv

    def to_frame(self) -> Any:
        """The studies as a DataFrame; the column ``source`` says of each that it is simulated."""
        return frame(_data.rows(self.csv))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the table to a new file."""
        with Path(path).open("x", encoding="utf-8", newline="\n") as file:
            file.write(self.csv)

    def __str__(self) -> str:
        return self.csv

    def __repr__(self) -> str:
        return f"<resorb.Simulated: {len(_data.rows(self.csv))} studies that are not real>"
