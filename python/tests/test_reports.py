"""Reports and analysis files: the bytes and the documents of the command line."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pandas
import pytest
import resorb

LUMBAR = "ldh_resorption"

STUDIES = """study,events,total,design
Bush 1992,64,84,prospective
Komori 1996,35,77,retrospective
Ahn 2000,25,36,retrospective
Cribb 2007,14,15,prospective
"""

PLAN = """data = "studies.csv"
[settings]
model = "two-step"
[pool]
[[subgroup]]
by = "design"
[bias]
[output]
scale = "proportion"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "studies.csv").write_text(STUDIES)
    (tmp_path / "analysis.toml").write_text(PLAN)
    return tmp_path


def written(program: str, folder: Path, extension: str, *arguments: str) -> str:
    path = folder / f"theirs.{extension}"
    command = [program, "report", *arguments, "-o", str(path)]
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    return path.read_text(encoding="utf-8")


def without_csv(page: str) -> str:
    """The page without single results as CSV, which the command line makes with polars."""
    return re.sub(r'<a class="file" download="[^"]*\.csv" href="[^"]*">[^<]*, CSV</a> ?', "", page)


@pytest.mark.parametrize(
    ("ours", "arguments"),
    [
        (lambda: resorb.report(LUMBAR), [LUMBAR]),
        (
            lambda: resorb.report(
                "studies.csv", by="design", model="two-step", measure="PFT", title="Four <studies>", scale="per-1000"
            ),
            [*"studies.csv --by design --model two-step --measure PFT --scale per-1000 --title".split(), "Four <studies>"],
        ),
        (lambda: resorb.report("analysis.toml"), ["analysis.toml"]),
    ],
    ids=["bundled", "options", "analysis file"],
)
def test_reports_are_equal(
    ours: Any, arguments: list[str], program: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    report = ours()
    for extension in ("html", "md", "tex"):
        report.save(f"ours.{extension}")
        text = Path(f"ours.{extension}").read_text(encoding="utf-8")
        assert text == without_csv(written(program, folder, extension, *arguments))


def test_a_report_of_a_frame_carries_its_data() -> None:
    frame = pandas.DataFrame({"study": ["<b>A</b>", "B"], "events": [3, 5], "total": [10, 12]})
    report = resorb.report(frame)
    assert 'download="data.csv"' in report.html and "<b>A</b>" not in report.html
    assert report.markdown.startswith("# ") and "\\section" in report.latex
    assert report._repr_html_().startswith("<iframe") and "<!doctype" not in report._repr_html_()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: resorb.report("analysis.toml", by="design"), "brings its own data, groups and settings"),
        (lambda: resorb.report("analysis.toml", tau2="DL"), "write `tau2` into `analysis.toml`"),
        (lambda: resorb.report("studies.csv", by="desing"), "no column `desing` that could make groups\nhelp: did you mean `design`?"),
        (lambda: resorb.report("none.toml"), "there is no file `none.toml`"),
        (lambda: resorb.run("none.toml"), "there is no file `none.toml`"),
        (lambda: resorb.report(LUMBAR).save("report.docx"), "use .html, .md or .tex"),
        (lambda: resorb.run("studies.csv"), "studies.csv"),
    ],
)
def test_what_is_wrong_is_said(
    call: Any, message: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    with pytest.raises(ValueError) as raised:
        call()
    assert message in str(raised.value)


def test_an_analysis_file_gives_the_documents_of_a_run(program: str, folder: Path) -> None:
    ours = resorb.run(folder / "analysis.toml")
    subprocess.run([program, "run", "analysis.toml"], check=True, capture_output=True, cwd=folder)
    theirs = {path.stem: json.loads(path.read_text()) for path in (folder / "results").glob("*.json")}
    documents = {result["command"]: result.to_dict() for result in ours}
    assert set(documents) == {"pool", "subgroup", "bias"}
    for document in theirs.values():
        if "command" in document:
            assert documents[document["command"]] == document
    assert ours.pool is not None and "0." in str(ours.pool).split("Random effects")[1]
    assert [group.group for group in ours.subgroups[0].groups] == ["prospective", "retrospective"]
    assert ours.gosh is None and ours.regressions == [] and len(ours) == 3


def test_an_analysis_file_that_names_no_data(folder: Path) -> None:
    plan = folder / "analysis.toml"
    plan.write_text(PLAN.replace("studies.csv", "gone.csv"))
    with pytest.raises(resorb.DataError, match="gone.csv`\nhelp: paths start from the folder"):
        resorb.run(plan)
    plan.write_text(PLAN.replace("[bias]", "[bais]"))
    with pytest.raises(resorb.DataError, match="analysis.toml, line 7, column 2: there is no key `bais` here"):
        resorb.run(plan)


JUDGED = {
    "study": ["Bush 1992", "Komori 1996"],
    "missing data": ["low", "some concerns"],
    "overall": ["low", "high"],
    "weight": [60, 40],
}

FLOW: dict[str, Any] = {
    "databases": {"PubMed": 60, "Embase": 40},
    "removed": 10,
    "screened": 90,
    "excluded": 70,
    "assessed": 20,
    "reports_excluded": {"Wrong population": 8},
    "studies": 12,
}


def test_judgements_and_flows_are_drawn_alike(program: str, tmp_path: Path) -> None:
    rob, flow = tmp_path / "rob.csv", tmp_path / "flow.csv"
    rob.write_text(pandas.DataFrame(JUDGED).to_csv(index=False))
    rows = [
        (step, name, n)
        for step, counts in FLOW.items()
        for name, n in (counts.items() if isinstance(counts, dict) else [("", counts)])
    ]
    table = pandas.DataFrame(rows, columns=["step", "name", "n"])
    flow.write_text(table.to_csv(index=False))

    def theirs(*arguments: str) -> str:
        return subprocess.run([program, "plot", *arguments], check=True, capture_output=True).stdout.decode()

    lights = theirs("rob", str(rob), "--weight", "weight", "--part", "bars")
    assert resorb.rob(JUDGED, weight="weight", part="bars").svg == lights
    drawn = theirs("prisma", str(flow), "--style", "mono")
    for given in (FLOW, table, flow):
        assert resorb.prisma(given, style="mono").svg == drawn
    assert resorb.prisma(FLOW).to_frame()["n"].sum() > 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: resorb.rob({**JUDGED, "overall": ["low", "bad"]}, rob="overall"), "line 3"),
        (lambda: resorb.rob(JUDGED, rob="overal"), "there is no column `overal`"),
        (lambda: resorb.rob(JUDGED, rob_tool="rob3"), "`rob_tool` has no value `rob3`\nhelp: did you mean `rob2`?"),
        (lambda: resorb.prisma({**FLOW, "screened": 80}), "dict of steps: "),
        (lambda: resorb.prisma({**FLOW, "screend": 90}), "screend"),
        (lambda: resorb.prisma({**FLOW, "screened": "many"}), "no count of"),
        (lambda: resorb.prisma({"a": [1], "step": [2]}), "step"),
        (lambda: resorb.forest(LUMBAR, rob_tool="jbi"), "name them in `rob`"),
        (lambda: resorb.forest(LUMBAR, rob="design"), "is no judgement of this tool"),
    ],
)
def test_what_is_wrong_with_judgements_is_said(call: Any, message: str) -> None:
    with pytest.raises(resorb.DataError) as raised:
        call()
    assert message in str(raised.value)
