//! Effects from t and p values, and effects of several measures taken to one scale.

use resorb::{
    data::{ConvertTo, Mapping, Problems, Stated, Table, read},
    study::{
        Assumption,
        EffectScale::{self, Correlation, FishersZ, LogOddsRatio, Smd},
        OutcomeKind,
    },
};

fn table(csv: &str) -> Table {
    read(csv.as_bytes(), &Mapping::default()).unwrap_or_else(|p| panic!("{csv}\n{p}"))
}

fn to(csv: &str, target: ConvertTo) -> Result<Table, Problems> {
    read(csv.as_bytes(), &Mapping { convert_to: Some(target), ..Mapping::default() })
}

#[track_caller]
fn says(result: Result<Table, Problems>, parts: &[&str]) {
    let text = result.unwrap_err().to_string();
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in:\n{text}");
    }
}

fn close(a: f64, b: f64, to: f64) {
    assert!((a - b).abs() < to, "{a} for {b}");
}

/// A p value of two groups of 30: t(58) = 2.0017175 at p = 0.05, so that d = t√(2/30) = 0.5168412,
/// and g = d·J with J = Γ(29)/(√29·Γ(28.5)) = 0.9870036.
#[test]
fn p_values_of_two_groups_are_hedges_g() {
    let csv = "study,p_value,n1,n2,direction\nA,0.05,30,30,+\nB,0.05,30,30,-\nC,1,30,30,+\n\
               D,0.05,30,30,negative\n";
    let table = table(csv);
    assert_eq!(table.stated, Some(Stated::StandardisedMeanDifference));
    let effect = |i| table.studies.outcomes().values(i);
    let g = 0.516_841_2 * 0.987_003_6;
    close(effect(0)[0], g, 1e-6);
    close(effect(1)[0], -g, 1e-6);
    close(effect(3)[0], -g, 1e-6);
    close(effect(2)[0], 0.0, 1e-12);
    close(effect(0)[1], 2.0 / 30.0 + g * g / 120.0, 1e-7);
    let notes = table.notes.to_string();
    assert!(notes.contains("Hedges' g from p values") && notes.contains("two-sided"), "{notes}");
    // The same by t values; rows may give either.
    let t = "study,t,p_value,n1,n2\nA,2.0017175,,30,30\nB,,-0.05,30,30\n";
    let mixed = self::table(t);
    close(mixed.studies.outcomes().values(0)[0], g, 1e-6);
    close(mixed.studies.outcomes().values(1)[0], -g, 1e-6);
}

/// t(98) = 1.9844675 at p = 0.05, so that r = t/√(t² + 98) = 0.1965512.
#[test]
fn p_values_of_pairs_are_correlations() {
    let table = table("study,p_value,n\nA,0.05,100\nB,-0.05,100\n");
    assert_eq!(table.columns.kind, OutcomeKind::Correlations);
    close(table.studies.outcomes().values(0)[0], 0.196_551_2, 1e-6);
    close(table.studies.outcomes().values(1)[0], -0.196_551_2, 1e-6);
    assert!(table.notes.to_string().contains("correlations from p values"));
    // A correlation that is given is taken as it is.
    let given = self::table("study,r,p_value,n\nA,0.3,<0.01,100\n");
    close(given.studies.outcomes().values(0)[0], 0.3, 1e-15);
}

/// p values stand beside all kinds of results and change none of them.
#[test]
fn p_values_beside_results_are_no_outcome() {
    for (header, row, kind) in [
        ("events1,total1,events2,total2", "4,123,11,139", OutcomeKind::TwoProportions),
        ("mean1,sd1,n1,mean2,sd2,n2", "5,4,15,7,6,16", OutcomeKind::TwoMeans),
        ("events,total", "4,123", OutcomeKind::Proportions),
        ("yi,vi,n", "0.3,0.1,100", OutcomeKind::Generic),
    ] {
        let table = table(&format!("study,{header},p_value\nA,{row},0.04\n"));
        assert_eq!(table.columns.kind, kind, "{header}");
    }
}

#[test]
fn impossible_p_values_and_directions_are_refused() {
    let read = |csv: &str| read(csv.as_bytes(), &Mapping::default());
    says(read("study,p_value,n\nA,0.05,100\nB,0.2,90\n"), &["direction", "minus"]);
    says(read("study,p_value,n\nA,0,100\n"), &["0 is no two-sided p value"]);
    says(read("study,p_value,n,direction\nA,1.2,100,+\n"), &["1.2 is no two-sided p value"]);
    says(read("study,p_value,n,direction\nA,0.2,100,left\n"), &["`left` is no direction"]);
    says(read("study,p_value,n,direction\nA,0.2,100,\n"), &["direction"]);
    says(read("study,p_value,n\nA,-0.05,2\n"), &["line 2", "`n`"]);
    says(read("study,p_value,n\nA,<0.001,50\n"), &["<0.001"]);
}

