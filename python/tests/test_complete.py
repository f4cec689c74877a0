"""The package has every command, figure and option of the command line."""

from __future__ import annotations

import inspect
import re
import subprocess
from typing import Any

import pytest
import resorb

#: What belongs to a terminal and its files: results are objects here, and figures are saved by their methods.
OF_FILES = {"help", "version", "format", "output", "save", "force", "data_out", "bibliography"}
#: PNG and PDF are the command line's, and so are workbooks and further fonts.
OF_FORMATS = {"dpi", "background", "font", "page_height", "sheet"}
#: Commands that write folders, files and scripts for a shell.
OF_SHELL = {"init", "plot", "gallery", "completions", "help"}


def listed(program: str, *command: str) -> list[str]:
    told = subprocess.run([program, *command, "--help"], capture_output=True, text=True, check=True).stdout
    return [name.replace("-", "_") for name in re.findall(r"^  ([a-z][a-z-]+)  ", told, re.M)]


def options(program: str, *command: str) -> set[str]:
    told = subprocess.run([program, *command, "--help"], capture_output=True, text=True, check=True).stdout
    names = re.findall(r"^ +(?:-\w, )?--([a-z][a-z0-9-]+)", told, re.M)
    assert "help" in names
    return {name.replace("-", "_") for name in names} - OF_FILES - OF_FORMATS


def test_every_command_and_figure_is_here(program: str) -> None:
    commands = set(listed(program)) - OF_SHELL
    assert commands and commands <= set(resorb.__all__)
    figures = set(listed(program, "plot")) - {"help"}
    assert figures and figures == set(resorb.plot.__all__)


@pytest.mark.parametrize("command", "pool subgroup predictors regress sensitivity bias gosh claim multiverse compare-tools methods simulate report check".split())
def test_every_option_is_here(command: str, program: str) -> None:
    has = set(inspect.signature(getattr(resorb, command.replace("-", "_"))).parameters)
    assert options(program, command) - has == set()


@pytest.mark.parametrize("kind", resorb.plot.__all__)
def test_every_option_of_figures_is_here(kind: str, program: str) -> None:
    has: Any = set(inspect.signature(getattr(resorb.plot, kind)).parameters)
    assert options(program, "plot", kind.replace("_", "-")) - has == set()
