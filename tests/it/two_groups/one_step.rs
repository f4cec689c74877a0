//! The one-step models against scipy (`tests/reference/two_groups/one_step.py`) and metafor 3.8-1, and
//! what must hold for any data.

use proptest::prelude::*;
use resorb::{
    model::{Level, NoFit, OneStepFit, TwoGroupKind},
    study::{Counts, PersonTime, TwoGroups},
};
use serde_json::Value;

use super::{counted, rates, tables, timed};

use TwoGroupKind::{CmAl, CmEl, UmFs, UmRs};

fn assert_near(ours: f64, theirs: &Value, name: &str) {
    let theirs = theirs.as_f64().unwrap();
    assert!((ours - theirs).abs() < 2e-7 * theirs.abs(), "{name}: {ours} for {theirs}");
}

fn assert_fit(ours: &OneStepFit, theirs: &Value, name: &str) {
    assert_near(ours.mu(), &theirs["yi"], name);
    assert_near(ours.se(), &theirs["se"], name);
    assert_near(ours.tau2(), &theirs["tau2"], name);
    assert_near(ours.tau2_se().unwrap(), &theirs["tau2_se"], name);
    assert_near(ours.log_likelihood(), &theirs["log_likelihood"], name);
    assert!(ours.converged());
    assert_eq!(ours.sigma2().is_some(), theirs.get("sigma2").is_some());
    if let Some(sigma2) = ours.sigma2() {
        assert_near(sigma2, &theirs["sigma2"], name);
    }
}

#[test]
fn all_models_as_scipy() {
    let theirs = crate::reference::json("two_groups/one_step.json");
    for file in ["bcg", "nielweise2007_two_group"] {
        for (kind, name) in [(CmEl, "CM.EL"), (CmAl, "CM.AL"), (UmFs, "UM.FS"), (UmRs, "UM.RS")] {
            let fit = OneStepFit::counts(&counted(file), kind).unwrap();
            assert_fit(&fit, &theirs[file][name], &format!("{file} {name}"));
        }
    }
    let studies = timed("nielweise2008");
    let theirs = &theirs["nielweise2008"];
    for (kind, name) in [(CmEl, "CM.EL"), (UmFs, "UM.FS"), (UmRs, "UM.RS")] {
        assert_fit(&OneStepFit::rates(&studies, kind).unwrap(), &theirs[name], name);
    }
    let group = |of: fn(&TwoGroups<PersonTime>) -> PersonTime| -> Vec<PersonTime> {
        studies.iter().map(of).collect()
    };
    assert_fit(&OneStepFit::single_rates(&group(|g| g.first)).unwrap(), &theirs["first"], "first");
    let second = OneStepFit::single_rates(&group(|g| g.second)).unwrap();
    assert_fit(&second, &theirs["second"], "second");
}

/// Where the random intercepts' variance starts near 0, at which every likelihood is flat in its logarithm,
/// and a coarse integral misplaces the maximum: the search once ended beside it.
#[test]
fn sparse_random_intercepts() {
    let studies = tables(&[(2, 10, 0, 14), (1, 5, 1, 11), (3, 16, 0, 20), (2, 14, 3, 3)]);
    let theirs = &crate::reference::json("two_groups/one_step.json")["sparse"]["UM.RS"];
    assert_fit(&OneStepFit::counts(&studies, UmRs).unwrap(), theirs, "sparse UM.RS");
}

/// Tests of heterogeneity that metafor 3.8-1 prints (`QE.LRT`, `QE.Wld`, seven digits or more). Its Wald
/// test of odds ratios has 16 degrees of freedom; ours counts the 12 studies that it is made of.
#[test]
fn heterogeneity_as_metafor() {
    let rates = timed("nielweise2008");
    let counts = counted("nielweise2007_two_group");
    let cases = [
        (OneStepFit::rates(&rates, CmEl), 11.601_774_40, 9.697_597_26, (8.0, 8.0)),
        (OneStepFit::rates(&rates, UmFs), 11.601_774_40, 9.697_597_26, (8.0, 8.0)),
        (OneStepFit::counts(&counts, CmAl), 27.391_730_73, 11.115_454_00, (16.0, 11.0)),
        (OneStepFit::counts(&counts, UmFs), 28.735_906_10, 11.938_254_90, (16.0, 11.0)),
    ];
    for (fit, lrt, wald, df) in cases {
        let fit = fit.unwrap();
        let (ours, theirs) = (fit.lrt().unwrap(), fit.wald().unwrap());
        assert!((ours.statistic - lrt).abs() < 1e-7 * lrt, "{}", ours.statistic);
        // Theirs comes from an iterated saturated model.
        assert!((theirs.statistic - wald).abs() < 1e-6 * wald, "{}", theirs.statistic);
        assert_eq!((ours.df, theirs.df), df);
    }
}

