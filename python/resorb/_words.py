"""Sentences of the command line in the words of the package: ``--missing drop`` is ``missing="drop"``."""

from __future__ import annotations

import re

from ._options import CLAIM, COMMANDS, FIGURES, GRID, LOOK, READING, SETTINGS, SIMULATION, STYLE

_TABLES = (READING, SETTINGS, STYLE, GRID, CLAIM, SIMULATION, LOOK, *COMMANDS.values(), *FIGURES.values())

#: The names of all options.
NAMES = {name for table in _TABLES for name in table}

#: What follows an option as its value, and is no word of the sentence.
_VALUE = (
    r'"[^"]*"|\d[\w.,%]*|\w+=[A-Z]+|[A-Z]{2,}\b|[a-z]+[0-9]\b|[a-z]+(?:-[a-z]+)+'
    r"|(?:drop|error|point|comma|glmm|hts|pl|wald|proportions|rates|means|correlation|generic)\b"
)
_COMMAND = re.compile(rf"`resorb ([a-z-]+) --([a-z][a-z0-9-]*) ({_VALUE})`")
_OPTION = re.compile(rf"(`?)--([a-z][a-z0-9-]*)(?: ({_VALUE}))?\1")


def in_python(sentence: str) -> str:
    """The sentence with options as keyword arguments; what is no option of the package stays as it is."""
    sentence = _COMMAND.sub(lambda m: f"`resorb.{_name(m[1])}({_argument(m[2], m[3])})`", sentence)
    return _OPTION.sub(lambda m: f"`{_argument(m[2], m[3])}`" if _name(m[2]) in NAMES else m[0], sentence)


def _name(option: str) -> str:
    return option.replace("-", "_")


def _argument(option: str, value: str | None) -> str:
    name = _name(option)
    if value is None:
        return name
    if "=" in value and not value.startswith('"'):
        key, _, of = value.partition("=")
        return f'{name}={{"{key}": "{of}"}}'
    return f"{name}={value}" if value[0] in '"0123456789' else f'{name}="{value}"'
