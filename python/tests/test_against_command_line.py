"""Every command gives the document of the command line, key by key and bit by bit."""

from __future__ import annotations

from typing import Any

import pytest
import resorb

LUMBAR = "ldh_resorption"
TYPES = "ldh_resorption_by_type"

CASES: list[tuple[str, Any, list[str]]] = [
    ("pool", lambda: resorb.pool(LUMBAR), ["pool", LUMBAR]),
    ("pool without data", lambda: resorb.pool(), ["pool"]),
    (
        "pool, two-step",
        lambda: resorb.pool(LUMBAR, measure="pft", tau2="dl", ci="HK", inversion="harmonic", level=90),
        ["pool", LUMBAR, *"--measure PFT --tau2 DL --ci hk --inversion harmonic --level 90".split()],
    ),
    (
        "pool, rows",
        lambda: resorb.pool(
            LUMBAR, where=["year >= 2000", "design in prospective|cohort|retrospective"], exclude_study="Lee 2017"
        ),
        [
            "pool", LUMBAR, "--where", "year >= 2000", "--where",
            "design in prospective|cohort|retrospective", "--exclude-study", "Lee 2017",
        ],
    ),
    (
        "pool, everything off",
        lambda: resorb.pool(LUMBAR, all_rows=True, no_alternatives=True, prediction="none", model="two-step"),
        ["pool", LUMBAR, *"--all-rows --no-alternatives --prediction none --model two-step".split()],
    ),
    (
        "pool, permutations",
        lambda: resorb.pool(LUMBAR, permutations=500, null=0.5, seed=3),
        ["pool", LUMBAR, *"--permutations 500 --null 0.5 --seed 3".split()],
    ),
    ("pool, preset", lambda: resorb.pool(LUMBAR, preset="metafor"), ["pool", LUMBAR, "--preset", "metafor"]),
    (
        "pool, two groups",
        lambda: resorb.pool("ldh_predictors", where="predictor = uncontained herniation", measure="rr"),
        ["pool", "ldh_predictors", "--where", "predictor = uncontained herniation", "--measure", "RR"],
    ),
    (
        "pool, Mantel-Haenszel",
        lambda: resorb.pool("ldh_predictors", where="predictor = uncontained herniation", model="mh"),
        ["pool", "ldh_predictors", "--where", "predictor = uncontained herniation", "--model", "mh"],
    ),
    ("pool, simulated", lambda: resorb.pool("xie2024_stand_in"), ["pool", "xie2024_stand_in"]),
    ("subgroup without data", lambda: resorb.subgroup(), ["subgroup"]),
    (
        "subgroup",
        lambda: resorb.subgroup(
            TYPES, by="herniation_type", order="bulge,protrusion", model="two-step", tau2_common=True
        ),
        ["subgroup", TYPES, *"--by herniation_type --order bulge,protrusion --model two-step --tau2-common".split()],
    ),
    (
        "subgroup, nested",
        lambda: resorb.subgroup(LUMBAR, by=["imaging", "definition_class"], tau2="DL"),
        ["subgroup", LUMBAR, *"--by imaging --by definition_class --tau2 DL".split()],
    ),
    (
        "regress",
        lambda: resorb.regress(
            TYPES, on="herniation_type + center(year)", pairs=True, at="herniation_type=bulge,year=2000"
        ),
        [
            "regress", TYPES, "--on", "herniation_type + center(year)", "--pairs", "--at",
            "herniation_type=bulge,year=2000",
        ],
    ),
    (
        "regress, robust",
        lambda: resorb.regress(TYPES, on="year", robust="cr2", reference={}),
        ["regress", TYPES, "--on", "year", "--robust=CR2"],
    ),
    (
        "regress, reference and permutations",
        lambda: resorb.regress(
            TYPES, on="herniation_type", reference={"herniation_type": "protrusion"}, permutations=200, seed=1
        ),
        [
            "regress", TYPES, "--on", "herniation_type", "--reference", "herniation_type=protrusion",
            "--permutations", "200", "--seed", "1",
        ],
    ),
    (
        "sensitivity",
        lambda: resorb.sensitivity(LUMBAR, cumulative="year", above=0.7),
        ["sensitivity", LUMBAR, "--cumulative", "year", "--above", "0.7"],
    ),
    (
        "sensitivity, bootstrap",
        lambda: resorb.sensitivity(
            LUMBAR, whole_studies=True, bootstrap="studies", resamples=100, seed=7, measure="PLO"
        ),
        [
            "sensitivity", LUMBAR,
            *"--whole-studies --bootstrap studies --resamples 100 --seed 7 --measure PLO".split(),
        ],
    ),
    ("bias", lambda: resorb.bias(LUMBAR), ["bias", LUMBAR]),
    (
        "bias with a null",
        lambda: resorb.bias(LUMBAR, null=0.5, cut_points=[0.025, 0.5], side="left", above=0.7),
        ["bias", LUMBAR, *"--null 0.5 --cut-points 0.025,0.5 --side left --above 0.7".split()],
    ),
    ("gosh", lambda: resorb.gosh(LUMBAR, tau2="DL"), ["gosh", LUMBAR, "--tau2", "DL"]),
    (
        "gosh, sample",
        lambda: resorb.gosh(LUMBAR, common_effect=True, budget=1000, sample=500, sampling="sizes", seed=2),
        ["gosh", LUMBAR, *"--common-effect --budget 1000 --sample 500 --sampling sizes --seed 2".split()],
    ),
    (
        "multiverse",
        lambda: resorb.multiverse(LUMBAR, holds="76.6%", families="crude,two-step", estimators=["reml", "dl"]),
        [
            "multiverse", LUMBAR, "--holds", "76.6%", "--families", "crude,two-step", "--estimators", "REML,DL",
        ],
    ),
    (
        "multiverse, rows",
        lambda: resorb.multiverse(
            LUMBAR, families="crude,common", vary_by="definition_class", vary_studies=True, rows=True, level=90
        ),
        [
            "multiverse", LUMBAR, *"--families crude,common --vary-by definition_class --vary-studies".split(),
            "--rows", "--level", "90",
        ],
    ),
    (
        "claim",
        lambda: resorb.claim("76.6%", claim_k=34, claim_total=2199, claim_events=1684, claim_max="96.2%"),
        [
            "claim", *"--claim-rate 76.6% --claim-k 34 --claim-total 2199 --claim-events 1684".split(),
            "--claim-max", "96.2%",
        ],
    ),
    (
        "claim against data",
        lambda: resorb.claim("0.63", claim_ci="0.49,0.77", against=LUMBAR, families="crude,glmm"),
        ["claim", *"--claim-rate 0.63 --claim-ci 0.49,0.77 --against".split(), LUMBAR, "--families", "crude,glmm"],
    ),
    (
        "claim of an effect",
        lambda: resorb.claim(
            claim_effect=2.5, claim_ci="1.2,5.1", against="ldh_predictors", where="predictor = uncontained herniation"
        ),
        [
            "claim", *"--claim-effect 2.5 --claim-ci 1.2,5.1 --against ldh_predictors".split(),
            "--where", "predictor = uncontained herniation",
        ],
    ),
    ("claims", lambda: resorb.claim(claims="published_claims"), ["claim", "--claims", "published_claims"]),
    (
        "predictors",
        lambda: resorb.predictors("ldh_predictors", by="predictor", baseline=0.35),
        ["predictors", "ldh_predictors", "--by", "predictor", "--baseline", "0.35"],
    ),
    ("methods", lambda: resorb.methods(LUMBAR), ["methods", LUMBAR]),
    (
        "methods, everything",
        lambda: resorb.methods(
            LUMBAR, by="imaging", on="year", single_studies=True, small_studies=True, measure="PLO"
        ),
        ["methods", LUMBAR, *"--by imaging --on year --single-studies --small-studies --measure PLO".split()],
    ),
    (
        "simulate, coverage",
        lambda: resorb.simulate(8, 400, "60%", sim_tau=1, coverage=20, seed=5),
        ["simulate", *"--sim-k 8 --sim-total 400 --sim-rate 60% --sim-tau 1 --coverage 20 --seed 5".split()],
    ),
    (
        "simulate, power",
        lambda: resorb.simulate(10, 500, "60%", sim_group=["a=1:40%", "b=1:80%"], power=20),
        [
            "simulate", *"--sim-k 10 --sim-total 500 --sim-rate 60% --power 20".split(),
            "--sim-group", "a=1:40%", "--sim-group", "b=1:80%",
        ],
    ),
    ("compare-tools", lambda: resorb.compare_tools(LUMBAR), ["compare-tools", LUMBAR]),
    ("check", lambda: resorb.check(LUMBAR), ["check", LUMBAR]),
    ("check, faults", lambda: resorb.check("tests/cli/faults.csv"), ["check", "tests/cli/faults.csv"]),
]


