"""Data of every kind come to the same studies, and bad data to the sentences of the command line."""

from __future__ import annotations

import subprocess
import warnings
from pathlib import Path
from typing import Any

import numpy
import pandas
import polars
import pyarrow
import pytest
import resorb

COLUMNS: dict[str, Any] = {
    "study": ["Bush 1992", "Komori 1996", "Ahn 2000"],
    "events": [64, 35, 25],
    "total": [84, 77, 36],
    "weight": [1.234, 2.5, 3.0],
}

FRAMES = {
    "dict of lists": lambda: COLUMNS,
    "dict of arrays": lambda: {name: numpy.array(values) for name, values in COLUMNS.items()},
    "dict of Arrow arrays": lambda: {name: pyarrow.array(values) for name, values in COLUMNS.items()},
    "dict of Series": lambda: {name: polars.Series(values) for name, values in COLUMNS.items()},
    "Arrow table": lambda: pyarrow.table(COLUMNS),
    "pandas": lambda: pandas.DataFrame(COLUMNS),
    "pandas with Arrow": lambda: pandas.DataFrame(COLUMNS).convert_dtypes(dtype_backend="pyarrow"),
    "pandas with categories": lambda: pandas.DataFrame(COLUMNS).astype({"study": "category"}),
    "polars": lambda: polars.DataFrame(COLUMNS),
    "polars, lazy": lambda: polars.LazyFrame(COLUMNS),
}


def without_source(result: resorb.Result) -> dict[str, Any]:
    document = result.to_dict()
    del document["input"]
    return document


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    path = tmp_path / "studies.csv"
    path.write_text("study,events,total,weight\nBush 1992,64,84,1.5\nKomori 1996,35,77,2.5\nAhn 2000,25,36,3\n")
    return path


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES.keys())
def test_every_kind_of_frame_is_the_same_table(frame: Any, csv: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = resorb.pool(frame())
        of_file = resorb.pool(csv)
    assert without_source(result) == without_source(of_file)
    assert (result.input.rows, result.input.sha256) == (3, None)


def test_numbers_of_a_frame_keep_their_decimal_point() -> None:
    frame = {**COLUMNS, "dose": [1.234, 2.345, 3.456]}
    assert resorb.check(frame).problems == []
    slope = resorb.regress({**frame, "study": list("abc")}, on="dose", measure="PLO").coefficients[1]
    thousand = {**frame, "dose": [1234, 2345, 3456], "study": list("abc")}
    per_thousand = resorb.regress(thousand, on="dose", measure="PLO").coefficients[1]
    assert slope.estimate == pytest.approx(1000 * per_thousand.estimate, rel=1e-9)


@pytest.mark.parametrize("missing", [None, float("nan"), numpy.nan, pandas.NA], ids=str)
def test_missing_values_are_missing(missing: Any) -> None:
    frame = {**COLUMNS, "events": [64, missing, 25]}
    with pytest.raises(resorb.DataError, match="line 3, column `events`, the value of `events` is missing"):
        resorb.pool(frame)
    result = resorb.pool(frame, missing="drop")
    assert (result.k, result.events) == (2, 89)


def test_counts_that_pandas_made_floats_are_counts() -> None:
    frame = pandas.DataFrame({**COLUMNS, "events": [64, None, 25]})
    assert frame["events"].dtype == float
    assert resorb.pool(frame, missing="drop").events == 89


def test_yes_and_no_leave_rows_out() -> None:
    frame = polars.DataFrame({**COLUMNS, "include": [True, False, True]})
    result = resorb.pool(frame)
    assert [row.reason for row in result.input.excluded] == ["by column include"]


def test_text_stays_text() -> None:
    names = ["# one", 'a "quoted", name', "<img src=x onerror=alert(1)>"]
    result = resorb.pool({**COLUMNS, "study": names})
    assert [study.study for study in result.studies] == names
    assert "<img" not in result._repr_html_() and "&lt;img" in result._repr_html_()
    assert "<img" not in resorb.forest({**COLUMNS, "study": names}).svg


FAULTS = Path(__file__).parent.parent.parent / "tests" / "cli" / "faults.csv"


def test_problems_of_a_table_are_those_of_the_command_line(cli: Any, at_root: None) -> None:
    with pytest.raises(resorb.DataError) as raised:
        resorb.pool("tests/cli/faults.csv")
    assert raised.value.problems == cli("check", "tests/cli/faults.csv")["problems"]
    message = str(raised.value)
    assert message.startswith("tests/cli/faults.csv: error: line 2, column `events`, 90 events exceed the total")
    assert message.endswith("3 errors")
    assert isinstance(raised.value, ValueError)


#: What the call says, and what is typed for the same.
SENTENCES: list[tuple[Any, list[str]]] = [
    (lambda: resorb.pool("ldh_resorbtion"), ["pool", "ldh_resorbtion"]),
    (lambda: resorb.pool("datasets"), ["pool", "datasets"]),
    (lambda: resorb.pool("datasets/ldh_predictor.csv"), ["pool", "datasets/ldh_predictor.csv"]),
    (lambda: resorb.pool("published_claims"), ["pool", "published_claims"]),
    (
        lambda: resorb.subgroup("ldh_resorption_by_type", by="herniation_type", order="bulge,slipped"),
        ["subgroup", "ldh_resorption_by_type", "--by", "herniation_type", "--order", "bulge,slipped"],
    ),
    (lambda: resorb.claim("1.2"), ["claim", "--claim-rate", "1.2"]),
    (lambda: resorb.explain("i3"), ["explain", "i3"]),
    (lambda: resorb.forest(sort="yaer"), ["plot", "forest", "ldh_resorption", "--sort", "yaer"]),
]


@pytest.mark.parametrize(("call", "arguments"), SENTENCES, ids=[" ".join(s[1][:3]) for s in SENTENCES])
def test_sentences_are_those_of_the_command_line(
    call: Any, arguments: list[str], program: str, at_root: None
) -> None:
    told = subprocess.run([program, *arguments], capture_output=True, text=True).stderr
    with pytest.raises(resorb.DataError) as raised:
        call()
    sentences = [line.strip() for line in str(raised.value).removeprefix("help: ").splitlines()]
    for sentence in sentences:
        assert sentence in told


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: resorb.pool(tau2="REMLX"), "`tau2`: there is no value `REMLX` here\nhelp: did you mean `REML`?"),
        (lambda: resorb.pool(level="many"), "`level`"),
        (lambda: resorb.gosh(budget=-1, data=COLUMNS), "integer `-1`, expected a whole number"),
        (lambda: resorb.pool(ci="kr", tau2="DL"), "interval `kr` goes with τ² by REML, not DL"),
        (lambda: resorb.pool(where="year >> 2000"), "`where`"),
        (lambda: resorb.pool([1, 2]), "a list is no table; give a path"),
        (lambda: resorb.pool({"study": ["a"], "events": [1, 2]}), "differ in length: study 1, events 2"),
        (lambda: resorb.pool({"study": "a", "events": [1]}), "`study` is a single value"),
        (lambda: resorb.pool(pandas.DataFrame([[1, 2]], columns=["n", "n"])), "two columns `n`"),
        (lambda: resorb.pool(COLUMNS, decimal="comma"), "`decimal` is for files"),
        (lambda: resorb.subgroup(COLUMNS), "no grouping column was named"),
        (lambda: resorb.regress(COLUMNS), "nothing to regress on"),
        (lambda: resorb.predictors(COLUMNS), "no column of predictors"),
        (lambda: resorb.claim(), "no claim to examine"),
        (lambda: resorb.forest(style="jame"), "`style` has no value `jame`\nhelp: did you mean `jama`?"),
        (lambda: resorb.forest(width=3), "a width is a number of mm"),
        (lambda: resorb.forest(limits=(20, 90)), "lie outside the rates from 0 to 1"),
        (lambda: resorb.forest(models=True, cumulative="year"), "two kinds of forest plot"),
        (lambda: resorb.load("ldh"), "no bundled data set `ldh`"),
        (lambda: resorb.pool({"study": ["a"], "events": [float("inf")], "total": [3]}), "events"),
    ],
)
def test_what_is_wrong_is_said(call: Any, message: str) -> None:
    with pytest.raises(resorb.DataError) as raised:
        call()
    assert message in str(raised.value)


