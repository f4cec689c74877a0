"""Writes the stubs of the functions from their signatures; a test compares them with the committed ones.

    python tests/stubs.py        writes resorb/__init__.pyi and resorb/plot.pyi
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import resorb

HEAD = '''"""Made by tests/stubs.py from the signatures of the functions."""

{modules}from collections.abc import Mapping, Sequence
from typing import Any
{imports}
'''

PACKAGE = """
from . import plot as plot
from ._errors import DataError as DataError, DataWarning as DataWarning
from ._figure import Figure as Figure
from ._plan import Run as Run
from ._report import Report as Report
from ._result import Paragraphs as Paragraphs, Record as Record, Records as Records, Result as Result, Term as Term
from ._simulated import Simulated as Simulated
from .plot import ({figures}
)

__version__: str
"""

PLOT = """
from ._figure import Figure
"""


def function(name: str, of: object) -> str:
    """The stub of one function."""
    signature = inspect.signature(of)  # type: ignore[arg-type]
    lines = [f"def {name}("]
    star = False
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and not star:
            star = True
            lines.append("    *,")
        default = "" if parameter.default is parameter.empty else f" = {parameter.default!r}"
        lines.append(f"    {parameter.name}: {parameter.annotation}{default},")
    lines.append(f") -> {signature.return_annotation}:")
    first = (inspect.getdoc(of) or "").split("\n")[0]
    lines += [f'    """{first}"""', "    ..."]
    return "\n".join(lines)


def stubs() -> dict[str, str]:
    """The text of each stub file."""
    figures = [name for name in resorb.plot.__all__ if name in resorb.__all__ and name not in ("gosh", "multiverse")]
    own = [
        name
        for name in resorb.__all__
        if inspect.isfunction(getattr(resorb, name)) and name not in figures
    ]
    listed = "".join(f"\n    {name} as {name}," for name in figures)
    package = HEAD.format(modules="import os\n", imports=PACKAGE.format(figures=listed))
    plot = HEAD.format(modules="", imports=PLOT)
    return {
        "__init__.pyi": package + "\n\n" + "\n\n".join(function(n, getattr(resorb, n)) for n in own) + "\n",
        "plot.pyi": plot + "\n" + "\n\n".join(function(n, getattr(resorb.plot, n)) for n in resorb.plot.__all__) + "\n",
    }


if __name__ == "__main__":
    folder = Path(__file__).parent.parent / "resorb"
    for name, text in stubs().items():
        (folder / name).write_text(text, encoding="utf-8")
    sys.exit(0)
