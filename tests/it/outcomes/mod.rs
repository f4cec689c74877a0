//! Outcomes beyond single proportions: their effects, and what must hold of them.

mod colditz_1994;
mod conversions;
mod effects;
mod normand_1999;
mod properties;
mod raudenbush_1985;
mod reader;

use resorb::study::{Correlation, Counts, MeanSd, Outcomes, PersonTime, Studies, TwoGroups};

use crate::reference::column;

/// The raw columns of a reference data set as one kind of outcome, by what the set's measure takes.
pub(crate) fn raw(name: &str, of: &str) -> Studies {
    let number = |c: &str| -> Vec<f64> {
        column(name, c).iter().map(|cell| cell.parse().unwrap()).collect()
    };
    let whole = |c: &str| -> Vec<u64> {
        column(name, c).iter().map(|cell| cell.parse().unwrap()).collect()
    };
    let labels = column(name, "study");
    let all = 0..labels.len();
    let counts = |group: &str| -> Vec<Counts> {
        let (x, n) = (whole(&format!("events{group}")), whole(&format!("total{group}")));
        all.clone().map(|i| Counts::new(x[i], n[i]).unwrap()).collect()
    };
    let rates = |group: &str| -> Vec<PersonTime> {
        let (x, t) = (whole(&format!("events{group}")), number(&format!("time{group}")));
        all.clone().map(|i| PersonTime::new(x[i], t[i]).unwrap()).collect()
    };
    let means = |group: &str| -> Vec<MeanSd> {
        let (m, s) = (number(&format!("mean{group}")), number(&format!("sd{group}")));
        let n = whole(&format!("n{group}"));
        all.clone().map(|i| MeanSd::new(m[i], s[i], n[i]).unwrap()).collect()
    };
    fn pairs<T>(first: Vec<T>, second: Vec<T>) -> Vec<TwoGroups<T>> {
        first.into_iter().zip(second).map(|(first, second)| TwoGroups { first, second }).collect()
    }
    let outcomes = match of {
        "two counts" => Outcomes::TwoProportions(pairs(counts("1"), counts("2"))),
        "two rates" => Outcomes::TwoRates(pairs(rates("1"), rates("2"))),
        "rates" => Outcomes::Rates(rates("1")),
        "two means" => Outcomes::TwoMeans(pairs(means("1"), means("2"))),
        "means" => Outcomes::Means(means("1")),
        "correlations" => {
            let (r, n) = (number("r"), whole("n"));
            Outcomes::Correlations(
                all.clone().map(|i| Correlation::new(r[i], n[i]).unwrap()).collect(),
            )
        }
        other => panic!("{other} is no kind of outcome"),
    };
    Studies::new(labels.clone(), (2..).take(labels.len()).collect(), outcomes, vec![]).unwrap()
}
