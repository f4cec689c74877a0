//! Small-study effects: what published and plain arithmetic say, and what bad input gets.

use proptest::{prelude::*, test_runner::RngSeed};
use resorb::{
    analysis::small_study::{
        Asymmetry, BiasOptions, Direction, FailSafeMethod, Funnel, SelectionKind, Side,
        SmallStudyError, TestKind, TrimAndFill, TrimEstimator, all_tests, begg, bias, bias_test,
        copas, copas_at, doi, excess_significance, fail_safe_n, limit, pet, selection,
        trim_and_fill,
    },
    effect::Measure,
    model::{Model, Settings, Tau2Method, TwoStep, TwoStepCi},
    study::Studies,
};

use crate::reference::json;

fn by(tau2: Tau2Method) -> Settings {
    let model = Model::TwoStep(TwoStep { tau2, ..TwoStep::default() });
    Settings { model, ..Settings::default() }
}

fn set(name: &str) -> Studies {
    let csv = std::fs::read(crate::reference::folder().join(format!("{name}.csv"))).unwrap();
    resorb::data::read(&csv, &resorb::data::Mapping::default()).unwrap().studies
}

fn generic(rows: &[(f64, f64)]) -> Funnel {
    let rows = rows.iter().enumerate().map(|(i, &(y, v))| (format!("study {i}"), y, v));
    Funnel::new(&Studies::from_effects(rows).unwrap(), &Settings::two_step()).unwrap()
}

/// `tests/reference/extra/small_study.py`: `SciPy` from 36 starts.
#[test]
fn copas_agrees() {
    let values = json("extra/small_study.json");
    for name in ["pritz1997", "debruin2009"] {
        let funnel = Funnel::new(&set(name), &Settings::two_step()).unwrap();
        for theirs in values[name]["copas"].as_array().unwrap() {
            let [gamma0, gamma1, yi, tau2, ll] =
                ["gamma0", "gamma1", "yi", "tau2", "ll"].map(|key| theirs[key].as_f64().unwrap());
            let ours = copas_at(&funnel, gamma0, gamma1).unwrap();
            assert!(ours.log_likelihood > ll - 1e-8, "{name}: {ours:?} {theirs}");
            assert!((ours.yi - yi).abs() < 1e-4, "{name}: {ours:?} {theirs}");
            assert!((ours.tau2 - tau2).abs() < 1e-4, "{name}: {ours:?} {theirs}");
        }
        // Without selection the model is the usual one by ML.
        let ml = resorb::model::pool(&set(name), &by(Tau2Method::Ml)).unwrap();
        let path = copas(&funnel).unwrap().path;
        assert!((path[0].yi - ml.random.unwrap().pooled.yi.unwrap()).abs() < 1e-6);
    }
}

/// `tests/reference/extra/copas_line.py`: the line of Carpenter et al. 2009 in `NumPy` and `SciPy`, with
/// contours walked differently, another parametrisation and profile likelihoods for standard errors.
#[test]
fn copas_follows_the_published_line() {
    let values = json("extra/copas_line.json");
    for (name, theirs) in values.as_object().unwrap() {
        let effects =
            &json(&format!("{name}.json"))["effects"][theirs["measure"].as_str().unwrap()];
        let column = |key: &str| {
            let column = effects[key].as_array().unwrap().iter();
            column.map(|v| v.as_f64().unwrap()).collect::<Vec<_>>()
        };
        let rows: Vec<_> = column("yi").into_iter().zip(column("vi")).collect();
        let ours = copas(&generic(&rows)).unwrap();
        let path = theirs["path"].as_array().unwrap();
        assert_eq!(ours.path.len(), path.len(), "{name}");
        for (ours, theirs) in ours.path.iter().zip(path) {
            let number = |key: &str| theirs[key].as_f64().unwrap();
            let close = |ours: f64, key: &str, tolerance: f64| {
                let theirs = number(key);
                let scale = theirs.abs().max(0.1);
                assert!((ours - theirs).abs() < tolerance * scale, "{name} {key}: {ours} {theirs}");
            };
            close(ours.gamma0, "gamma0", 1e-4);
            close(ours.gamma1, "gamma1", 1e-4);
            close(ours.yi, "yi", 1e-4);
            close(ours.p_value, "p", 1e-4);
            close(ours.se.unwrap(), "se", 1e-3);
            // Refitted at their place, which the average of the contours moves a little.
            let here = copas_at(&generic(&rows), number("gamma0"), number("gamma1")).unwrap();
            assert!(here.log_likelihood > number("ll") - 1e-9, "{name}: {here:?} {theirs}");
        }
        // No strength of these is enough for nielweise2007_treated.
        let enough = path.iter().position(|point| point["p"].as_f64().unwrap() > 0.1);
        let adjusted = ours.adjusted.map(|a| ours.path.iter().position(|p| *p == a).unwrap());
        assert_eq!(adjusted, enough, "{name}");
        assert_eq!(enough.is_none(), name == "nielweise2007_treated");
    }
}