#: What somebody might hand over, and a part of what is said.
HOSTILE: list[tuple[Any, str]] = [
    (lambda: resorb.pool({**COLUMNS, "events": [64, "many", 25]}), "line 3, column `events`, `many` is not a number"),
    (lambda: resorb.pool({**COLUMNS, "events": [True, False, True]}), "line 2, column `events`, `yes` is not a number"),
    (lambda: resorb.pool({**COLUMNS, "events": [64.5, 35, 25]}), "line 2, column `events`, `64.5` is not a whole number"),
    (lambda: resorb.pool({**COLUMNS, "events": [-1, 35, 25]}), "line 2, column `events`, `-1` is negative"),
    (lambda: resorb.pool({**COLUMNS, "events": [10**30, 35, 25]}), "line 2, column `events`"),
    (lambda: resorb.pool({**COLUMNS, "study": ["a", None, "c"]}), 'leave such rows out with `missing="drop"`'),
    (lambda: resorb.pool({**COLUMNS, "study": ["a\0", "b", "c"]}), "line 2, column `study`, 'a\\x00' holds characters"),
    (lambda: resorb.pool({**COLUMNS, "study": ["a", "b", "\ud800"]}), "line 4, column `study`"),
    (lambda: resorb.pool({"study": ["a"], "events": [1]}), 'name it with `total="COL"`'),
    (lambda: resorb.pool(COLUMNS, events="event"), "there is no column `event` for events; did you mean `events`?"),
    (lambda: resorb.pool(pandas.DataFrame()), "the file is empty"),
    (lambda: resorb.pool(pandas.DataFrame(COLUMNS)[:0]), "there is a header but no row below it"),
    (lambda: resorb.pool(pandas.DataFrame(COLUMNS)["events"]), "a pandas Series is one column"),
    (lambda: resorb.pool(polars.Series([1])), "a polars Series is one column"),
    (lambda: resorb.pool(polars.LazyFrame(COLUMNS).select("none")), "the LazyFrame cannot be collected"),
    (lambda: resorb.pool(numpy.zeros((3, 3))), "a ndarray is no table"),
    (lambda: resorb.pool(""), "the path of the data is empty"),
    (lambda: resorb.sensitivity(None), "a NoneType is no table"),
    (lambda: resorb.pool(COLUMNS, where=[None]), "`where` cannot be [None]"),
    (lambda: resorb.pool(COLUMNS, measure=3), "`measure`: expected text"),
    (lambda: resorb.pool(COLUMNS, level=float("nan")), "`level` cannot be nan"),
    (lambda: resorb.pool(COLUMNS, seed=1.5), "`seed`: floating point `1.5`, expected a whole number"),
    (lambda: resorb.pool(COLUMNS, digits=10**6), "`digits` is a whole number from 0 to 17"),
    (lambda: resorb.subgroup(COLUMNS, by=pandas.Series(["x", "y", "z"])), "`by` cannot be a Series"),
    (lambda: resorb.forest(COLUMNS, width="wide"), "`width` takes a number"),
    (lambda: resorb.simulate("a", 3, 3), "`sim_k` takes a whole number from 0"),
    (lambda: resorb.explain(""), "is no term"),
    (lambda: resorb.load(None), "a data set has a name"),
]


