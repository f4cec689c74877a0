//! What arithmetic says about published rates: the bundled claims, and intervals made on purpose.

use proptest::prelude::*;
use resorb::{
    analysis::{
        BinomialInterval, CheckName, Claim, ClaimError, Examined, Printed, Stated, WidthKind,
        arithmetic, examine,
    },
    data,
    effect::Measure,
    model::Level,
};

fn rate(text: &str) -> Printed {
    Printed::rate(text).unwrap()
}

/// The bundled claims with their labels, in the order of the file.
fn published() -> Vec<Examined> {
    let csv = data::bundled::find("published_claims").unwrap().csv;
    let number = |text: Option<String>| text.map(|text| text.parse().unwrap());
    data::claims(csv.as_bytes())
        .unwrap()
        .into_iter()
        .map(|row| {
            let limits = row.ci_lower.zip(row.ci_upper);
            examine(
                Claim::new(Stated {
                    label: Some(row.label),
                    ci: limits.map(|(lower, upper)| [rate(&lower), rate(&upper)]),
                    k: number(row.k),
                    total: number(row.total),
                    events: number(row.events),
                    ..Stated::new(rate(&row.rate.unwrap()))
                })
                .unwrap(),
            )
        })
        .collect()
}

#[test]
fn the_published_claims() {
    let crude: Vec<(String, Option<bool>)> = published()
        .into_iter()
        .map(|found| (found.claim.stated().label.clone().unwrap(), found.arithmetic.crude_sum))
        .collect();
    let told = |label: &str| crude.iter().find(|(name, _)| name == label).unwrap().1;
    assert_eq!(crude.len(), 14);
    assert_eq!(told("Xie 2024, overall"), Some(true));
    for group in ["sequestration", "extrusion", "protrusion", "bulge"] {
        assert_eq!(told(&format!("Chiu 2015, {group}")), Some(true), "{group}");
    }
    // 1425/2219 is 64.2 %, and the interval is seven times as wide as that of one sample.
    assert_eq!(told("Wang 2020, overall"), Some(false));
    // 1740/2880 rounds to .60, and the interval does not fit.
    assert_eq!(told("Dai 2020, overall"), Some(false));
    for group in ["quantitative measurement", "qualitative measurement"] {
        assert_ne!(told(&format!("Dai 2020, {group}")), Some(true), "{group}");
    }
    // 1572/2233 is .70399, 1571/2233 .70354: no count gives .7039.
    assert_eq!(told("Zou 2023, overall"), Some(false));
}

fn holds(found: &Examined, name: CheckName) -> Option<bool> {
    found.arithmetic.checks.iter().find(|check| check.name == name).unwrap().holds
}

/// 1740/2880 = .604 rounds to .60: the sum alone does not make a crude rate.
#[test]
fn dai_is_a_rounding_of_the_sum_and_no_crude_sum() {
    let all = published();
    let dai = all.iter().find(|c| c.claim.stated().label.as_deref() == Some("Dai 2020, overall"));
    let dai = dai.unwrap();
    assert_eq!(holds(dai, CheckName::Rounding), Some(true));
    assert_eq!(holds(dai, CheckName::BetweenStudyVariance), Some(true));
    assert_eq!(holds(dai, CheckName::BinomialInterval), Some(false));
    let spread = dai.arithmetic.interval.as_ref().unwrap();
    // Wilson's interval of 1740/2880 is [.586, .622]: .26 is 7.3 times as wide.
    let ratio = spread.ratio.unwrap();
    assert!(ratio[0] < 7.2 && ratio[1] > 7.2, "{ratio:?}");
    // Symmetric on the logit (.591 to .602 by rounding), not on the raw scale (.585 to .595 touches).
    assert!(spread.symmetric_on.contains(&Measure::Plo));
    assert!(dai.verdict.iter().all(|sentence| !sentence.contains("did")));
}

