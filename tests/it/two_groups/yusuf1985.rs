//! Yusuf, Peto, Lewis, Collins and Sleight 1985, Beta blockade during and after myocardial infarction:
//! six tables of trials.

use resorb::model::peto;

use super::{assert_close, assert_pooled, metafor, rows, tables};

const FILE: &str = "two_groups/yusuf1985";

fn table(name: &str) -> Vec<resorb::study::TwoGroups<resorb::study::Counts>> {
    let columns = rows(FILE, ["events1", "total1", "events2", "total2"]);
    let names = crate::reference::column(FILE, "table");
    let chosen = names.iter().zip(columns).filter(|(table, _)| *table == name);
    tables(&chosen.map(|(_, [a, b, c, d])| (a, b, c, d)).collect::<Vec<_>>())
}

/// Table 10, long-term trials: deaths fall by "about a quarter", odds ratio 0.77 (0.70 to 0.85).
#[test]
fn long_term_trials() {
    let pooled = peto(&table("10")).unwrap().pooled;
    let round = |yi: f64| format!("{:.2}", yi.exp());
    assert_eq!(round(pooled.yi), "0.77");
    assert_eq!(round(pooled.yi - 1.96 * pooled.se), "0.70");
    assert_eq!(round(pooled.yi + 1.96 * pooled.se), "0.85");
}

#[test]
fn all_tables_as_metafor() {
    let theirs = metafor();
    for name in ["6", "9", "10", "11", "12a", "12b"] {
        let theirs = &theirs[format!("yusuf/{name}")];
        let ours = peto(&table(name)).unwrap();
        assert_pooled(&ours.pooled, theirs, name);
        let heterogeneity = ours.heterogeneity.unwrap();
        assert_close(heterogeneity.statistic, &theirs["q"], name);
        assert_close(heterogeneity.df + 1.0, &theirs["k_yi"], name);
        let used = ours.studies.iter().flatten().count();
        assert_eq!(used as f64, heterogeneity.df + 1.0);
    }
}
