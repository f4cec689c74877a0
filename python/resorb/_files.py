"""Writing files."""

from __future__ import annotations

import os
from pathlib import Path


def replace(target: Path, text: str) -> None:
    """Writes a text to a file, which is replaced in one step: nobody ever finds half of it."""
    folder = target.parent
    if not folder.is_dir():
        raise FileNotFoundError(f"there is no folder `{folder}`; make it first")
    temporary = folder / f".resorb-{os.getpid()}-{target.name}"
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