@pytest.mark.parametrize(("call", "message"), HOSTILE, ids=[message[:40] for _, message in HOSTILE])
def test_hostile_input_is_refused_with_what_to_do(call: Any, message: str) -> None:
    with pytest.raises(resorb.DataError) as raised:
        call()
    assert message in str(raised.value)


def test_numbers_of_numpy_are_numbers() -> None:
    arrays = {**COLUMNS, "events": [numpy.int64(64), numpy.uint8(35), numpy.int32(25)]}
    given = resorb.pool(arrays, level=numpy.float64(90), seed=numpy.int64(3), digits=numpy.int64(2))
    assert without_source(given) == without_source(resorb.pool(COLUMNS, level=90, seed=3))
    figure = resorb.forest(COLUMNS, limits=numpy.array([0.1, 0.9]), width=numpy.float32(100))
    assert figure.svg == resorb.forest(COLUMNS, limits=(0.1, 0.9), width=100).svg
    assert resorb.simulate(numpy.int64(5), numpy.int64(200), 0.6).csv == resorb.simulate(5, 200, 0.6).csv


def test_an_index_with_a_name_is_a_column() -> None:
    frame = pandas.DataFrame(COLUMNS)
    for indexed in (frame.set_index("study"), frame.set_index(["study", "weight"])):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert [study.study for study in resorb.pool(indexed).studies] == COLUMNS["study"]
    kept = frame[frame.total > 40]
    assert [study.study for study in resorb.pool(kept).studies] == ["Bush 1992", "Komori 1996"]


def test_a_workbook_is_for_pandas(tmp_path: Path) -> None:
    path = tmp_path / "studies.xlsx"
    path.write_bytes(b"PK")
    with pytest.raises(resorb.DataError, match="is a workbook; read its sheet first, as in pandas.read_excel"):
        resorb.pool(path)


@pytest.mark.parametrize(
    ("typed", "ours"),
    [
        ("leave such rows out with --missing drop", 'leave such rows out with `missing="drop"`'),
        ("name one with `--null`, such as `--null 0.5`", "name one with `null`, such as `null=0.5`"),
        ("or name it with --column ratio=COL", 'or name it with `column={"ratio": "COL"}`'),
        ("`resorb subgroup --by COL` tells", '`resorb.subgroup(by="COL")` tells'),
        ("write it with --format json", "write it with --format json"),
        ("say which with --kind two-proportions", 'say which with `kind="two-proportions"`'),
        ("whatever --ci says", "whatever `ci` says"),
        ('for instance --events "the cases"', 'for instance `events="the cases"`'),
        ("a -- b", "a -- b"),
    ],
)
def test_sentences_name_keyword_arguments(typed: str, ours: str) -> None:
    assert str(resorb.DataError(typed)) == ours


def test_unknown_options_are_refused_with_the_nearest() -> None:
    with pytest.raises(TypeError, match=r"pool\(\) has no option `measur`; did you mean `measure`\?"):
        resorb.pool(measur="PLO")


def test_simulated_data_stay_simulated(tmp_path: Path) -> None:
    made = resorb.simulate(10, 500, "60%", seed=1)
    made.save(tmp_path / "made.csv")
    with pytest.raises(FileExistsError):
        made.save(tmp_path / "made.csv")
    for data in (made, made.to_frame(), polars.DataFrame(made.to_frame().to_dict("list")), tmp_path / "made.csv"):
        assert resorb.pool(data).input.source.endswith("(simulated data, not real studies)")
        assert "simulated data, not real studies" in resorb.forest(data).svg
