//! Tables of every kind of outcome, recognised by their columns; and what is wrong with a cell.

use resorb::{
    data::{Mapping, Missing, Problems, Stated, Table, check, read},
    study::{OutcomeKind, Outcomes, convert::Summary},
};

fn table(csv: &str) -> Table {
    read(csv.as_bytes(), &Mapping::default()).unwrap_or_else(|p| panic!("{csv}\n{p}"))
}

fn refused(csv: &str) -> String {
    let problems: Problems = read(csv.as_bytes(), &Mapping::default()).unwrap_err();
    problems.to_string()
}

#[track_caller]
fn says(csv: &str, parts: &[&str]) {
    let text = refused(csv);
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in:\n{text}");
    }
}

/// One row of each layout that the literature uses.
#[test]
fn kinds_are_known_by_their_columns() {
    use OutcomeKind::{
        Correlations, Generic, Means, Proportions, Rates, TwoMeans, TwoProportions, TwoRates,
    };
    for (header, row, kind, values) in [
        ("events,total", "4,123", Proportions, &[4.0, 123.0][..]),
        (
            "events1,total1,events2,total2",
            "4,123,11,139",
            TwoProportions,
            &[4.0, 123.0, 11.0, 139.0],
        ),
        ("ai,bi,ci,di", "4,119,11,128", TwoProportions, &[4.0, 123.0, 11.0, 139.0]),
        ("a,b,c,d", "4,119,11,128", TwoProportions, &[4.0, 123.0, 11.0, 139.0]),
        ("tp,fp,fn,tn", "4,119,11,128", TwoProportions, &[4.0, 123.0, 11.0, 139.0]),
        ("tpos,tneg,cpos,cneg", "4,119,11,128", TwoProportions, &[4.0, 123.0, 11.0, 139.0]),
        ("ai,n1i,ci,n2i", "4,123,11,139", TwoProportions, &[4.0, 123.0, 11.0, 139.0]),
        (
            "events_exposed,n_exposed,events_unexposed,n_unexposed",
            "64,84,4,22",
            TwoProportions,
            &[64.0, 84.0, 4.0, 22.0],
        ),
        ("event.e,n.e,event.c,n.c", "4,123,11,139", TwoProportions, &[4.0, 123.0, 11.0, 139.0]),
        ("events1,time1,events2,time2", "7,1344,11,1988", TwoRates, &[7.0, 1344.0, 11.0, 1988.0]),
        ("x1i,t1i,x2i,t2i", "7,1344,11,1988.5", TwoRates, &[7.0, 1344.0, 11.0, 1988.5]),
        ("events,person_years", "7,1344.5", Rates, &[7.0, 1344.5]),
        (
            "mean1,sd1,n1,mean2,sd2,n2",
            "55,47,155,75,64,156",
            TwoMeans,
            &[55.0, 47.0, 155.0, 75.0, 64.0, 156.0],
        ),
        ("m1i,sd1i,n1i,m2i,sd2i,n2i", "5,4,15,7,6,16", TwoMeans, &[5.0, 4.0, 15.0, 7.0, 6.0, 16.0]),
        ("mean,sd,n", "55,47,155", Means, &[55.0, 47.0, 155.0]),
        ("r,n", "0.187,109", Correlations, &[0.187, 109.0]),
        ("ri,ni", "-0.187,109", Correlations, &[-0.187, 109.0]),
        ("yi,vi", "0.03,0.0156", Generic, &[0.03, 0.0156]),
        ("yi,sei", "0.03,0.5", Generic, &[0.03, 0.25]),
    ] {
        let table = table(&format!("study,{header},year\nA,{row},1990\n"));
        assert_eq!(table.columns.kind, kind, "{header}");
        assert_eq!(table.studies.outcomes().values(0), values, "{header}");
        assert_eq!(table.columns.moderators, ["year"], "{header}");
    }
}

/// `--column` names what no convention does, and `--kind` settles what the columns leave open.
#[test]
fn columns_can_be_named() {
    let columns = [("events1", "dead_t"), ("total1", "t"), ("events2", "dead_c"), ("total2", "k")];
    let mapping = Mapping {
        columns: columns.map(|(a, b)| (a.to_owned(), b.to_owned())).to_vec(),
        ..Mapping::default()
    };
    let csv = "study,dead_t,t,dead_c,k\nA,4,123,11,139\n";
    let table = read(csv.as_bytes(), &mapping).unwrap();
    assert_eq!(table.studies.outcomes().values(0), [4.0, 123.0, 11.0, 139.0]);

    let both = "study,events1,total1,events2,total2,yi,vi\nA,4,123,11,139,-0.9,0.3\n";
    says(
        both,
        &["two groups; effects with variances", "--kind two-proportions, or --kind generic"],
    );
    let mapping = Mapping { kind: Some(OutcomeKind::Generic), ..Mapping::default() };
    let table = read(both.as_bytes(), &mapping).unwrap();
    assert_eq!(table.studies.outcomes().values(0), [-0.9, 0.3]);
    says("study,events1,total1,events2\nA,4,123,11\n", &["not complete", "total2"]);
}

/// The time beside events and a total is follow-up, and published ratios beside counts are moderators
/// only when the kind is said.
#[test]
fn a_time_beside_a_total_is_a_moderator() {
    let table = table("study,events,total,time\nA,4,123,2.5\n");
    assert_eq!(table.columns.kind, OutcomeKind::Proportions);
    assert_eq!(table.columns.moderators, ["time"]);
}

