"""From keyword arguments to a plan, and from a plan to a result."""

from __future__ import annotations

import inspect
import json
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from . import _data, _resorb
from ._errors import DataError, DataWarning
from ._options import READING, SETTINGS, STYLE, Option
from ._words import in_python

Function = TypeVar("Function", bound=Callable[..., Any])


def options(*tables: Mapping[str, Option]) -> Callable[[Function], Function]:
    """Gives a function that takes ``**options`` the names, types and meanings of its options.

    Names that it does not have are refused with the nearest that it has.
    """
    own: dict[str, Option] = {}
    for table in tables:
        own.update(table)

    def decorate(function: Function) -> Function:
        def called(*positional: Any, **named: Any) -> Any:
            for name in named:
                if name not in known:
                    near = _resorb.nearest(name, list(known))
                    meant = f"; did you mean `{near}`?" if near else ""
                    raise TypeError(f"{function.__name__}() has no option `{name}`{meant}")
            return function(*positional, **named)

        signature = inspect.signature(function)
        first = [p for p in signature.parameters.values() if p.kind is not p.VAR_KEYWORD]
        more = [
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=_default(option),
                annotation=option.takes,
            )
            for name, option in own.items()
            if name not in signature.parameters
        ]
        known = {p.name for p in first} | set(own)
        listed = "\n".join(f"    {name}: {option.meaning}" for name, option in own.items())
        called.__name__ = called.__qualname__ = function.__name__
        called.__module__ = "resorb"
        called.__doc__ = f"{inspect.cleandoc(function.__doc__ or '')}\n\nOptions:\n{listed}\n"
        called.__signature__ = signature.replace(parameters=first + more)  # type: ignore[attr-defined]
        return called  # type: ignore[return-value]

    return decorate


def _default(option: Option) -> Any:
    """What an option is without being given; empty where it has to be given."""
    if option.takes == "bool":
        return False
    return None if "None" in option.takes else inspect.Parameter.empty


def run(command: str, data: Any, asked: Callable[[_data.Table], str], given: Mapping[str, Any]) -> Any:
    """The answer of a command on data, for which ``asked`` makes the plan."""
    table = _data.table(data)
    return told(_resorb.run(command, table, asked(table), style(given)))


def told(answer: Any) -> Any:
    """The answer, after its warnings were given to whoever called the package."""
    for warning in answer.warnings:
        warnings.warn(in_python(warning), DataWarning, stacklevel=_outside())
    return answer


def _outside() -> int:
    """How far up the stack the caller of the package is."""
    level, frame = 1, sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__package__") == __package__:
        level, frame = level + 1, frame.f_back
    return level


def style(given: Mapping[str, Any]) -> str:
    """The choices of presentation as JSON."""
    return as_json({name: given[name] for name in given if name in STYLE and given[name] is not None})


def as_json(chosen: Mapping[str, Any]) -> str:
    """Options as JSON."""
    return json.dumps({name: json.loads(_toml(name, value)) for name, value in chosen.items()})


def plan(
    section: str,
    table: _data.Table | None,
    given: Mapping[str, Any],
    own: Mapping[str, Option],
    grid: Mapping[str, Option] | None = None,
) -> str:
    """The plan of one analysis, as the text of an `analysis.toml`."""
    if table is not None and table.frame and given.get("decimal") is not None:
        raise DataError("`decimal` is for files; the numbers of a frame are numbers already")
    reading = {name: given.get(name) for name in READING}
    if table is not None and table.frame:
        reading["decimal"] = "point"
    crossed = grid or {}
    parts = {
        "reading": (reading, READING),
        "settings": ({name: given.get(name) for name in SETTINGS if name not in own}, SETTINGS),
        section: ({name: given.get(name) for name in own if name not in SETTINGS}, own),
        f"{section}.grid": ({name: given.get(name) for name in crossed if name != "level"}, crossed),
    }
    lines = [f"data = {_toml('data', table.name if table else 'none')}"]
    for name, (values, known) in parts.items():
        entries = entry_lines(values, known)
        if entries or name == section:
            lines += [f"[{name}]", *entries] if name else []
    return "\n".join(lines) + "\n"


def entry_lines(values: Mapping[str, Any], known: Mapping[str, Option]) -> list[str]:
    """Options with their values, one a line of the plan."""
    return [
        f"{name.replace('_', '-')} = {_toml(name, _spelled(value, known[name]))}"
        for name, value in values.items()
        if value is not None and value is not False
    ]


def _spelled(value: Any, option: Option) -> Any:
    """Words of a list as they are spelled; text where a rate as printed may be given as a number."""
    if option.spelled is not None and isinstance(value, str):
        # Several words may stand in one text, with commas between them.
        words = [option.spelled(word.strip()) for word in value.split(",")]
        return words if "Sequence" in option.takes else ",".join(words)
    if option.spelled is not None and isinstance(value, Sequence):
        return [option.spelled(word) if isinstance(word, str) else word for word in value]
    if option.takes.startswith("str | float") and isinstance(value, (int, float)):
        return str(value)
    return value


def _toml(name: str, value: Any) -> str:
    """A value as TOML, of which JSON's texts, numbers and lists are a part."""
    if isinstance(value, Mapping):
        value = [f"{key}={item}" for key, item in value.items()]
    try:
        plain = _plain(value)
        if plain is None or (isinstance(plain, list) and None in plain):
            raise ValueError
        return json.dumps(plain, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError):
        shown = repr(value)
        if "\n" in shown or len(shown) > 60:
            shown = f"a {type(value).__name__}"
        raise DataError(f"`{name}` cannot be {shown}") from None


def _plain(value: Any) -> Any:
    """Python's own values for those of NumPy, and lists for tuples and arrays."""
    if isinstance(value, (str, bytes)) or value is None:
        return value
    if type(value).__module__.partition(".")[0] == "numpy":
        return value.tolist()
    return [_plain(item) for item in value] if isinstance(value, Sequence) else value