@pytest.mark.parametrize(("ours", "arguments"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
@pytest.mark.filterwarnings("ignore::resorb.DataWarning")
def test_documents_are_equal(ours: Any, arguments: list[str], cli: Any, at_root: None) -> None:
    assert ours().to_dict() == cli(*arguments)


def test_every_command_is_compared() -> None:
    compared = {arguments[0].replace("-", "_") for _, _, arguments in CASES}
    from resorb._options import COMMANDS

    # Reports have tests of their own.
    assert compared | {"report"} == {*COMMANDS, "simulate"}


def test_descriptions_are_equal(cli: Any) -> None:
    assert [one.to_dict() for one in resorb.datasets()] == cli("datasets", "list")["datasets"]
    term = cli("explain", "i2")
    assert resorb.explain("i2").to_dict() == {key: term[key] for key in resorb.explain("i2").keys()}


def test_simulated_table_is_equal(cli: Any, program: str) -> None:
    import subprocess

    given = "--sim-k 34 --sim-total 2199 --sim-rate 0.766 --sim-min 0.20 --sim-max 0.962 --seed 1"
    group = ["--sim-group", "bulge=1:20%", "--sim-group", "extrusion=3:80%"]
    told = subprocess.run([program, "simulate", *given.split(), *group], capture_output=True, text=True, check=True)
    made = resorb.simulate(
        34, 2199, 0.766, sim_min="0.20", sim_max=0.962, seed=1, sim_group=["bulge=1:20%", "extrusion=3:80%"]
    )
    assert made.csv == told.stdout


FIGURES: list[tuple[str, Any, list[str]]] = [
    ("forest", lambda: resorb.forest(LUMBAR), [LUMBAR]),
    (
        "forest",
        lambda: resorb.forest(
            TYPES, by="herniation_type", style="jama", width=114, sort="year", limits=(0, 1), axis="linear",
            title="By type", scale="proportion", font_embedding="none",
        ),
        [
            TYPES, *"--by herniation_type --style jama --width 114 --sort year --limits 0,1 --axis linear".split(),
            "--title", "By type", "--scale", "proportion", "--font-embedding", "none",
        ],
    ),
    ("forest", lambda: resorb.forest(cumulative="year"), [LUMBAR, "--cumulative", "year"]),
    ("forest", lambda: resorb.forest(leave_one_out=True), [LUMBAR, "--leave-one-out"]),
    ("forest", lambda: resorb.forest(models=True), [LUMBAR, "--models"]),
    ("funnel", lambda: resorb.funnel(LUMBAR), [LUMBAR]),
    (
        "funnel",
        lambda: resorb.funnel(LUMBAR, trim_and_fill="r0", measure="PLO"),
        [LUMBAR, "--trim-and-fill=R0", "--measure", "PLO"],
    ),
    ("orchard", lambda: resorb.orchard(TYPES, by="herniation_type"), [TYPES, "--by", "herniation_type"]),
    ("bubble", lambda: resorb.bubble(LUMBAR, on="year"), [LUMBAR, "--on", "year"]),
    ("radial", lambda: resorb.radial(LUMBAR), [LUMBAR]),
    ("drapery", lambda: resorb.drapery(LUMBAR), [LUMBAR]),
    ("profile", lambda: resorb.profile(LUMBAR), [LUMBAR]),
    ("qq", lambda: resorb.qq(LUMBAR), [LUMBAR]),
    (
        "labbe",
        lambda: resorb.labbe("ldh_predictors", where="predictor = uncontained herniation"),
        ["ldh_predictors", "--where", "predictor = uncontained herniation"],
    ),
    ("baujat", lambda: resorb.baujat(LUMBAR), [LUMBAR]),
    ("influence", lambda: resorb.influence(LUMBAR), [LUMBAR]),
    ("doi", lambda: resorb.doi(LUMBAR), [LUMBAR]),
    ("study-intervals", lambda: resorb.study_intervals(LUMBAR), [LUMBAR]),
    ("gosh", lambda: resorb.plot.gosh(LUMBAR, budget=1000, sample=500), [LUMBAR, *"--budget 1000 --sample 500".split()]),
    (
        "multiverse",
        lambda: resorb.plot.multiverse(LUMBAR, families="crude,common", holds="76.6%"),
        [LUMBAR, *"--families crude,common --holds 76.6%".split()],
    ),
]


@pytest.mark.parametrize(
    ("kind", "ours", "arguments"), FIGURES, ids=[f"{n}-{case[0]}" for n, case in enumerate(FIGURES)]
)
@pytest.mark.filterwarnings("ignore::resorb.DataWarning")
def test_figures_are_equal(kind: str, ours: Any, arguments: list[str], program: str) -> None:
    import subprocess

    done = subprocess.run([program, "plot", kind, *arguments], capture_output=True, check=True)
    assert ours().svg == done.stdout.decode()


def test_every_figure_is_compared() -> None:
    # Figures of what is no table of studies have tests of their own.
    compared = {case[0].replace("-", "_") for case in FIGURES}
    assert compared | {"rob", "prisma"} == set(resorb.plot.__all__)