/// The likelihood of these rates has two maxima, both at τ² = 0: `SciPy` finds -8.1385 at ρ = -.9937 from 62
/// of 96 starts and -8.1475 at the limit of ρ from the others.
#[test]
fn copas_finds_the_higher_of_two_maxima() {
    let effects = &json("nielweise2008.json")["effects"]["IRR"];
    let column = |key: &str| effects[key].as_array().unwrap().clone().into_iter();
    let rows: Vec<_> = column("yi")
        .zip(column("vi"))
        .map(|(y, v)| (y.as_f64().unwrap(), v.as_f64().unwrap()))
        .collect();
    let point = copas_at(&generic(&rows), 0.284_659_201_9, 0.440_274_491_2).unwrap();
    assert!((point.rho + 0.9937).abs() < 1e-3 && point.tau2 == 0.0, "{point:?}");
    assert!((point.log_likelihood + 8.1385).abs() < 1e-3);
}

/// τ² at 0 and ρ at its limit: no standard error, and a sentence that says so.
#[test]
fn copas_without_an_interval_says_why() {
    let answer = bias(&set("raudenbush1985"), &Settings::two_step(), &BiasOptions::default());
    let answer = answer.unwrap();
    let adjusted = answer.copas.unwrap().adjusted.unwrap();
    assert_eq!((adjusted.tau2, adjusted.se, adjusted.ci_lower), (0.0, None, None));
    assert!(answer.notes.iter().any(|note| note.starts_with("Copas model: where both τ²")));
}

/// Where selection changes nothing there is no line to follow, only the model without selection.
#[test]
fn copas_of_equal_effects() {
    let equal = generic(&[(0.1, 0.01), (0.1, 0.02), (0.1, 0.5), (0.1, 0.001)]);
    let found = copas(&equal).unwrap();
    assert_eq!(found.path.len(), 1);
    assert!((found.adjusted.unwrap().yi - 0.1).abs() < 1e-12);
}

/// metafor's `fsn` prints 272, 14 and 162 for Pritz 1997.
#[test]
fn fail_safe_numbers() {
    let values = json("extra/small_study.json");
    for name in ["pritz1997", "debruin2009"] {
        let funnel = Funnel::new(&set(name), &Settings::two_step()).unwrap();
        for (method, key) in [
            (FailSafeMethod::Rosenthal, "rosenthal"),
            (FailSafeMethod::Orwin, "orwin"),
            (FailSafeMethod::Rosenberg, "rosenberg"),
        ] {
            let n = fail_safe_n(&funnel, method, Some(0.5), None).unwrap().n;
            assert_eq!(Some(n), values[name]["fail_safe"][key].as_f64(), "{name} {key}");
        }
    }
    assert_eq!(values["pritz1997"]["fail_safe"]["rosenberg"], 162);
}

/// Furuya-Kanamori et al. 2018, the pain data: major asymmetry.
#[test]
fn doi_plot_of_its_authors() {
    let funnel =
        generic(&[(-4.27, 0.158), (-1.71, 0.076), (-0.58, 0.018), (-0.19, 0.022), (0.0, 0.040)]);
    let doi = doi(&funnel).unwrap();
    assert_eq!(doi.asymmetry, Asymmetry::Major);
    assert!(doi.index < -2.0);
    assert!(doi.points.windows(2).all(|pair| pair[0].yi <= pair[1].yi && pair[0].z < pair[1].z));
}

/// A funnel that lost three studies on its left. R0 counts the run of extremes on the right less one;
/// what is filled in are mirror images around one centre.
#[test]
fn trim_and_fill_restores_a_funnel() {
    let full: Vec<(f64, f64)> = [(0.5, 0.01), (0.45, 0.02), (0.55, 0.02), (0.3, 0.06), (0.7, 0.06)]
        .into_iter()
        .chain([(0.15, 0.1), (0.85, 0.1), (0.05, 0.15), (0.95, 0.15), (1.2, 0.25), (-0.2, 0.25)])
        .collect();
    let kept: Vec<_> = full.iter().copied().filter(|(y, _)| *y > 0.25).collect();
    for common in [false, true] {
        let filled = trim_and_fill(&generic(&kept), TrimEstimator::R0, None, common).unwrap();
        assert_eq!((filled.side, filled.k0, filled.fit.k), (Side::Left, 2, 10));
        let [first, second] = filled.filled.as_slice() else { panic!("two are filled in") };
        // The mirrors of 0.95 and 1.2, the two most extreme.
        assert!((first.yi - second.yi - 0.25).abs() < 1e-12);
        let centre = 0.5 * (first.yi + 0.95);
        assert!((0.4..0.6).contains(&centre), "{centre}");
        let without = filled.fit.studies.studies().k() - filled.k0;
        assert_eq!(without, kept.len());
    }
    // The mirrored funnel misses its right, and L0 agrees with its own mirror image.
    let turned: Vec<_> = kept.iter().map(|(y, v)| (-y, *v)).collect();
    let [left, right] = [&kept, &turned]
        .map(|rows| trim_and_fill(&generic(rows), TrimEstimator::L0, None, false).unwrap());
    assert_eq!((left.side, right.side, left.k0), (Side::Left, Side::Right, right.k0));
    let mean = |filled: &TrimAndFill| filled.fit.random.unwrap().pooled.estimate;
    assert!((mean(&left) + mean(&right)).abs() < 1e-12);
}

