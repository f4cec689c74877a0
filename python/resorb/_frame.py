"""Lists of records as data frames of whichever library is installed."""

from __future__ import annotations

from typing import Any


def frame(records: list[dict[str, Any]]) -> Any:
    """A pandas DataFrame, or a polars one where pandas is not installed."""
    rows = [_flat(record) for record in records]
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {name: [row.get(name) for row in rows] for name in names}
    try:
        import pandas
    except ImportError:
        pass
    else:
        return pandas.DataFrame(columns)
    try:
        import polars
    except ImportError:
        raise ImportError(
            "a data frame needs pandas or polars; install one of them, or use to_dict()"
        ) from None
    return polars.DataFrame(columns, strict=False)


def _flat(record: dict[str, Any], before: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, dict):
            flat.update(_flat(value, f"{before}{name}_"))
        elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
            # A list of records, such as the studies of a group, is a table of its own.
            continue
        else:
            flat[before + name] = value
    return flat