/// Borenstein et al. 2009, chapter 7: ln OR 0.9069 (v 0.0676) is d 0.5000 (0.0205); with 100 patients a
/// group that is r 0.2425 (0.0037 by their rounded steps, 0.00427 by their formula).
#[test]
fn effects_of_several_measures_go_to_one_scale() {
    let csv = "study,measure,yi,vi,n1,n2\nA,OR,0.9069,0.0676,100,100\nB,SMD,0.5,0.0205,100,100\n\
               C,ZCOR,0.2474,0.0048,100,100\nD,COR,0.2425,0.00427,100,100\n";
    for (target, value) in [
        (ConvertTo::Smd, 0.5),
        (ConvertTo::OddsRatio, 0.9069),
        (ConvertTo::FishersZ, 0.2425_f64.atanh()),
    ] {
        let table = to(csv, target).unwrap();
        for i in 0..4 {
            close(table.studies.outcomes().values(i)[0], value, 4e-4);
        }
        let notes = table.notes.to_string();
        assert!(notes.contains("Chinn 2000") && notes.contains("Borenstein 2009"), "{notes}");
    }
    assert_eq!(to(csv, ConvertTo::FishersZ).unwrap().stated, Some(Stated::FishersZ));
    // Without group sizes they are taken to be equal.
    let alone = "study,measure,yi,vi\nA,SMD,0.5,0.0205\n";
    let table = to(alone, ConvertTo::FishersZ).unwrap();
    close(table.studies.outcomes().values(0)[0].tanh(), 0.2425, 5e-5);
}

/// An odds ratio with its limits stands on the natural scale, a correlation may come with its pairs,
/// and other layouts say by their columns what they are.
#[test]
fn each_row_is_read_as_its_measure_is_printed() {
    let csv = "study,measure,yi,lower,upper,n\nA,or,2,1,4,\nB,r,0.3,,,50\nC,smd,0.4,0.1,0.7,\n";
    let table = to(csv, ConvertTo::Smd).unwrap();
    let effect = |i| table.studies.outcomes().values(i);
    let factor = 3f64.sqrt() / std::f64::consts::PI;
    close(effect(0)[0], 2f64.ln() * factor, 1e-12);
    close(effect(1)[0], 0.6 / 0.91f64.sqrt(), 1e-12);
    close(effect(1)[1], 4.0 * (0.91 * 0.91 / 49.0) / 0.91f64.powi(3), 1e-12);
    close(effect(2)[0], 0.4, 1e-15);
    let ratios = to("study,or,lower,upper\nA,2,1,4\n", ConvertTo::Smd).unwrap();
    close(ratios.studies.outcomes().values(0)[0], 2f64.ln() * factor, 1e-12);
    let t = to("study,t,n1,n2\nA,2.0017175,30,30\n", ConvertTo::OddsRatio).unwrap();
    assert_eq!(t.stated, Some(Stated::OddsRatio));
    close(t.studies.outcomes().values(0)[0] * factor, 0.516_841_2 * 0.987_003_6, 1e-6);
}

#[test]
fn what_cannot_be_converted_says_so() {
    let mixed = "study,measure,yi,vi\nA,OR,0.9,0.07\nB,SMD,0.5,0.02\n";
    says(read(mixed.as_bytes(), &Mapping::default()), &["several measures", "--convert-to"]);
    // A column `measure` of something else is a moderator.
    assert_eq!(table("study,measure,yi,vi\nA,MRI,0.9,0.07\nB,CT,0.5,0.02\n").studies.k(), 2);
    assert_eq!(table("study,measure,yi,vi\nA,OR,0.9,0.07\nB,OR,0.5,0.02\n").studies.k(), 2);
    says(to("study,yi,vi\nA,0.9,0.07\n", ConvertTo::Smd), &["column measure"]);
    says(to("study,measure,yi,vi\nA,RR,0.9,0.07\n", ConvertTo::Smd), &["rr cannot be converted"]);
    says(to("study,measure,yi,vi\nA,COR,1.2,0.07\n", ConvertTo::Smd), &["r = 1.2"]);
    says(to("study,hr,lower,upper\nA,2,1,4\n", ConvertTo::Smd), &["cannot be converted"]);
    says(to("study,measure,yi,lower,upper\nA,OR,2,1,3\n", ConvertTo::Smd), &["not in the middle"]);
}

/// There and back is where one was, and the assumptions of a way do not depend on its direction.
#[test]
fn ways_between_scales_lead_back() {
    let scales = [LogOddsRatio, Smd, Correlation, FishersZ];
    for from in scales {
        for other in scales {
            let groups = Some((40.0, 40.0));
            let there = from.to(other, (0.37, 0.02), groups);
            let back = other.to(from, there, groups);
            close(back.0, 0.37, 1e-12);
            close(back.1, 0.02, 1e-12);
            assert_eq!(from.assumptions(other), other.assumptions(from));
        }
    }
    assert_eq!(Correlation.assumptions(FishersZ), []);
    assert_eq!(
        EffectScale::LogOddsRatio.assumptions(FishersZ),
        [Assumption::Logistic, Assumption::Parted]
    );
}