/// UM.RS against a ratio for each study, its intercepts random in both models: the likelihoods summed over
/// a fixed grid and maximised by a quasi-Newton method (`one_step.py`); R's lme4 1.1 gives 10.56095410 for
/// the rates by 25 nodes. metafor 3.8-1 prints 174.13, 28.43 and 13.14 (Laplace): its model with a ratio for
/// each study moves the first group alone, unlike the model that is tested, so that groups that change
/// places change the statistic.
#[test]
fn random_intercepts_against_a_ratio_for_each() {
    let rates = timed("nielweise2008");
    let cases = [
        (OneStepFit::counts(&counted("bcg"), UmRs), 178.152_962_126, 12.0),
        (OneStepFit::counts(&counted("nielweise2007_two_group"), UmRs), 31.520_755_55, 16.0),
        (OneStepFit::rates(&rates, UmRs), 10.560_954_10, 8.0),
    ];
    for (fit, statistic, df) in cases {
        let test = fit.unwrap().lrt().unwrap();
        assert!((test.statistic - statistic).abs() < 1e-7 * statistic, "{}", test.statistic);
        assert_eq!(test.df, df);
    }
    let swapped: Vec<_> = rates.iter().map(|study| study.swapped()).collect();
    let [ours, theirs] = [&rates, &swapped].map(|r| OneStepFit::rates(r, UmRs).unwrap().lrt());
    assert!((ours.unwrap().statistic - theirs.unwrap().statistic).abs() < 1e-7);
}

/// At a limit of the interval of τ² the profile has lost half a χ² quantile; the interval holds τ̂².
#[test]
fn profile_intervals() {
    for kind in [CmEl, UmFs, UmRs] {
        let fit = OneStepFit::counts(&counted("bcg"), kind).unwrap();
        let (lower, upper) = fit.tau2_interval(Level::default());
        assert!(lower < fit.tau2() && fit.tau2() < upper.unwrap(), "{kind:?}");
        let (lower, upper) = fit.mu_interval(Level::default());
        for limit in [lower.unwrap(), upper.unwrap()] {
            let lost = fit.log_likelihood() - fit.profile_mu(limit);
            assert!((lost - 1.920_729_410_347_062).abs() < 1e-6, "{kind:?}: {lost}");
        }
        assert!((fit.weights().iter().sum::<f64>() - 100.0).abs() < 1e-9);
    }
}

/// The study without an event (Yucel 2004, the fifteenth) drops out of every model.
#[test]
fn studies_without_events() {
    let studies = counted("nielweise2007_two_group");
    let mut without = studies.clone();
    without.remove(14);
    for kind in [CmEl, CmAl, UmFs, UmRs] {
        let fit = OneStepFit::counts(&studies, kind).unwrap();
        assert!(!fit.used().contains(&14));
        assert_eq!(fit.weights()[14], 0.0);
        let same = OneStepFit::counts(&without, kind).unwrap();
        assert_eq!((fit.mu(), fit.tau2()), (same.mu(), same.tau2()));
    }
}

#[test]
fn no_fit() {
    let fit = |rows: &[_], kind| OneStepFit::counts(&tables(rows), kind).unwrap_err();
    for kind in [CmEl, CmAl, UmFs, UmRs] {
        assert_eq!(fit(&[(0, 9, 0, 8), (0, 5, 0, 7)], kind), NoFit::NothingToCompare);
        assert_eq!(fit(&[(3, 9, 1, 8), (0, 5, 0, 7)], kind), NoFit::SingleStudy);
        assert_eq!(fit(&[(3, 9, 0, 8), (2, 5, 0, 7)], kind), NoFit::OneSided);
        assert_eq!(fit(&[(3, 9, 0, 8), (0, 5, 2, 7)], kind), NoFit::AllOrNothing);
    }
    let pairs = rates(&[(3, 9.0, 2, 8.0), (2, 5.0, 1, 7.0)]);
    assert_eq!(OneStepFit::rates(&pairs, CmAl).unwrap_err(), NoFit::NotForRates);
    let none = [PersonTime::new(0, 3.0).unwrap(), PersonTime::new(0, 4.0).unwrap()];
    assert_eq!(OneStepFit::single_rates(&none).unwrap_err(), NoFit::NoEvents);
}