#[test]
fn too_few_and_too_equal() {
    let two = generic(&[(0.1, 0.1), (0.4, 0.2)]);
    let message = |error: SmallStudyError| error.to_string();
    assert_eq!(
        message(pet(&two).unwrap_err()),
        "a regression test of funnel asymmetry needs at least 3 studies; this table has 2"
    );
    assert!(message(copas(&two).unwrap_err()).contains("at least 4 studies"));
    assert!(message(begg(&two, false).unwrap_err()).contains("at least 3 studies"));
    assert!(message(doi(&two).unwrap_err()).contains("at least 3 studies"));
    let equal = generic(&[(0.1, 0.1), (0.4, 0.1), (0.2, 0.1), (0.6, 0.1)]);
    assert!(message(limit(&equal).unwrap_err()).contains("same standard error"));
    assert!(message(copas(&equal).unwrap_err()).contains("same standard error"));
    assert!(message(bias_test(&equal, TestKind::Size).unwrap_err()).contains("studies' sizes"));
    // Equal precision leaves no side to detect, and nothing to fill.
    assert_eq!(trim_and_fill(&equal, TrimEstimator::L0, None, false).unwrap().side, Side::Left);
}

/// Every study just significant: the steeper the half-normal weight, the better, without end. The fit says
/// that it stopped at the largest parameter it looks at.
#[test]
fn a_selection_without_end_is_named() {
    let rows = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6].map(|se| (2.4 * se, se * se));
    let found = selection(&generic(&rows), SelectionKind::HalfNormal, None, Direction::Greater);
    let found = found.unwrap();
    assert!(found.boundary && found.delta == [100.0], "{found:?}");
    assert!(found.note.unwrap().contains("reached 100, the largest that is looked at"));
}

#[test]
fn null_values_and_cut_points() {
    let funnel = Funnel::new(&set("pritz1997"), &Settings::two_step()).unwrap();
    for error in [
        excess_significance(&funnel, None).unwrap_err(),
        fail_safe_n(&funnel, FailSafeMethod::Rosenthal, None, None).unwrap_err(),
        selection(&funnel, SelectionKind::Beta, None, Direction::Greater).unwrap_err(),
    ] {
        assert!(error.to_string().contains("a single proportion has none; name one with `--null`"));
    }
    assert!(
        excess_significance(&funnel, Some(1.0))
            .unwrap_err()
            .to_string()
            .contains("null value of 1")
    );
    for cuts in [vec![0.0], vec![1.0], vec![0.5, 0.1], vec![f64::NAN], vec![]] {
        let error = selection(&funnel, SelectionKind::Step(cuts), Some(0.5), Direction::Greater);
        let message = error.unwrap_err().to_string();
        assert!(message.contains("cut point"), "{message}");
    }
    let target = fail_safe_n(&funnel, FailSafeMethod::Orwin, Some(0.5), Some(9.0)).unwrap_err();
    assert!(target.to_string().contains("closer to the null value"));
}

/// Studies of several sizes, of which the first `empty` have no events, and what `bias` says of them.
fn with_empty_cells(empty: u64) -> resorb::analysis::small_study::Bias {
    let rows = (0..12).map(|i| {
        let n = 20 + 15 * i;
        (format!("study {i}"), if i < empty { 0 } else { n / 4 + i % 3 }, n)
    });
    let studies = Studies::from_counts(rows).unwrap();
    bias(&studies, &Settings::two_step(), &BiasOptions::default()).unwrap()
}

/// Corrected effects of studies without events are functions of their sizes: a third of them is said,
/// and a table of nothing else is not tested for what its correction makes.
#[test]
fn empty_cells() {
    let says = |empty| {
        let notes = with_empty_cells(empty).notes;
        notes.into_iter().find(|note| note.contains("of 12 studies have no events"))
    };
    assert_eq!(says(3), None);
    assert!(says(4).unwrap().starts_with("4 of 12 studies"));
    let all = with_empty_cells(12);
    assert!(
        all.tests.is_empty() && all.pet.is_none() && all.peese.is_none() && all.limit.is_none()
    );
    assert!(all.fit.random.is_some() && all.trim_and_fill.is_empty());
    assert!(says(12).unwrap().contains("are left out"));
    assert!(!all.notes.iter().any(|note| note.contains("keep to their error rate")));
}

