"""Reports: everything about a table of studies in one document."""

from __future__ import annotations

import html
import os
from pathlib import Path

from . import _resorb
from ._files import replace


class Report:
    """A report. ``save`` writes it to an .html, .md or .tex file; a notebook shows the page."""

    __slots__ = ("_written",)

    def __init__(self, written: _resorb.Written) -> None:
        self._written = written

    @property
    def html(self) -> str:
        """One page that needs nothing else: no network, no other file."""
        return self._written.html

    @property
    def markdown(self) -> str:
        """Its words and tables as Markdown."""
        return self._written.markdown

    @property
    def latex(self) -> str:
        """Its words and tables as LaTeX."""
        return self._written.latex

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the report to a file, which is replaced in one step; the extension says what."""
        target = Path(path)
        extension = target.suffix.lower()
        if extension in (".html", ".htm"):
            text = self.html
        elif extension in (".md", ".markdown"):
            text = self.markdown
        elif extension in (".tex", ".latex"):
            text = self.latex
        else:
            raise ValueError(
                f"the extension of `{target}` names no report that is written here; use .html, .md or .tex "
                "(the command line, `resorb report`, writes .docx and .xlsx too)"
            )
        replace(target, text)

    def _repr_html_(self) -> str:
        # In a frame of its own, so that neither the page nor the notebook changes how the other looks.
        return (
            '<iframe title="Meta-analysis report" style="width:100%;height:40em;border:1px solid #d5dade" '
            f'srcdoc="{html.escape(self.html)}"></iframe>'
        )

    def __repr__(self) -> str:
        return "<resorb.Report: save() writes it, a notebook shows it>"
