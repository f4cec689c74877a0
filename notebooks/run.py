"""Executes the notebooks and compares what they print with what is committed.

    python notebooks/run.py            fails where a cell fails or prints something else
    python notebooks/run.py --write    stores the new outputs

The notebook in Rust is left out where its kernel is not installed, and the last line says so; nothing else is.
"""

from __future__ import annotations

import difflib
import sys
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient

HERE = Path(__file__).parent

#: The kernels that not every machine has, with what installs them.
OPTIONAL = {"rust": "cargo install --locked evcxr_jupyter && evcxr_jupyter --install"}


def missing_kernel(notebook: Any) -> str | None:
    """The notebook's kernel, where it may be missing and is."""
    kernel: str = notebook.metadata.kernelspec.name
    return kernel if kernel in OPTIONAL and kernel not in KernelSpecManager().find_kernel_specs() else None


def printed(notebook: Any) -> list[str]:
    """What a reader sees of the outputs as text, line by line; figures and HTML show the same numbers."""
    lines = []
    for number, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            text = output.get("text") or output.get("data", {}).get("text/plain", "")
            lines += [f"cell {number}: {line}" for line in text.splitlines()]
    return lines


def execute(path: Path) -> Any:
    """The notebook with the outputs of now; an error in a cell is raised."""
    notebook = nbformat.read(path, as_version=4)
    kernel = notebook.metadata.kernelspec.name
    # The first cell of a notebook in Rust builds the library.
    timeout = 3600 if kernel in OPTIONAL else 600
    client = NotebookClient(
        notebook, timeout=timeout, kernel_name=kernel, record_timing=False, resources={"metadata": {"path": str(HERE)}}
    )
    client.execute()
    # Which Python it was is no result.
    notebook.metadata.language_info = {"name": notebook.metadata.language_info.name}
    return notebook


def main() -> int:
    """The number of notebooks that differ."""
    write = "--write" in sys.argv[1:]
    differ, left_out, executed = [], [], 0
    for path in sorted(HERE.glob("*.ipynb")):
        before = nbformat.read(path, as_version=4)
        kernel = missing_kernel(before)
        if kernel:
            left_out.append(f"{path.name} left out: there is no kernel `{kernel}` ({OPTIONAL[kernel]})")
            continue
        after = execute(path)
        executed += 1
        if write:
            nbformat.write(after, path)
            continue
        difference = list(difflib.unified_diff(printed(before), printed(after), "committed", "now", lineterm="", n=1))
        if difference:
            differ.append(path.name)
            print("\n".join([f"{path.name} prints something else:", *difference]))
    print("; ".join([f"{executed} notebooks executed, {len(differ)} differ", *left_out]))
    return len(differ)


if __name__ == "__main__":
    sys.exit(main())
