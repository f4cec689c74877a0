"""What is asked of a report."""

from __future__ import annotations

from typing import NamedTuple


class Asked(NamedTuple):
    """What is to be reported."""

    plan: str
    #: Whether the plan is an analysis file, with analyses of its own.
    file: bool
    #: Columns that make groups.
    by: list[str]
    title: str | None
    #: What to call a copy of the data.
    copy: str