/// Wang: .63 lies in the middle of .49 and .77 on the raw scale, where a logit interval has .642.
#[test]
fn an_interval_hints_at_its_scale() {
    let all = published();
    let wang = all.iter().find(|c| c.claim.stated().label.as_deref() == Some("Wang 2020, overall"));
    let spread = wang.unwrap().arithmetic.interval.as_ref().unwrap();
    assert!(spread.symmetric_on.contains(&Measure::Pr));
    assert!(!spread.symmetric_on.contains(&Measure::Plo));
    // se = (logit .77 − logit .49)/3.92 = .31843, τ² = 38·se² − 38/(2219·.63·.37) = 3.780.
    let implied = spread.implied.unwrap();
    assert!((implied.tau2 - 3.780).abs() < 0.003, "{implied:?}");
    assert!(implied.i2 > 97.0 && implied.lower < 0.05 && implied.upper > 0.97);
}

#[test]
fn contradictions_are_refused() {
    let base = Stated::new(rate("0.766"));
    let claim = |stated: Stated| Claim::new(stated).unwrap_err();
    let ci = Some([rate("0.8"), rate("0.7")]);
    assert!(matches!(claim(Stated { ci, ..base.clone() }), ClaimError::LimitsSwapped { .. }));
    let (events, total) = (Some(12), Some(10));
    assert!(matches!(
        claim(Stated { events, total, ..base.clone() }),
        ClaimError::EventsAboveTotal { .. }
    ));
    let (k, total) = (Some(12), Some(10));
    assert!(matches!(
        claim(Stated { k, total, ..base.clone() }),
        ClaimError::StudiesAboveTotal { .. }
    ));
    let largest = Some(rate("0.7"));
    assert!(matches!(claim(Stated { largest, ..base.clone() }), ClaimError::OutsideStudies { .. }));
    assert!(matches!(claim(Stated { k: Some(0), ..base }), ClaimError::None { .. }));
}

fn with_interval(events: u64, total: u64, interval: BinomialInterval, decimals: usize) -> Stated {
    let print = |p: f64| rate(&format!("{p:.decimals$}"));
    let (lower, upper) = interval.limits(events, total, Level::default()).unwrap();
    Stated {
        ci: Some([print(lower), print(upper)]),
        total: Some(total),
        events: Some(events),
        ..Stated::new(print(events as f64 / total as f64))
    }
}

proptest! {
    #![proptest_config(crate::cases::cases(48))]

    /// A binomial interval printed with some digits is found under its name, and the rate with it
    /// comes out as a crude sum.
    #[test]
    fn a_hidden_binomial_interval_is_found(
        (events, total) in (20_u64..3000).prop_flat_map(|n| (1..n, Just(n))),
        which in 0_usize..9,
        decimals in 3_usize..5,
    ) {
        let interval = BinomialInterval::ALL[which];
        let found = arithmetic(&Claim::new(with_interval(events, total, interval, decimals)).unwrap());
        prop_assert!(found.binomial_intervals.iter().any(|hidden| hidden.interval == interval));
        // Far out the nine intervals differ more from one another than the slack.
        let share = events as f64 / total as f64;
        if events.min(total - events) > 20 && (0.02..0.98).contains(&share) {
            prop_assert_eq!(found.crude_sum, Some(true));
            prop_assert_eq!(found.interval.unwrap().width, Some(WidthKind::Binomial));
        }
    }

    /// No printed numbers make it panic or write NaN.
    #[test]
    fn any_numbers_have_sentences(
        p in 0_u32..=1000,
        limits in proptest::option::of((0_u32..=1000, 0_u32..=1000)),
        k in proptest::option::of(0_u64..200),
        total in proptest::option::of(0_u64..5000),
        events in proptest::option::of(0_u64..5000),
    ) {
        let print = |thousandths: u32| rate(&format!("{:.3}", f64::from(thousandths) / 1000.0));
        let ci = limits.map(|(a, b)| [print(a), print(b)]);
        let stated = Stated { ci, k, total, events, ..Stated::new(print(p)) };
        if let Ok(claim) = Claim::new(stated) {
            let found = examine(claim);
            for check in &found.arithmetic.checks {
                prop_assert!(!check.sentence.contains("NaN") && !check.sentence.contains("inf"), "{}", check.sentence);
            }
            prop_assert!(!found.verdict.is_empty());
        }
    }
}
