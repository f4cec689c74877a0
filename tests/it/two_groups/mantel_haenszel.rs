//! Mantel and Haenszel's estimates and tests against metafor, and what must hold for any data.

use proptest::prelude::*;
use resorb::{
    model::{
        RdVariance, breslow_day, cochran_mantel_haenszel, mantel_haenszel_rates, odds_ratio, peto,
        rate_difference, rate_ratio, risk_difference, risk_ratio,
    },
    study::{Counts, TwoGroups},
};

use super::{assert_close, assert_pooled, assert_tested, counted, metafor, tables, timed};

#[test]
fn counts_as_metafor() {
    let theirs = metafor();
    for file in ["bcg", "nielweise2007_two_group"] {
        let studies = counted(file);
        let at = |measure: &str| &theirs[format!("{file}/{measure}")];
        let pooled = odds_ratio(&studies).unwrap();
        assert_pooled(&pooled, at("OR"), file);
        assert_pooled(&risk_ratio(&studies).unwrap(), at("RR"), file);
        let difference = risk_difference(&studies, RdVariance::Sato).unwrap();
        assert_pooled(&difference, at("RD"), file);
        let homogeneity = breslow_day(&studies, pooled.yi).unwrap();
        assert_close(homogeneity.breslow_day.statistic, &at("OR")["breslow_day"], file);
        assert_close(homogeneity.tarone.statistic, &at("OR")["tarone"], file);
        assert_close(homogeneity.tarone.df, &at("OR")["df"], file);
        assert_tested(cochran_mantel_haenszel(&studies, true), &at("OR")["cmh_corrected"], file);
        assert_tested(cochran_mantel_haenszel(&studies, false), &at("OR")["cmh"], file);
    }
}

#[test]
fn person_time_as_metafor() {
    let theirs = metafor();
    let studies = timed("nielweise2008");
    let at = |measure: &str| &theirs[format!("nielweise2008/{measure}")];
    assert_pooled(&rate_ratio(&studies).unwrap(), at("IRR"), "IRR");
    assert_pooled(&rate_difference(&studies).unwrap(), at("IRD"), "IRD");
    assert_tested(mantel_haenszel_rates(&studies, true), &at("IRR")["cmh_corrected"], "corrected");
    assert_tested(mantel_haenszel_rates(&studies, false), &at("IRR")["cmh"], "plain");
}

/// Yucel 2004 has no event in either group: it is silent on ratios and speaks for a small difference.
#[test]
fn studies_without_events() {
    let studies = counted("nielweise2007_two_group");
    let difference = |studies: &[_]| risk_difference(studies, RdVariance::default()).unwrap();
    assert_eq!(odds_ratio(&studies).unwrap().dropped, [14]);
    assert_eq!(risk_ratio(&studies).unwrap().dropped, [14]);
    assert_eq!(peto(&studies).unwrap().pooled.dropped, [14]);
    assert!(difference(&studies).dropped.is_empty());
    let mut without = studies.clone();
    without.remove(14);
    assert_eq!(odds_ratio(&studies).unwrap().yi, odds_ratio(&without).unwrap().yi);
    assert!(difference(&without).yi < difference(&studies).yi);
}

/// Where nothing can be pooled there is no number: events in one group only, or nowhere.
#[test]
fn undefined() {
    let one_sided = tables(&[(3, 10, 0, 10), (2, 9, 0, 12)]);
    assert_eq!(odds_ratio(&one_sided), None);
    assert_eq!(risk_ratio(&one_sided), None);
    assert!(peto(&one_sided).is_some_and(|peto| peto.pooled.yi > 0.0));
    assert!(risk_difference(&one_sided, RdVariance::Sato).is_some_and(|rd| rd.yi > 0.0));
    let none = tables(&[(0, 10, 0, 10), (0, 9, 0, 12)]);
    assert_eq!(
        (peto(&none), odds_ratio(&none), cochran_mantel_haenszel(&none, true)),
        (None, None, None)
    );
    assert_eq!(breslow_day(&none, 0.0), None);
}

fn any_study() -> impl Strategy<Value = TwoGroups<Counts>> {
    let group = (1_u64..200).prop_flat_map(|n| (0..=n, Just(n)));
    (group.clone(), group).prop_map(|((x1, n1), (x2, n2))| TwoGroups {
        first: Counts::new(x1, n1).unwrap(),
        second: Counts::new(x2, n2).unwrap(),
    })
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + a.abs())
}

proptest! {
    /// Groups that change places flip the sign of every measure and change no standard error; events
    /// and non-events that do invert the odds ratio and negate the difference.
    #[test]
    fn mirrors(studies in prop::collection::vec(any_study(), 2..8)) {
        let swapped: Vec<_> = studies.iter().map(|study| study.swapped()).collect();
        let other = |c: Counts| Counts::new(c.total() - c.events(), c.total()).unwrap();
        let opposite: Vec<_> = studies
            .iter()
            .map(|g| TwoGroups { first: other(g.first), second: other(g.second) })
            .collect();
        type Pool = fn(&[TwoGroups<Counts>]) -> Option<(f64, f64)>;
        let or: Pool = |s| odds_ratio(s).map(|p| (p.yi, p.se));
        let rr: Pool = |s| risk_ratio(s).map(|p| (p.yi, p.se));
        let sato: Pool = |s| risk_difference(s, RdVariance::Sato).map(|p| (p.yi, p.se));
        let gr: Pool = |s| risk_difference(s, RdVariance::GreenlandRobins).map(|p| (p.yi, p.se));
        let one_step: Pool = |s| peto(s).map(|p| (p.pooled.yi, p.pooled.se));
        for (pool, inverts) in [(or, true), (rr, false), (sato, true), (gr, true), (one_step, true)] {
            let mut mirrors = vec![&swapped];
            mirrors.extend(inverts.then_some(&opposite));
            for mirror in mirrors {
                match (pool(&studies), pool(mirror)) {
                    (Some((yi, se)), Some((yi2, se2))) => {
                        prop_assert!(near(yi, -yi2) && near(se, se2), "{yi} {yi2} {se} {se2}");
                    }
                    (a, b) => prop_assert_eq!(a, b),
                }
            }
        }
        for continuity in [true, false] {
            let test = |s: &[_]| cochran_mantel_haenszel(s, continuity).map(|t| t.statistic);
            if let (Some(a), Some(b)) = (test(&studies), test(&swapped)) {
                prop_assert!(near(a, b));
            }
        }
    }

    /// One study pooled is itself.
    #[test]
    fn one_study(study in any_study()) {
        let (x, y) = (study.first, study.second);
        let empty = |c: Counts| c.events() == 0 || c.events() == c.total();
        prop_assume!(!empty(x) && !empty(y));
        let pooled = odds_ratio(&[study]).unwrap();
        let odds = |c: Counts| c.x() / (c.n() - c.x());
        let vi = |c: Counts| 1.0 / c.x() + 1.0 / (c.n() - c.x());
        prop_assert!(near(pooled.yi, (odds(x) / odds(y)).ln()));
        prop_assert!(near(pooled.se, (vi(x) + vi(y)).sqrt()));
    }
}
