"""What is raised, and what is warned of."""

from __future__ import annotations

from typing import Any

from ._words import in_python


class DataError(ValueError):
    """Data that cannot be used, or an analysis that they do not allow.

    The message is the sentence of the command line, with its options as keyword arguments: what is wrong,
    where, and what to do. ``problems`` lists what was found in a table, each with ``severity``, ``line``,
    ``column``, ``message`` and ``fix``, as ``resorb check --format json`` does.
    """

    def __init__(self, message: str, problems: list[dict[str, Any]] | None = None) -> None:
        super().__init__(in_python(message))
        self.problems = problems or []


class DataWarning(UserWarning):
    """Something in a table that is probably a mistake, though the table can be used."""
