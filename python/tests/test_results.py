"""Results as objects, frames, HTML and files."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys
import xml.dom.minidom
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas
import polars
import pytest
import resorb
import stubs


@pytest.fixture(scope="module")
def pooled() -> resorb.Result:
    return resorb.pool("ldh_resorption")


def test_attributes_keys_and_dicts_are_one(pooled: resorb.Result) -> None:
    document = pooled.to_dict()
    assert pooled.random.estimate == pooled["random"]["estimate"] == document["random"]["estimate"]
    assert pooled.studies[0].study == "Bush 1992"
    assert json.loads(pooled.to_json()) == document
    document["random"]["estimate"] = 0
    assert pooled.random.estimate > 0.5
    assert "random" in pooled and "randon" not in pooled and list(pooled) == list(document)
    assert "heterogeneity" in dir(pooled)


def test_what_is_not_there_is_named(pooled: resorb.Result) -> None:
    with pytest.raises(AttributeError, match="there is no `randon` here; did you mean `random`"):
        _ = pooled.randon
    with pytest.raises(AttributeError, match="does not change"):
        pooled.random.estimate = 1


def test_frames(pooled: resorb.Result) -> None:
    frame = pooled.to_frame()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame["study"]) == [study.study for study in pooled.studies]
    assert frame["events"].sum() == 926
    assert "heterogeneity_tau2" in pooled.to_frame("alternatives").columns
    assert len(pooled.studies.to_frame()) == 15
    with pytest.raises(ValueError, match="`heterogenity` is no list of records; there are .*studies"):
        pooled.to_frame("heterogenity")
    groups = resorb.subgroup().to_frame()
    assert list(groups["group"]) == [group.group for group in resorb.subgroup().groups]


def test_without_pandas_frames_are_of_polars(pooled: resorb.Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    frame = pooled.to_frame()
    assert isinstance(frame, polars.DataFrame) and frame["events"].sum() == 926
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(ImportError, match="needs pandas or polars"):
        pooled.to_frame()


class Balance(HTMLParser):
    """Whether every element is closed in its order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_notebooks_and_terminals_show_the_table(pooled: resorb.Result) -> None:
    text, html = str(pooled), pooled._repr_html_()
    assert "Random effects (median study)" in text and "64.6" in text
    assert "Random effects (median study)" in html and "64.6" in html and "[46.8, 79.2]" in html
    parser = Balance()
    parser.feed(html)
    assert parser.open == []
    assert "64.6" in pooled.to_markdown() and "\\toprule" in pooled.to_latex()
    assert pooled._repr_mimebundle_()["text/html"] == html
    assert repr(pooled).startswith("<resorb.Result of pool")
    assert "640" in str(resorb.pool("ldh_resorption", measure="PLO", scale="per-1000", digits=0))


def test_figures_are_saved(tmp_path: Path) -> None:
    figure = resorb.forest("ldh_resorption", font_embedding="none")
    path = tmp_path / "forest.svg"
    path.write_text("before")
    figure.save(path)
    assert path.read_text(encoding="utf-8") == figure.svg == figure._repr_svg_()
    assert [entry.name for entry in tmp_path.iterdir()] == ["forest.svg"]
    xml.dom.minidom.parseString(figure.svg)
    assert len(figure.to_frame()) > 15 and "Bush 1992" in figure.csv
    with pytest.raises(ValueError, match="use .svg"):
        figure.save(tmp_path / "forest.png")
    with pytest.raises(FileNotFoundError, match="make it first"):
        figure.save(tmp_path / "none" / "forest.svg")


def test_a_single_study() -> None:
    one = {"study": ["A"], "events": [5], "total": [20]}
    result = resorb.pool(one)
    assert result.random is None and result.common.estimate == 0.25
    assert resorb.forest(one).svg.startswith("<svg")


@pytest.mark.parametrize("module", [resorb, resorb.plot], ids=lambda module: module.__name__)
def test_examples_in_docstrings(module: Any) -> None:
    finder, runner = doctest.DocTestFinder(), doctest.DocTestRunner()
    run = 0
    for name in module.__all__:
        for example in finder.find(getattr(module, name), name, globs={"resorb": resorb}, module=False):
            runner.run(example)
            run += len(example.examples)
    assert runner.summarize().failed == 0 and run > 0


def test_stubs_are_those_of_the_functions() -> None:
    folder = Path(stubs.__file__).parent.parent / "resorb"
    for name, text in stubs.stubs().items():
        assert (folder / name).read_text(encoding="utf-8") == text, "run python tests/stubs.py"


def test_every_option_is_explained() -> None:
    for name in [*resorb.__all__, *resorb.plot.__all__]:
        of = getattr(resorb, name, None) or getattr(resorb.plot, name)
        if callable(of) and not isinstance(of, type):
            assert of.__doc__, name


def test_a_term_is_read_as_text() -> None:
    term = resorb.explain("i2")
    assert str(term).startswith("I²\n\n") and term.sentences[0] in str(term)
    assert "Formula: from τ²" in str(term) and "Source: Higgins" in str(term)


def test_paragraphs_come_with_their_references(program: str, tmp_path: Path) -> None:
    text = resorb.methods("ldh_resorption", small_studies=True)
    plain = " ".join(text.methods.plain.split())
    assert plain in " ".join(str(text).split()) and plain.endswith(".")
    for name, ours in (("refs.bib", text.to_bibtex()), ("refs.json", text.to_csl_json())):
        path = tmp_path / name
        command = [program, "methods", "ldh_resorption", "--small-studies", "--bibliography", str(path)]
        subprocess.run(command, capture_output=True, check=True)
        assert ours == path.read_text(encoding="utf-8")
