"""From what a caller has, a path or a frame, to the table that the library reads.

Every frame becomes the text of a table, so that all checks of the reader and all its messages apply.
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from . import _resorb
from ._errors import DataError

#: The bundled data that stand in where no data are given.
LUMBAR = "ldh_resorption"

#: What `resorb.simulate` writes into the column `source` of every study that it draws.
SIMULATED = "simulated with seed"


class Table(NamedTuple):
    """The bytes of a table and where they come from."""

    name: str
    content: bytes
    #: SHA-256 of the file; None where there was no file.
    sha256: str | None
    #: Whether a frame says of itself that it is simulated (a file says so in its first line).
    simulated: bool
    #: Whether its numbers are Python's, with a decimal point.
    frame: bool


def table(data: Any) -> Table:
    """The table behind a path, the name of a bundled data set, a frame or a dict of columns."""
    from ._simulated import Simulated

    if isinstance(data, (str, os.PathLike)):
        if not str(data).strip():
            raise DataError("the path of the data is empty; give a file, or the name of a bundled data set")
        return _file(Path(data), str(data))
    if isinstance(data, Simulated):
        return Table("simulate", data.csv.encode(), None, True, False)
    columns, name = _columns(data)
    return _text(columns, name)


def _file(path: Path, name: str) -> Table:
    if path.is_dir():
        tables = [entry for entry in _names(path) if entry.lower().endswith((".csv", ".tsv", ".txt"))]
        within = f" of it, such as {', '.join(tables[:5])}" if tables else ""
        raise DataError(f"`{name}` is a directory; give a file{within}")
    if path.suffix.lower() in (".xlsx", ".xls", ".ods") and path.exists():
        raise DataError(f"`{name}` is a workbook; read its sheet first, as in pandas.read_excel({name!r})")
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        if _resorb.bundled(name) is None:
            raise DataError(_not_found(path, name)) from None
        return bundled(name)
    except OSError as error:
        reason = error.strerror or error
        raise DataError(f"`{name}` cannot be read: {reason}; check its permissions") from error
    return Table(name, content, hashlib.sha256(content).hexdigest(), False, False)


def bundled(name: str) -> Table:
    """A data set that comes with the package."""
    content = (_resorb.bundled(name) or "").encode()
    return Table(name, content, hashlib.sha256(content).hexdigest(), False, False)


def _not_found(path: Path, name: str) -> str:
    alone = path.parent == Path(".")
    own = _resorb.dataset_names() if alone else []
    near = _resorb.nearest(path.name, own + _names(path.parent))
    if near is None:
        return (
            f"there is no file or bundled data set `{name}`; check the path, or see the names with "
            "`resorb datasets`"
        )
    meant = near if alone else str(path.parent / near)
    return f"there is no file or bundled data set `{name}`; did you mean `{meant}`?"


def _names(folder: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in folder.iterdir())
    except OSError:
        return []


def _columns(data: Any) -> tuple[dict[str, list[Any]], str]:
    """Columns as lists, and what to call them."""
    kind = type(data).__name__
    module = type(data).__module__.partition(".")[0]
    if kind == "Series" and module in ("pandas", "polars"):
        raise DataError(f"a {module} Series is one column; give a DataFrame with a column of totals beside it")
    if module == "pandas" and kind == "DataFrame":
        return _pandas(data), "pandas DataFrame"
    if module == "polars" and kind in ("DataFrame", "LazyFrame"):
        return _polars(data), "polars DataFrame"
    if isinstance(data, Mapping):
        columns = _unique((str(name), _list(name, values)) for name, values in data.items())
        lengths = {name: len(values) for name, values in columns.items()}
        if len(set(lengths.values())) > 1:
            told = ", ".join(f"{name} {length}" for name, length in lengths.items())
            raise DataError(f"the columns differ in length: {told}; give each one value a row")
        return columns, "dict of columns"
    if hasattr(data, "__arrow_c_stream__"):
        return _arrow(data), "Arrow table"
    raise DataError(
        f"a {kind} is no table; give a path, the name of a bundled data set, a pandas or "
        "polars DataFrame, an Arrow table, or a dict of columns"
    )


def _pandas(data: Any) -> dict[str, list[Any]]:
    """The columns, before them the index where it has a name: it holds data then, often those of `study`."""
    columns = [(_head(name), data.iloc[:, i].tolist()) for i, name in enumerate(data.columns)]
    known = {name for name, _ in columns}
    levels = [(name, data.index.get_level_values(i).tolist()) for i, name in enumerate(data.index.names)]
    named = [(str(name), values) for name, values in levels if name is not None and str(name) not in known]
    return _unique([*named, *columns])


def _head(name: Any) -> str:
    """The name of a column; one that pandas made of several is their text with spaces between them."""
    return " ".join(str(part) for part in name if str(part)) if isinstance(name, tuple) else str(name)


def _polars(data: Any) -> dict[str, list[Any]]:
    if hasattr(data, "collect"):
        try:
            data = data.collect()
        except Exception as error:
            raise DataError(f"the LazyFrame cannot be collected: {error}") from error
    return {name: data[name].to_list() for name in data.columns}


def _unique(columns: Any) -> dict[str, list[Any]]:
    unique: dict[str, list[Any]] = {}
    for name, values in columns:
        if name in unique:
            raise DataError(f"there are two columns `{name}`; rename one of them")
        unique[name] = values
    return unique


def _list(name: Any, values: Any) -> list[Any]:
    if isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
        raise DataError(f"the column `{name}` is a single value; give a list with one value a row")
    # NumPy arrays, Arrow arrays and Series give Python's own numbers by one of these.
    for method in ("to_pylist", "tolist", "to_list"):
        if hasattr(values, method):
            return list(getattr(values, method)())
    return list(values)


def _arrow(data: Any) -> dict[str, list[Any]]:
    if hasattr(data, "to_pydict"):
        return dict(data.to_pydict())
    try:
        import pyarrow  # type: ignore[import-untyped]
    except ImportError:
        raise DataError("an Arrow stream needs pyarrow to be read; install it, or give a dict of columns") from None
    return dict(pyarrow.table(data).to_pydict())


def _text(columns: dict[str, list[Any]], name: str) -> Table:
    """The columns as CSV."""
    cells = [[_missing_to_none(value) for value in values] for values in columns.values()]
    cells = [_whole(values) for values in cells]
    out = io.StringIO()
    # Every text is quoted: no cell begins a comment and no comma ends it.
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow(list(columns))
    writer.writerows([_cell(value) for value in row] for row in zip(*cells))
    for name_of, values in columns.items():
        for line, value in enumerate(values, start=2):
            if isinstance(value, str) and not _is_text(value):
                raise DataError(
                    f"{name}: line {line}, column `{name_of}`, {value!r} holds characters that are no text; remove them"
                )
    sources = columns.get("source", [])
    simulated = bool(sources) and all(str(source).startswith(SIMULATED) for source in sources)
    return Table(name, out.getvalue().encode(), None, simulated, True)


def _is_text(value: str) -> bool:
    """Whether a text has neither halves of characters nor the character NUL."""
    return "\0" not in value and not any("\ud800" <= c <= "\udfff" for c in value)


def _missing_to_none(value: Any) -> Any:
    """None for every value that stands for none: NaN, NaT, pandas' NA."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, float) and math.isnan(value):
        return None
    return value.item() if type(value).__module__ == "numpy" and hasattr(value, "item") else value


def _whole(values: list[Any]) -> list[Any]:
    """Whole numbers where a missing value has made floating-point numbers of a column of them."""
    numbers = [value for value in values if isinstance(value, float)]
    if not numbers or not all(value.is_integer() for value in numbers):
        return values
    return [int(value) if isinstance(value, float) else value for value in values]


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float, str)):
        return value
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return str(value)


def rows(text: str) -> list[dict[str, Any]]:
    """The rows of a table that comes with the package, without the comments before them."""
    lines = text.splitlines()
    while lines and lines[0].startswith("#"):
        lines.pop(0)
    return [{name: number(cell) for name, cell in row.items()} for row in csv.DictReader(lines)]


def number(text: str) -> Any:
    """A cell as a number if it is one; None where it is empty."""
    if text == "":
        return None
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text