/// What needs no spread of sizes is still answered for two studies and for equal ones.
#[test]
fn two_studies_and_equal_studies() {
    for (rows, why) in
        [(vec![(3, 10), (9, 40)], "at least 3 studies"), (vec![(3, 10); 5], "same s")]
    {
        let rows = rows.into_iter().enumerate().map(|(i, (x, n))| (format!("study {i}"), x, n));
        let studies = Studies::from_counts(rows).unwrap();
        for null in [None, Some(0.5)] {
            let options = BiasOptions { null, ..BiasOptions::default() };
            let answer = bias(&studies, &Settings::two_step(), &options).unwrap();
            assert!(answer.pet.is_none() && answer.fit.random.is_some());
            assert!(answer.notes.iter().any(|note| note.contains(why)), "{:?}", answer.notes);
        }
    }
}

/// Every test says that eight studies are few, and which tests suit proportions.
#[test]
fn notes_of_the_tests() {
    let few = Studies::from_counts((1..=8).map(|i| (format!("study {i}"), 3 * i, 10 * i + i % 3)))
        .unwrap();
    let tests = all_tests(&Funnel::new(&few, &Settings::two_step()).unwrap()).unwrap();
    // Those of one group.
    assert_eq!(tests.len(), TestKind::ALL.len() - 5);
    for test in tests {
        let note = test.note.unwrap();
        assert!(note.starts_with("8 studies: below 10"));
        assert_eq!(test.suits, !note.contains("prefer a test by size"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    /// A selection model never has a lower likelihood than the model inside it, and turning the effects
    /// round turns its answer round.
    #[test]
    fn selection_is_at_least_no_selection(
        rows in prop::collection::vec((-1.0..1.0_f64, 0.01..0.4_f64), 6..10)
    ) {
        let kind = || SelectionKind::Step(vec![0.025]);
        let up = selection(&generic(&rows), kind(), None, Direction::Greater).unwrap();
        let turned: Vec<_> = rows.iter().map(|(y, v)| (-y, *v)).collect();
        let down = selection(&generic(&turned), kind(), None, Direction::Less).unwrap();
        prop_assert!(up.lrt >= 0.0);
        prop_assert!((up.yi + down.yi).abs() < 1e-9);
        prop_assert_eq!(up.log_likelihood, down.log_likelihood);
    }

    /// The exact rank test does not depend on the order of the rows.
    #[test]
    fn order_of_rows(rows in prop::collection::vec((-1.0..1.0_f64, 0.01..0.4_f64), 4..12)) {
        let reversed: Vec<_> = rows.iter().rev().copied().collect();
        let (a, b) = (begg(&generic(&rows), false).unwrap(), begg(&generic(&reversed), false).unwrap());
        prop_assert!((a.statistic.unwrap() - b.statistic.unwrap()).abs() < 1e-12);
        prop_assert!((a.p_value.unwrap() - b.p_value.unwrap()).abs() < 1e-12);
        let (a, b) = (doi(&generic(&rows)).unwrap(), doi(&generic(&reversed)).unwrap());
        prop_assert!((a.index - b.index).abs() < 1e-9);
    }
}

/// Equal rates leave only rounding between the effects: no slope, side or rank may be made of it.
#[test]
fn equal_rates_have_no_asymmetry() {
    let rows = [(3, 10), (6, 20), (9, 30), (12, 40), (15, 50), (30, 100)];
    let studies = Studies::from_counts(
        rows.iter().enumerate().map(|(i, &(x, n))| (format!("study {i}"), x, n)),
    )
    .unwrap();
    for measure in Measure::PROPORTIONS {
        // The double arcsine depends on the size as well as on the rate.
        if measure == Measure::Pft {
            continue;
        }
        let model = Model::TwoStep(TwoStep { measure, ..TwoStep::default() });
        let answer =
            bias(&studies, &Settings { model, ..Settings::default() }, &BiasOptions::default())
                .unwrap();
        assert!(answer.tests.is_empty() && answer.trim_and_fill.is_empty(), "{measure:?}");
        assert!(answer.notes.iter().any(|note| note.contains("the same effect")), "{measure:?}");
        let hk = TwoStep { measure, ci: TwoStepCi::Hk, ..TwoStep::default() };
        let settings = Settings { model: Model::TwoStep(hk), ..Settings::default() };
        let random = resorb::model::pool(&studies, &settings).unwrap().random.unwrap();
        assert_eq!((random.hk_scale, random.pooled.p_value), (Some(0.0), None), "{measure:?}");
    }
}