/// Ratios stand with their interval on the natural scale: the effect is the logarithm.
#[test]
fn ratios_with_intervals() {
    let table = table("study,hr,lower,upper\nA,0.5,0.25,1\n");
    assert_eq!(table.stated, Some(Stated::HazardRatio));
    let values = table.studies.outcomes().values(0);
    let se = 4f64.ln() / (2.0 * 1.959_963_984_540_054);
    assert!((values[0] - 0.5f64.ln()).abs() < 1e-15 && (values[1] - se * se).abs() < 1e-14);
    assert!(table.notes.to_string().contains("logarithms of ratios"));
}

/// Wan 2014, Luo 2018 and Shi 2020 by their formulas, done here by hand for n = 100; the values of Φ⁻¹ are
/// those of tables: Φ⁻¹(99.625/100.25) = 2.49859, Φ⁻¹(74.875/100.25) = 0.66471.
#[test]
fn means_from_other_numbers() {
    let close = |a: f64, b: f64, to: f64| assert!((a - b).abs() < to, "{a} {b}");
    let range = Summary::Range { min: 0.0, median: 4.0, max: 20.0 };
    close(range.sd(100.0), 20.0 / (2.0 * 2.498_59), 1e-5);
    let w = 4.0 / (4.0 + 31.622_776_6);
    close(range.mean(100.0), w * 10.0 + (1.0 - w) * 4.0, 1e-8);
    let quartiles = Summary::Quartiles { q1: 2.0, median: 4.0, q3: 8.0 };
    close(quartiles.sd(100.0), 6.0 / (2.0 * 0.664_71), 5e-5);
    close(quartiles.mean(100.0), 0.7039 * 5.0 + 0.2961 * 4.0, 1e-12);

    let csv = "study,mean,sd,se,median,q1,q3,n\nA,5,2,,,,,100\nB,5,,0.2,,,,100\nC,,,,4,2,8,100\n";
    let table = table(csv);
    let Outcomes::Means(means) = table.studies.outcomes() else { panic!("means") };
    let sds: Vec<f64> = means.iter().map(|m| m.sd()).collect();
    assert_eq!(sds[..2], [2.0, 2.0]);
    close(sds[2], quartiles.sd(100.0), 1e-15);
    close(means[2].mean(), quartiles.mean(100.0), 1e-15);
    let notes = table.notes.to_string();
    assert!(notes.contains("se × √n") && notes.contains("Luo 2018") && notes.contains("Wan 2014"));
}

#[test]
fn t_values_become_effects() {
    let two = table("study,t,n1,n2\nA,2.5,20,20\n");
    assert_eq!(two.stated, Some(Stated::StandardisedMeanDifference));
    let r = table("study,t,n\nA,2.5,27\n");
    // t/√(t² + n − 2) = 2.5/√31.25
    assert!((r.studies.outcomes().values(0)[0] - 2.5 / 31.25f64.sqrt()).abs() < 1e-15);
}

/// Every bad value is named with its line and column and what to do.
#[test]
fn bad_input() {
    let two = "study,mean1,sd1,n1,mean2,sd2,n2\n";
    says(&format!("{two}A,5,-4,15,7,6,16\n"), &["line 2", "`sd1`", "-4", "above 0"]);
    says(&format!("{two}A,5,4,1,7,6,16\n"), &["line 2", "`n1`", "at least two patients"]);
    says(&format!("{two}A,5,x,12,7,,16\n"), &["`sd1`", "`x` is not a number"]);
    says("study,r,n\nA,1.2,30\n", &["`r`", "1.2", "between -1 and 1"]);
    says("study,r,n\nA,0.2,3\n", &["`n`", "3 pairs"]);
    says(
        "study,events1,total1,events2,total2\nA,4,123,11,139\nB,20,12,1,30\n",
        &["line 3", "`events1`", "20 events exceed the total of 12"],
    );
    says("study,events1,time1,events2,time2\nA,4,0,11,139\n", &["`time1`", "above 0"]);
    says("study,yi,vi\nA,0.2,-1\n", &["`vi`", "vi finite and above 0"]);
    says("study,or,lower,upper\nA,3,0.5,2\n", &["`or`", "3 does not lie inside its interval"]);
    says(
        "study,or,lower,upper\nA,2,1,3\n",
        &["not in the middle", "no ratio or already a logarithm"],
    );
    says("study,yi,lower,upper\nA,2,1,4\n", &["not in the middle", "it is a ratio"]);
    says("study,median,q1,q3,n\nA,4,6,8,30\n", &["do not stand in order"]);
    // 1.96·0.5 = 0.98 is what the interval says; √0.5 is not.
    says(
        "study,yi,vi,lower,upper\nA,0,0.5,-0.98,0.98\nB,1,0.25,0.51,1.49\n",
        &["`vi`", "holds standard errors"],
    );
    says("study,yi,sei,lower,upper\nA,0,0.25,-0.98,0.98\n", &["`sei`", "holds variances"]);
}

#[test]
fn rows_with_missing_values_can_be_left_out() {
    let csv = "study,events1,total1,events2,total2\nA,4,123,11,139\nB,NA,12,1,30\n";
    says(csv, &["line 3", "the value of `events1` is missing"]);
    let mapping = Mapping { missing: Missing::Drop, ..Mapping::default() };
    let table = read(csv.as_bytes(), &mapping).unwrap();
    assert_eq!((table.used, table.excluded[0].row), (1, 3));
}

/// The bundled predictors: 2×2 tables by `*_exposed` and `*_unexposed`.
#[test]
fn predictors_of_resorption() {
    let csv = resorb::data::bundled::find("ldh_predictors").unwrap().csv;
    let found = check(csv.as_bytes(), &Mapping::default());
    let table = found.table.unwrap();
    assert_eq!(table.columns.kind, OutcomeKind::TwoProportions);
    assert_eq!(table.studies.outcomes().values(0), [64.0, 84.0, 4.0, 22.0]);
    assert!(table.columns.moderators.iter().any(|name| name == "predictor"));
}