/// Studies that agree: τ̂² is 0, and every model is its common-effect one.
#[test]
fn agreement() {
    let studies = tables(&[(10, 50, 20, 50), (20, 100, 40, 100), (5, 25, 10, 25)]);
    for kind in [CmEl, CmAl, UmFs, UmRs] {
        let fit = OneStepFit::counts(&studies, kind).unwrap();
        assert_eq!(fit.tau2(), 0.0);
        assert_eq!((fit.mu(), fit.se()), fit.common());
        assert_eq!(fit.tau2_test().p_value, 1.0);
    }
    // Without spread the unconditional model is logistic regression: the raw odds ratio.
    let fixed = OneStepFit::counts(&studies, UmFs).unwrap();
    assert!((fixed.mu() - (0.25_f64 / (2.0 / 3.0)).ln()).abs() < 1e-9, "{}", fixed.mu());
}

/// A hundred thousand patients a study, and a study of three.
#[test]
fn extreme_sizes() {
    let studies = tables(&[
        (40_000, 100_000, 60_000, 120_000),
        (1, 3, 2, 4),
        (3, 50_000, 9, 60_000),
        (900, 1_000, 980, 1_000),
    ]);
    for kind in [CmEl, CmAl, UmFs, UmRs] {
        let fit = OneStepFit::counts(&studies, kind).unwrap();
        assert!(fit.converged() && fit.tau2() > 0.0 && fit.se().is_finite(), "{kind:?}");
    }
}

fn any_studies() -> impl Strategy<Value = Vec<TwoGroups<Counts>>> {
    let group = (3_u64..60).prop_flat_map(|n| (1..n, Just(n)));
    let study = (group.clone(), group).prop_map(|((x1, n1), (x2, n2))| TwoGroups {
        first: Counts::new(x1, n1).unwrap(),
        second: Counts::new(x2, n2).unwrap(),
    });
    prop::collection::vec(study, 2..6)
}

proptest! {
    #![proptest_config(crate::cases::cases(24))]

    /// Empty cells anywhere: a fit is finite and settled, or says why there is none.
    #[test]
    fn sparse(rows in prop::collection::vec((0_u64..4, 3_u64..30, 0_u64..4, 3_u64..30), 2..7)) {
        let studies = tables(&rows.iter().map(|&(x1, n1, x2, n2)| (x1.min(n1), n1, x2.min(n2), n2)).collect::<Vec<_>>());
        for kind in TwoGroupKind::ALL {
            match OneStepFit::counts(&studies, kind) {
                Ok(fit) => {
                    prop_assert!(fit.mu().is_finite() && fit.se() > 0.0 && fit.se().is_finite(), "{kind:?}");
                    prop_assert!(fit.converged(), "{kind:?} {} {}", fit.mu(), fit.tau2());
                    prop_assert!(fit.log_likelihood() >= fit.log_likelihood_common());
                    let (lower, upper) = fit.tau2_interval(Level::default());
                    prop_assert!(lower <= fit.tau2() && upper.is_none_or(|upper| fit.tau2() <= upper));
                }
                Err(NoFit::Search(error)) => prop_assert!(false, "{kind:?}: {error}"),
                Err(_) => {}
            }
        }
    }

    /// Groups that change places, and events that do with non-events, invert the odds ratio and change
    /// nothing else.
    #[test]
    fn mirrors(studies in any_studies()) {
        let other = |c: Counts| Counts::new(c.total() - c.events(), c.total()).unwrap();
        let swapped: Vec<_> = studies.iter().map(|study| study.swapped()).collect();
        let opposite: Vec<_> = studies
            .iter()
            .map(|g| TwoGroups { first: other(g.first), second: other(g.second) })
            .collect();
        for kind in [CmEl, UmFs, UmRs] {
            let fit = OneStepFit::counts(&studies, kind).unwrap();
            for mirror in [&swapped, &opposite] {
                let mirror = OneStepFit::counts(mirror, kind).unwrap();
                let near = |a: f64, b: f64| (a - b).abs() < 1e-5 * (1.0 + a.abs());
                prop_assert!(near(fit.mu(), -mirror.mu()), "{kind:?} {} {}", fit.mu(), mirror.mu());
                prop_assert!(near(fit.tau2(), mirror.tau2()), "{kind:?} {} {}", fit.tau2(), mirror.tau2());
                prop_assert!(near(fit.se(), mirror.se()), "{kind:?} {} {}", fit.se(), mirror.se());
                prop_assert!((fit.log_likelihood() - mirror.log_likelihood()).abs() < 1e-7);
            }
        }
    }
}
